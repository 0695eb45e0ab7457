package org.trustpaybridge.delivery.position;

import java.time.Instant;
import java.util.Optional;

/**
 * What says of the orders what was done, and how old the orders are.
 *
 * @param outbound    the outbound topic
 * @param deadLetters the dead-letter topic
 * @param wholeSource whether nothing was ever deleted from the inbound topic
 * @param oldest      time of the oldest record of the inbound topic; empty without one
 */
public record Traces(TopicTrace outbound, TopicTrace deadLetters, boolean wholeSource, Optional<Instant> oldest) {
}
