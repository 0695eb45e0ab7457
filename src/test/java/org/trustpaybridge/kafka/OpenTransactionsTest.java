package org.trustpaybridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.kafka.OpenTransactions.Ends;

class OpenTransactionsTest {

    private static final TopicPartition P0 = new TopicPartition("in", 0);
    private static final TopicPartition P1 = new TopicPartition("in", 1);
    private static final TopicPartition OUT = new TopicPartition("out", 0);
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final Logger logger = (Logger) LoggerFactory.getLogger(OpenTransactions.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Now now = new Now();
    private final OpenTransactions transactions = new OpenTransactions(now);

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    @Test
    void a_transaction_that_stays_open_for_a_minute_is_told_once_and_where_it_holds_what() {
        seenFor(Duration.ofSeconds(55), P0, new Ends(7, 9));
        assertThat(transactions.get()).isEmpty();

        seenFor(Duration.ofMinutes(5), P0, new Ends(7, 12));

        assertThat(transactions.get()).singleElement().satisfies(condition -> {
            assertThat(condition.name()).isEqualTo(Condition.Name.OPEN_TRANSACTION);
            assertThat(condition.detail()).contains("in-0 from offset 7 (held: 5)");
            assertThat(condition.since()).contains(START);
        });
        assertThat(codes()).containsExactly("TPB0313");
    }

    @Test
    void transactions_that_follow_each_other_are_nothing_to_tell() {
        for (int i = 0; i < 60; i++) {
            seenFor(Duration.ofSeconds(10), P0, new Ends(i, i + 3));
        }

        assertThat(transactions.get()).isEmpty();
        assertThat(codes()).isEmpty();
    }

    @Test
    void it_is_over_when_the_transaction_ends_and_that_is_told() {
        seenFor(Duration.ofMinutes(2), P0, new Ends(7, 9));

        seenFor(Duration.ofSeconds(5), P0, new Ends(10, 10));

        assertThat(transactions.get()).isEmpty();
        assertThat(codes()).containsExactly("TPB0313", "TPB0314");
    }

    @Test
    void the_next_one_behind_it_has_its_own_minute() {
        seenFor(Duration.ofMinutes(2), P0, new Ends(7, 9));

        seenFor(Duration.ofSeconds(55), P0, new Ends(8, 9));

        assertThat(transactions.get()).isEmpty();
    }

    @Test
    void a_partition_that_was_given_away_is_told_by_who_has_it() {
        seenFor(Duration.ofMinutes(2), P0, new Ends(7, 9));
        seenFor(Duration.ofMinutes(2), OUT, new Ends(3, 4));

        seenFor(Duration.ofSeconds(5), P1, new Ends(0, 0));

        assertThat(transactions.get()).singleElement().satisfies(condition ->
            assertThat(condition.detail()).contains("out-0").doesNotContain("in-0"));
    }

    private void seenFor(Duration length, TopicPartition partition, Ends ends) {
        for (Instant end = now.instant.plus(length); now.instant.isBefore(end); now.instant = now.instant.plusSeconds(5)) {
            transactions.seen(partition.topic(), new HashMap<>(Map.of(partition, ends)));
        }
    }

    private Iterable<String> codes() {
        return lines.list.stream().flatMap(line -> line.getKeyValuePairs().stream()).filter(pair -> pair.key.equals("event"))
            .map(pair -> pair.value.toString()).toList();
    }

    private static final class Now extends Clock {

        private Instant instant = START;

        @Override
        public Instant instant() {
            return instant;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
