package org.trustpaybridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.trustpaybridge.testkit.KafkaProbe.header;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.ledger.DeadLetteredRecords;
import org.trustpaybridge.ledger.PlacedRecord;
import org.trustpaybridge.supervision.Ending;
import org.trustpaybridge.supervision.Lifeline;
import org.trustpaybridge.testkit.EmbeddedBroker;
import org.trustpaybridge.testkit.KafkaProbe;

/** What is believed of a dead-letter topic, on a real broker. */
class DeadLetterReaderOnKafkaTest {

    private static final Duration DAY = Duration.ofDays(1);

    private static EmbeddedBroker broker;
    private static KafkaProbe kafka;

    private final DeadLetteredRecords deadLettered = new DeadLetteredRecords();
    private DeadLetterReader reader;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.started();
        kafka = new KafkaProbe(broker.bootstrapServers());
    }

    @AfterEach
    void closeReader() {
        reader.close();
    }

    @AfterAll
    static void stop() {
        kafka.close();
        broker.close();
    }

    @Test
    void dead_letters_of_this_program_and_topic_are_believed_and_no_others() throws Exception {
        // Given
        broker.createTopic("mixed", 2);
        letter("mixed", "ours", headers("trustpay-bridge", "in", "1", "5"));
        letter("mixed", "other-program", headers("elastic-sink", "in", "1", "6"));
        letter("mixed", "other-topic", headers("trustpay-bridge", "payments", "1", "7"));
        letter("mixed", "no-number", headers("trustpay-bridge", "in", "1", "eight"));
        letter("mixed", "too-large", headers("trustpay-bridge", "in", "1", "99999999999999999999"));
        letter("mixed", "no-headers", List.of());
        kafka.publish("mixed", (String) null, null, headers("trustpay-bridge", "in", "1", "4").toArray(new Header[0]));

        // When
        read("mixed");

        // Then
        assertThat(deadLettered.size()).isEqualTo(2);
        assertThat(knows(5, "ours")).isTrue();
        assertThat(deadLettered.contains(new PlacedRecord(1, 4, (byte[]) null, null), Instant.now().minusSeconds(60))).isTrue();
    }

    @Test
    void what_is_asked_for_after_a_dead_letter_was_published_includes_it() throws Exception {
        broker.createTopic("followed", 3);
        read("followed");
        for (int offset = 0; offset < 5; offset++) {
            letter("followed", "follow-" + offset, headers("trustpay-bridge", "in", "1", Integer.toString(offset)));

            reader.caughtUp().get(20, TimeUnit.SECONDS);

            assertThat(knows(offset, "follow-" + offset)).isTrue();
        }
    }

    @Test
    void without_a_dead_letter_topic_nobody_waits_and_once_it_is_there_it_is_read() throws Exception {
        read("later");
        assertThat(reader.complete()).isTrue();
        broker.createTopic("later", 1);
        letter("later", "late", headers("trustpay-bridge", "in", "1", "5"));

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(knows(5, "late")).isTrue());
    }

    private void read(String topic) throws Exception {
        reader = new DeadLetterReader(topic, "in", DAY, deadLettered, new OpenTransactions(Clock.systemUTC()), Clock.systemUTC(),
            Lifeline.to(Ending.none()));
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker.bootstrapServers());
        reader.start(properties);
        reader.caughtUp().get(20, TimeUnit.SECONDS);
    }

    private boolean knows(long offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return deadLettered.contains(new PlacedRecord(1, offset, bytes, bytes), Instant.now().minusSeconds(60));
    }

    private static void letter(String topic, String text, List<Header> headers) {
        kafka.publish(topic, text, text, headers.toArray(new Header[0]));
    }

    private static List<Header> headers(String connector, String topic, String partition, String offset) {
        List<Header> headers = new ArrayList<>();
        headers.add(header("__connect.errors.connector.name", connector));
        headers.add(header("__connect.errors.topic", topic));
        headers.add(header("__connect.errors.partition", partition));
        headers.add(header("__connect.errors.offset", offset));
        return headers;
    }
}
