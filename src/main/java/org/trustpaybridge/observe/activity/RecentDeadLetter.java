package org.trustpaybridge.observe.activity;

import java.time.Instant;
import java.util.Optional;

import org.trustpaybridge.delivery.DeadLetterReason;

/**
 * One of the last dead letters: which order, and why. Nothing of the event, and none of the provider's words.
 *
 * @param at      when Kafka acknowledged it
 * @param orderId order id, as far as it could be read; the user's own text, to be shown as text only
 * @param code    the code of the reason
 * @param reason  the reason as a sentence
 * @param record  where the event is, as topic-partition@offset
 */
public record RecentDeadLetter(Instant at, Optional<String> orderId, DeadLetterReason.Code code, String reason, String record) {
}
