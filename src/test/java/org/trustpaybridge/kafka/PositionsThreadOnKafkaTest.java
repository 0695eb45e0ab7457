package org.trustpaybridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.supervision.Vital;

/** The thread that finds out where to read from is missed when it ends or stands still, and not while Kafka is away. */
class PositionsThreadOnKafkaTest {

    private final Positions positions = ConsumerContexts.unread().positions();

    @AfterEach
    void close() {
        positions.close();
    }

    @Test
    @SuppressWarnings({"removal", "deprecation"})
    void a_thread_that_stands_still_or_ends_is_missed() {
        // Given
        Properties unreachable = new Properties();
        unreachable.putAll(java.util.Map.of("bootstrap.servers", "127.0.0.1:1", "group.id", "g"));
        positions.start(unreachable);
        List<Vital> vitals = positions.vitals(() -> true);
        Thread thread = await().until(PositionsThreadOnKafkaTest::thread, Optional::isPresent).orElseThrow();
        await().pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> assertThat(vitals.get(1).fault().get()).as("Kafka is away")
            .isEmpty());

        // When
        thread.suspend();

        // Then
        await().untilAsserted(() -> assertThat(vitals.get(1).fault().get()).contains("gives no sign of life for 120 s"));
        thread.resume();
        await().pollInterval(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(20))
            .untilAsserted(() -> assertThat(vitals.get(1).fault().get()).as("goes on").isEmpty());
        Thread.getAllStackTraces().keySet().stream().filter(each -> each.getName().startsWith("kafka-admin-client-thread"))
            .forEach(Thread::stop);
        await().pollDelay(Duration.ofSeconds(9)).pollInterval(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(vitals.get(1).fault().get()).as("goes on with another client").isEmpty());
        assertThat(vitals.get(0).fault().get()).isEmpty();
        positions.close();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(vitals.get(0).fault().get()).contains("has ended"));
    }

    private static Optional<Thread> thread() {
        return Thread.getAllStackTraces().keySet().stream().filter(each -> each.getName().equals("positions")).findFirst();
    }
}
