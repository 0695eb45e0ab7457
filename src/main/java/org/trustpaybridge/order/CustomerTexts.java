package org.trustpaybridge.order;

import java.util.Locale;
import java.util.Optional;

/** What the rules for a customer's texts know, for whoever makes such texts. */
public final class CustomerTexts {

    private CustomerTexts() {
    }

    /** The first characters of a text, cut between two characters as a reader sees them, without white space at the end. */
    public static String cut(String text, int max) {
        return Texts.length(text) <= max ? text : Mending.cut(text, max).stripTrailing();
    }

    /**
     * @param language a language, or a locale in any spelling: {@code cs}, {@code cs-CZ}
     * @param country  a country by its code of two or three letters; null: the one in the locale, else the likely one
     * @return such as {@code cs_CZ}; empty where there is no such language or country
     */
    public static Optional<String> locale(String language, String country) {
        if (country != null) {
            String code = language.strip().split("[-_.@]", 2)[0].toLowerCase(Locale.ROOT);
            String region = Countries.codeOf(country.strip().toUpperCase(Locale.ROOT));
            return Optional.of(code + "_" + region).filter(TextRule.LOCALE::keeps);
        }
        return Optional.ofNullable(LocaleSpelling.mended(language)).map(Mending.Mended::text).filter(TextRule.LOCALE::keeps);
    }
}
