package org.trustpaybridge.order;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Other codes for a country than the one of two letters. */
final class Countries {

    private static final Map<String, String> OTHER_CODES = otherCodes();

    private Countries() {
    }

    /**
     * @param code in upper case: the code of three letters, or the one beside ISO 3166 whose meaning nobody doubts (CLDR 48,
     *             {@code territoryAlias} UK)
     * @return the code of two letters; any other text as it is
     */
    static String codeOf(String code) {
        return OTHER_CODES.getOrDefault(code, code);
    }

    private static Map<String, String> otherCodes() {
        Map<String, String> codes = new HashMap<>();
        for (String code : Locale.getISOCountries()) {
            codes.put(new Locale("", code).getISO3Country(), code);
        }
        codes.put("UK", "GB");
        return Map.copyOf(codes);
    }
}
