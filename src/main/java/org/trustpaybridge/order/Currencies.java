package org.trustpaybridge.order;

import java.util.Set;

/**
 * The currencies in which an order can be paid: list one of ISO 4217 as of 2026-01-01 (SIX Financial Information, the maintenance agency),
 * without its codes for what nobody pays with: funds (BOV, CHE, CLF, USN, ...), units of account (XDR, XUA, XSU, XBA to XBD), metals (XAU,
 * XAG, XPT, XPD), tests (XTS) and no currency (XXX).
 *
 * <p>A list of our own and not {@link java.util.Currency}, which depends on the JDK and keeps what was withdrawn. Lately that was BGN
 * (2026-01-01, Bulgaria has the euro), ANG (2025, now XCG), ZWL (2024, now ZWG), SLL (2024, now SLE), HRK (2023, Croatia has the euro) and
 * CUC (2021).
 */
final class Currencies {

    private static final Set<String> CODES = Set.of((
            "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP"
                + " CVE CZK DJF"
            + " DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD "
            + "JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD "
            + "NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC "
            + "SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG"
            ).split(" "));

    private static final Set<String> WITHOUT_MINOR_UNIT = Set.of(
            ("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF").split(" "));
    private static final Set<String> IN_THOUSANDS = Set.of("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND");

    private Currencies() {
    }

    static boolean inUse(String code) {
        return CODES.contains(code);
    }

    /** The minor unit of list one: how many digits an amount has behind the point. */
    static int fractionDigits(String code) {
        return WITHOUT_MINOR_UNIT.contains(code) ? 0 : IN_THOUSANDS.contains(code) ? 3 : 2;
    }
}
