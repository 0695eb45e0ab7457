package org.trustpaybridge.observe.activity;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * What happened in a short span of time, {@link RecentActivity#SLICE} long.
 *
 * @param start       when it began
 * @param published   payment URLs acknowledged by Kafka
 * @param deadLetters dead letters acknowledged by Kafka
 * @param repeats     repeats skipped
 * @param triedAgain  passes after which a record had to wait for another one
 * @param median      milliseconds from fetching an order to the acknowledgement of its payment URL, of the middle one; empty without any
 * @param slow        the same of that one of twenty which took longest
 */
public record Slice(Instant start, long published, long deadLetters, long repeats, long triedAgain, OptionalLong median,
                    OptionalLong slow) {
}
