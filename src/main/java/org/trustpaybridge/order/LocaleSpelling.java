package org.trustpaybridge.order;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Other spellings of a locale such as {@code cs_CZ}: with a hyphen, in another case, as a tag of BCP 47 with a script or more behind the
 * region, as POSIX has it with an encoding. A language without a region gets the one that is likely for it, by Unicode CLDR 48,
 * {@code supplemental/likelySubtags}; Java itself has those data for its own use only.
 */
final class LocaleSpelling {

    /** The languages of ISO 639-1 whose likely region is a country. */
    private static final String LIKELY = """
            aa_ET ab_GE ae_IR af_ZA ak_GH am_ET an_ES ar_EG as_IN av_RU ay_BO az_AZ ba_RU be_BY bg_BG bi_VU bm_ML bn_BD bo_CN br_FR
            bs_BA ca_ES ce_RU ch_GU co_FR cr_CA cs_CZ cu_RU cv_RU cy_GB da_DK de_DE dv_MV dz_BT ee_GH el_GR en_US es_ES et_EE eu_ES
            fa_IR ff_SN fi_FI fj_FJ fo_FO fr_FR fy_NL ga_IE gd_GB gl_ES gn_PY gu_IN gv_IM ha_NG he_IL hi_IN ho_PG hr_HR ht_HT hu_HU
            hy_AM hz_NA id_ID ie_EE ig_NG ii_CN ik_US in_ID is_IS it_IT iu_CA iw_IL ja_JP ji_UA jv_ID ka_GE kg_CD ki_KE kj_NA kk_KZ
            kl_GL km_KH kn_IN ko_KR kr_NG ks_IN ku_TR kv_RU kw_GB ky_KG la_VA lb_LU lg_UG li_NL ln_CD lo_LA lt_LT lu_CD lv_LV mg_MG
            mh_MH mi_NZ mk_MK ml_IN mn_MN mo_RO mr_IN ms_MY mt_MT my_MM na_NR nb_NO nd_ZW ne_NP ng_NA nl_NL nn_NO no_NO nr_ZA nv_US
            ny_MW oc_FR oj_CA om_ET or_IN os_GE pa_IN pi_GB pl_PL ps_AF pt_BR qu_PE rm_CH rn_BI ro_RO ru_RU rw_RW sa_IN sc_IT sd_PK
            se_NO sg_CF si_LK sk_SK sl_SI sm_WS sn_ZW so_SO sq_AL sr_RS ss_ZA st_ZA su_ID sv_SE sw_TZ ta_IN te_IN tg_TJ th_TH ti_ET
            tk_TM tl_PH tn_ZA to_TO tr_TR ts_ZA tt_RU ty_PF ug_CN uk_UA ur_PK uz_UZ ve_ZA vi_VN wa_BE wo_SN xh_ZA yi_UA yo_NG za_CN
            zh_CN zu_ZA""";

    /** Scripts with which another region is likely. */
    private static final String LIKELY_WITH_SCRIPT = """
            az_Arab_IR cu_Glag_BG en_Shaw_GB ff_Adlm_GN kk_Arab_CN ku_Arab_IQ ku_Cyrl_AM ku_Yezi_GE ky_Arab_CN ky_Latn_TR mn_Mong_CN
            pa_Arab_PK pi_Deva_IN pi_Mymr_MM pi_Sinh_LK pi_Thai_TH sd_Deva_IN sd_Khoj_IN sd_Sind_IN tg_Arab_PK ug_Cyrl_KZ uz_Arab_AF
            zh_Bopo_TW zh_Hanb_TW zh_Hant_TW""";

    private static final Map<String, String> REGIONS = Arrays.stream((LIKELY + " " + LIKELY_WITH_SCRIPT).split("\\s+"))
            .collect(Collectors.toUnmodifiableMap(entry -> entry.substring(0, entry.lastIndexOf('_')),
                    entry -> entry.substring(entry.lastIndexOf('_') + 1)));

    private LocaleSpelling() {
    }

    /** Gives what is meant, which need not exist: the rule looks at it once more. Null where the text is of another form. */
    static Mending.Mended mended(String text) {
        String[] parts = text.strip().split("[.@]", 2)[0].split("[-_]", 10);
        if (!parts[0].matches("[A-Za-z]{2}")) {
            return null;
        }
        String language = parts[0].toLowerCase(Locale.ROOT);
        boolean script = parts.length > 1 && parts[1].matches("[A-Za-z]{4}");
        int region = script ? 2 : 1;
        if (parts.length > region) {
            boolean country = parts[region].matches("[A-Za-z]{2}");
            return !country ? null : new Mending.Mended(
                    language + "_" + Countries.codeOf(parts[region].toUpperCase(Locale.ROOT)), Repair.Kind.RESPELLED,
                    "written as language, underscore, country");
        }
        String likely = script ? REGIONS.get(language + "_" + capitalised(parts[1])) : null;
        likely = likely == null ? REGIONS.get(language) : likely;
        return likely == null ? null : new Mending.Mended(language + "_" + likely, Repair.Kind.LIKELY_REGION,
                "a language without a country, which got the likely one by CLDR");
    }

    private static String capitalised(String script) {
        return script.substring(0, 1).toUpperCase(Locale.ROOT) + script.substring(1).toLowerCase(Locale.ROOT);
    }
}
