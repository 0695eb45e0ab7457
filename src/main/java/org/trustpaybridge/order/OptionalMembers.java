package org.trustpaybridge.order;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the members that an order can do without. One that breaks its rule is a violation, or with {@link OptionalFields#FIX} it is
 * repaired, or else left out: what the provider could do without is no reason to lose a sale.
 */
final class OptionalMembers {

    private final boolean fix;
    private final Findings findings;

    OptionalMembers(OptionalFields policy, Findings findings) {
        this.fix = policy == OptionalFields.FIX;
        this.findings = findings;
    }

    String text(Section section, String name, TextRule rule) {
        if (!fix || !section.has(name)) {
            return section.text(name, rule);
        }
        JsonValue value = section.value(name);
        String given = asText(value);
        if (given == null) {
            return leftOut(section, name, value.kind(), rule.expected());
        }
        if (!(value instanceof JsonValue.Text)) {
            return mended(section, name, rule, given, new Mending.Mended(given, Repair.Kind.RETYPED, "a number written as a text"));
        }
        return rule.keeps(given) ? given : mended(section, name, rule, given, cleaned(given));
    }

    /** Cleans first, since a text may break its rule for more than one reason; the last thing that was done is told. */
    private String mended(Section section, String name, TextRule rule, String given, Mending.Mended first) {
        Mending.Mended result = first;
        if (!rule.keeps(first.text())) {
            Mending.Mended second = rule.mending().of(first.text());
            result = second != null && !second.text().isEmpty() ? second : first;
        }
        if (!rule.keeps(result.text()) || result.text().isBlank()) {
            return leftOut(section, name, rule.found(given), rule.expected());
        }
        findings.repair(section.path(name), result);
        return result.text();
    }

    private static Mending.Mended cleaned(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().filter(point -> !Texts.isFlaw(point, true)).forEach(clean::appendCodePoint);
        return new Mending.Mended(clean.toString(), Repair.Kind.CLEANED, "control characters were taken out");
    }

    /** A number is the text that it is written as: house numbers and postal codes often come as numbers. */
    private static String asText(JsonValue value) {
        if (value instanceof JsonValue.Text text) {
            return text.text();
        }
        return value instanceof JsonValue.Num number && number.token().indexOf('e') < 0 && number.token().indexOf('E') < 0
                ? number.token() : null;
    }

    /** A required text that has spellings of which one is right. */
    String respelled(Section section, String name, TextRule rule) {
        boolean other = fix && section.value(name) instanceof JsonValue.Text text && !rule.keeps(text.text());
        Mending.Mended mended = other ? rule.mending().of(((JsonValue.Text) section.value(name)).text()) : null;
        if (mended == null || !rule.keeps(mended.text())) {
            return section.requiredText(name, rule);
        }
        findings.repair(section.path(name), mended);
        return mended.text();
    }

    Map<String, String> texts(Section section, List<String> names, TextRule rule) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String name : names) {
            String text = text(section, name, rule);
            if (text != null) {
                found.put(name, text);
            }
        }
        return Collections.unmodifiableMap(found);
    }

    Integer integer(Section section, String name, int max) {
        if (!fix || !section.has(name)) {
            return section.integer(name, max);
        }
        JsonValue value = section.value(name);
        String digits = value instanceof JsonValue.Text text ? text.text().strip() : value instanceof JsonValue.Num number ? number.token()
            : "";
        String plain = digits.replaceFirst("\\.0{1,20}$", "");
        if (!plain.matches("0{0,20}[1-9][0-9]{0,20}")) {
            leftOut(section, name, value.kind(), "an integer from 1 to " + max);
            return null;
        }
        boolean tooLarge = new java.math.BigInteger(plain).compareTo(java.math.BigInteger.valueOf(max)) > 0;
        if (tooLarge) {
            findings.repair(section.path(name), new Mending.Mended("", Repair.Kind.CUT, "lowered to " + max + ", the most that there is"));
        } else if (!(value instanceof JsonValue.Num number && number.integer())) {
            findings.repair(section.path(name), new Mending.Mended("", Repair.Kind.RETYPED, "read as an integer"));
        }
        return tooLarge ? max : Integer.valueOf(plain);
    }

    Boolean bool(Section section, String name) {
        if (!fix || !section.has(name) || section.value(name) instanceof JsonValue.Bool) {
            return section.bool(name);
        }
        String text = asText(section.value(name));
        String word = text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
        boolean yes = word.equals("true") || word.equals("1");
        if (!yes && !word.equals("false") && !word.equals("0")) {
            leftOut(section, name, section.value(name).kind(), "true or false");
            return null;
        }
        findings.repair(section.path(name), new Mending.Mended("", Repair.Kind.RETYPED, "read as true or false"));
        return yes;
    }

    /** An object all of whose members are optional; PHP writes an empty one as an array. */
    Section section(Section parent, String name) {
        if (!fix || !parent.has(name) || parent.value(name) instanceof JsonValue.Obj) {
            return parent.section(name);
        }
        leftOut(parent, name, parent.value(name).kind(), "an object");
        return parent.empty(name);
    }

    private String leftOut(Section section, String name, String found, String expected) {
        findings.repair(section.path(name),
                new Mending.Mended("", Repair.Kind.LEFT_OUT, "left out: found " + found + ", expected " + expected));
        return null;
    }
}
