package org.trustpaybridge.observe.metrics;

import java.util.Locale;

/** What became of a notification. */
public enum NotificationOutcome {
    /** It brought a change, which Kafka acknowledged. */
    PUBLISHED,
    /** It says what was published before. */
    REPEAT,
    /** It says what was so before that. */
    OVERTAKEN,
    /** It is none of those that count. */
    IGNORED,
    /** MultiSafepay does not know the order that somebody hinted at. */
    UNKNOWN_ORDER,
    /** Somebody hinted at something that can be no order. */
    BAD_HINT,
    /** MultiSafepay did not say how the order stands that somebody hinted at. */
    LOOK_UP_FAILED,
    /** It has no signature, or not the right one. */
    REFUSED,
    /** It can be no notification. */
    NOT_UNDERSTOOD,
    /** It could not be worked on, and is to be sent again. */
    HELD;

    /** @return the word for it in metrics */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
