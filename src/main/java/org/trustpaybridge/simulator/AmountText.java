package org.trustpaybridge.simulator;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Arrays;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;

/** Amounts as the customer's country writes them. */
final class AmountText {

    private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());
    private static final Set<String> COUNTRIES = Set.copyOf(Arrays.asList(Locale.getISOCountries()));

    private AmountText() {
    }

    /**
     * Formats an amount.
     *
     * @param minorUnits the amount in the currency's smallest unit: 1000 is 10.00 in EUR, and 1000 in JPY
     * @param currency   ISO 4217 code
     */
    static String of(long minorUnits, String currency, Locale locale) {
        Currency unit = Currency.getInstance(currency);
        int digits = Math.max(0, unit.getDefaultFractionDigits());
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(unit);
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(BigDecimal.valueOf(minorUnits, digits));
    }

    /** The locale of a text such as {@code cs_CZ}; en_US for anything unknown, as the provider does. */
    static Locale locale(String text) {
        if (text.matches("[a-z]{2}_[A-Z]{2}") && LANGUAGES.contains(text.substring(0, 2)) && COUNTRIES.contains(text.substring(3))) {
            return Locale.forLanguageTag(text.replace('_', '-'));
        }
        return Locale.US;
    }
}
