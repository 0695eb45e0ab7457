package org.trustpaybridge.order;

import java.util.Locale;
import java.util.Objects;

/**
 * What was done to a member so that the order can be sent. Only optional members are repaired, and the spelling of the locale.
 *
 * @param field  where: {@code customer.state}, {@code data.customer.state} in a structured CloudEvent
 * @param kind   what was done
 * @param detail the same in words; never the value
 */
public record Repair(String field, Kind kind, String detail) {

    /** What can be done to a member. */
    public enum Kind {
        /** Control characters and half surrogate pairs were taken out. */
        CLEANED,
        /** A number stands for the text that it is, or a text for the number or the truth value that it is. */
        RETYPED,
        /** Another spelling of the same value. */
        RESPELLED,
        /** The first address of a list. */
        FIRST_ADDRESS,
        /** Only as much as the provider takes. */
        CUT,
        /** A language became a locale with the region that is likely for it. */
        LIKELY_REGION,
        /** Nothing could be done, so the member is not sent. */
        LEFT_OUT;

        /** @return the word for it in logs, metrics and reports, such as {@code left-out} */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Repair {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(detail, "detail");
    }

    /** The member's path in an order, which is the same for an order inside a CloudEvent. */
    public String member() {
        return field.startsWith(Envelope.DATA) ? field.substring(Envelope.DATA.length()) : field;
    }

    @Override
    public String toString() {
        return member() + "=" + kind.word();
    }
}
