package org.trustpaybridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class BrokerWatchTest {

    private static final Duration POLL = Duration.ofSeconds(1);

    private final Moving clock = new Moving();
    private final BrokerWatch watch = new BrokerWatch("the broker", Duration.ofSeconds(5), clock);
    private final Listening consumer = new Listening();

    @Test
    void a_consumer_that_hears_nothing_while_another_client_is_answered_is_cut_off() {
        watch.answeredAnother(true);
        assertThat(polls(10)).isFalse();

        assertThat(polls(4)).isTrue();
    }

    @Test
    void a_consumer_is_not_cut_off_while_it_hears_anything_or_nobody_is_answered() {
        watch.answeredAnother(true);
        for (int i = 0; i < 10; i++) {
            consumer.bytes++;
            assertThat(polls(8)).isFalse();
        }

        watch.answeredAnother(false);

        assertThat(polls(60)).isFalse();
        watch.answeredAnother(true);
        assertThat(polls(4)).isFalse();
        assertThat(polls(3)).isTrue();
    }

    @Test
    void time_in_which_nobody_polled_counts_for_nothing_nor_does_that_of_another_consumer() {
        watch.answeredAnother(true);
        assertThat(polls(9)).isFalse();
        clock.add(Duration.ofSeconds(30));
        assertThat(polls(9)).isFalse();

        boolean next = watch.cutOff(new Listening());

        assertThat(next).isFalse();
    }

    @Test
    void a_refusal_is_told_until_none_came_for_a_while() {
        consumer.heartbeatAgo = 1;
        for (int i = 0; i < 2; i++) {
            watch.refused(new TopicAuthorizationException("orders"));
            clock.add(Duration.ofSeconds(4));
            watch.polled(consumer);
            assertThat(watch.waitingFor()).contains("TopicAuthorizationException");
        }

        clock.add(Duration.ofSeconds(4));
        watch.polled(consumer);

        assertThat(watch.waitingFor()).isEmpty();
    }

    @Test
    void a_consumer_that_has_never_sent_a_heartbeat_is_no_sign_that_kafka_is_there_again() {
        consumer.heartbeatAgo = 20;
        clock.add(Duration.ofSeconds(4));
        watch.polled(consumer);
        consumer.heartbeatAgo = -1;
        clock.add(Duration.ofSeconds(4));

        watch.polled(consumer);

        assertThat(watch.waitingFor()).contains("no heartbeat could be sent for 20 s");
    }

    /** Whether it was found to be cut off in that many seconds. */
    private boolean polls(int count) {
        boolean cutOff = false;
        for (int i = 0; i < count; i++) {
            cutOff |= watch.cutOff(consumer);
            clock.add(POLL);
        }
        return cutOff;
    }

    private static final class Listening extends MockConsumer<byte[], byte[]> {
        private double bytes;
        private double heartbeatAgo;

        Listening() {
            super(OffsetResetStrategy.NONE);
        }

        @Override
        public synchronized Map<MetricName, ? extends Metric> metrics() {
            Map<MetricName, Metric> metrics = new HashMap<>();
            // Kafka's client has one for each broker, too.
            for (String group : new String[] {"consumer-node-metrics", "consumer-metrics"}) {
                put(metrics, group, "incoming-byte-total", group.equals("consumer-metrics") ? bytes : 0);
            }
            put(metrics, "consumer-coordinator-metrics", "last-heartbeat-seconds-ago", heartbeatAgo);
            return metrics;
        }

        private static void put(Map<MetricName, Metric> metrics, String group, String name, double value) {
            MetricName key = new MetricName(name, group, "", Map.of());
            metrics.put(key, new Metric() {
                @Override
                public MetricName metricName() {
                    return key;
                }

                @Override
                public Object metricValue() {
                    return value;
                }
            });
        }
    }

    private static final class Moving extends Clock {
        private Instant now = Instant.parse("2026-11-28T08:00:00Z");

        void add(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
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
