package org.trustpaybridge.order;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a string member must be.
 *
 * @param expected words that follow "expected"
 * @param problem  gives words that follow "found", or null for a good text
 * @param mending  what may be done to a text that breaks the rule, where that is allowed at all
 */
record TextRule(String expected, UnaryOperator<String> problem, Mending mending) {

    private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final int MAX_EMAIL = 64;

    static final TextRule ORDER_ID = new TextRule(
            "a string of 1 to " + OrderId.MAX_LENGTH + " characters without control characters, or an integer", OrderId::problem);

    static final TextRule EMAIL = new TextRule("a valid e-mail address of at most " + MAX_EMAIL + " characters", text ->
            tooLong(text, MAX_EMAIL, EmailAddress.isValid(text) ? null : "a string that is not an address"));

    static final TextRule LOCALE = new TextRule(
            "a locale such as cs_CZ: ISO 639 language, underscore, ISO 3166 country", TextRule::localeProblem, LocaleSpelling::mended);

    static final TextRule COUNTRY = new TextRule("a country as two upper-case letters (ISO 3166-1)",
            text -> COUNTRIES.contains(text) ? null : "another string", Mending.COUNTRY);

    static final TextRule IP = new TextRule("an IPv4 or IPv6 address", text -> IpAddress.isValid(text) ? null : "another string",
            Mending.FIRST_ADDRESS);

    static final TextRule BIRTHDAY = new TextRule("a date as yyyy-MM-dd", text -> isDate(text) ? null : "another string",
            Mending.STRIPPED);

    static final TextRule URL = url(WebUrl.MAX_LENGTH);

    static final TextRule NOTIFICATION_URL = url(WebUrl.MAX_NOTIFICATION_URL);

    /** A rule for texts that nobody may change. */
    TextRule(String expected, UnaryOperator<String> problem) {
        this(expected, problem, Mending.NONE);
    }

    /** What is wrong with a text, in words that follow "found"; null when nothing is. */
    String found(String text) {
        String flaw = Texts.flaw(text, true);
        return flaw != null ? flaw : problem.apply(text);
    }

    boolean keeps(String text) {
        return found(text) == null;
    }

    private static TextRule url(int maxLength) {
        return new TextRule(WebUrl.expected(maxLength), text -> WebUrl.problem(text, maxLength));
    }

    /** Any text up to a length; tab and line breaks may be in it, other control characters not. */
    static TextRule atMost(int max) {
        return new TextRule("a string of at most " + max + " characters", text -> tooLong(text, max, Texts.flaw(text, true)),
                Mending.cut(max));
    }

    /** A closed set of words, none of them personal, so that the wrong one may be shown. */
    static TextRule oneOf(String... words) {
        return new TextRule(String.join(" or ", words), text -> Arrays.asList(words).contains(text) ? null : Texts.shown(text),
                Mending.UPPER_CASE);
    }

    /** @param allowed the codes that pass; empty means all that are in use by ISO 4217 */
    static TextRule currency(Set<String> allowed) {
        String expected = allowed.isEmpty() ? "a currency code of ISO 4217 in use, three upper-case letters"
                : "one of the allowed currencies " + String.join(", ", allowed.stream().sorted().toList());
        return new TextRule(expected, text ->
                Currencies.inUse(text) && (allowed.isEmpty() || allowed.contains(text)) ? null : Texts.shownCode(text));
    }

    private static String tooLong(String text, int max, String otherwise) {
        int length = Texts.length(text);
        return length > max ? "a string of " + length + " characters" : otherwise;
    }

    private static String localeProblem(String text) {
        if (text.length() != 5 || text.charAt(2) != '_') {
            return "a string of another form";
        }
        if (!LANGUAGES.contains(text.substring(0, 2))) {
            return "an unknown language code";
        }
        return COUNTRIES.contains(text.substring(3)) ? null : "an unknown country code";
    }

    private static boolean isDate(String text) {
        if (text.length() != 10 || !Texts.isAscii(text) || text.charAt(0) == '-') {
            return false;
        }
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
