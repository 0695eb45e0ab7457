package org.trustpaybridge.order;

import java.util.Map;

/**
 * One object of an event, read member by member. Each reader gives null and leaves a finding when the member breaks its rule. A member
 * that is {@code null} counts as one that is not there.
 */
final class Section {

    private final String prefix;
    private final Map<String, JsonValue> members;
    private final JsonValue.Obj object;
    private final Findings findings;

    /** @param prefix what stands before a member's name in a path: empty or ending with a dot */
    Section(String prefix, JsonValue.Obj object, Findings findings) {
        this.prefix = prefix;
        this.members = object.members();
        this.object = object;
        this.findings = findings;
    }

    String path(String name) {
        return prefix + name;
    }

    boolean has(String name) {
        return members.getOrDefault(name, JsonValue.Other.NULL) != JsonValue.Other.NULL;
    }

    /** The value of that name; null when there is none, JSON's null too. */
    JsonValue value(String name) {
        return has(name) ? members.get(name) : null;
    }

    String requiredText(String name, TextRule rule) {
        if (!has(name)) {
            findings.missing(path(name), rule.expected());
        }
        return text(name, rule);
    }

    String text(String name, TextRule rule) {
        if (!has(name)) {
            return null;
        }
        if (members.get(name) instanceof JsonValue.Text value) {
            return checked(name, value.text(), rule);
        }
        findings.violation(path(name), members.get(name).kind(), rule.expected());
        return null;
    }

    private String checked(String name, String text, TextRule rule) {
        String found = rule.found(text);
        if (found == null) {
            return text;
        }
        findings.violation(path(name), found, rule.expected());
        return null;
    }

    /** A string of any content, for a member with a policy instead of a rule. */
    String requiredAnyString(String name, String expected) {
        if (members.get(name) instanceof JsonValue.Text value) {
            return value.text();
        }
        if (has(name)) {
            findings.violation(path(name), members.get(name).kind(), expected);
        } else {
            findings.missing(path(name), expected);
        }
        return null;
    }

    /** An integer counts as it is spelt: {@code -0} and {@code 0} are one number and, as the ids of orders, two. */
    OrderId requiredOrderId(String name) {
        String text = members.get(name) instanceof JsonValue.Num number && number.integer()
                ? checked(name, number.token(), TextRule.ORDER_ID)
                : requiredText(name, TextRule.ORDER_ID);
        return text == null ? null : new OrderId(text);
    }

    Long requiredAmount(String name) {
        String expected = "an integer in minor units, at least 1";
        if (!has(name)) {
            findings.missing(path(name), expected);
        }
        return integer(name, 1, Long.MAX_VALUE, expected);
    }

    Integer integer(String name, int max) {
        Long number = integer(name, 1, max, "an integer from 1 to " + max);
        return number == null ? null : Math.toIntExact(number);
    }

    private Long integer(String name, long min, long max, String expected) {
        if (!has(name)) {
            return null;
        }
        JsonValue value = members.get(name);
        String found = value.kind();
        if (value instanceof JsonValue.Num number) {
            found += " (" + Texts.shown(number.token()).replace("\"", "") + ")";
            if (number.integer() && number.token().length() <= 20) {
                try {
                    long exact = Long.parseLong(number.token());
                    if (exact >= min && exact <= max) {
                        return exact;
                    }
                } catch (NumberFormatException e) {
                    found += " that is too large";
                }
            }
        }
        findings.violation(path(name), found, expected);
        return null;
    }

    Boolean bool(String name) {
        if (!has(name)) {
            return null;
        }
        if (members.get(name) instanceof JsonValue.Bool value) {
            return value.value();
        }
        findings.violation(path(name), members.get(name).kind(), "true or false");
        return null;
    }

    /** The object of that name; an empty one when it is missing; null when it is something else. */
    Section section(String name) {
        if (!has(name)) {
            return empty(name);
        }
        if (members.get(name) instanceof JsonValue.Obj object) {
            return new Section(path(name) + ".", object, findings);
        }
        findings.violation(path(name), members.get(name).kind(), "an object");
        return null;
    }

    /** What follows the problem of a member that is missing here; see {@link Lookalikes}. */
    String lookalike(String field) {
        return field.startsWith(prefix) ? Lookalikes.hint(object, field.substring(prefix.length())) : "";
    }

    /** An object of that name without a member. */
    Section empty(String name) {
        return new Section(path(name) + ".", new JsonValue.Obj(Map.of()), findings);
    }
}
