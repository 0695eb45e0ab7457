package org.trustpaybridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.trustpaybridge.testkit.KafkaProbe.header;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.ledger.PublishedOrders;
import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.supervision.Ending;
import org.trustpaybridge.supervision.Lifeline;
import org.trustpaybridge.testkit.EmbeddedBroker;
import org.trustpaybridge.testkit.KafkaProbe;
import org.trustpaybridge.testkit.TransactionalPublisher;

/** What is known of an outbound topic to which somebody else writes in transactions, on a real broker. */
class LedgerAndTransactionsOnKafkaTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final String URL = "{\"payment_url\":\"https://pay.example.com/1\",\"amount\":1000,\"currency\":\"CZK\"}";

    private static EmbeddedBroker broker;
    private static KafkaProbe kafka;

    private final PublishedOrders published = new PublishedOrders(DAY, Clock.systemUTC());
    private final OpenTransactions transactions = new OpenTransactions(Clock.systemUTC());
    private LedgerReader reader;
    private TransactionalPublisher other;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.started();
        kafka = new KafkaProbe(broker.bootstrapServers());
    }

    @AfterEach
    void closeReader() {
        reader.close();
        other.close();
    }

    @AfterAll
    static void stop() {
        kafka.close();
        broker.close();
    }

    @Test
    void what_was_aborted_was_not_published_and_nobody_waits_for_it() throws Exception {
        prepare("aborted");
        other.begin().publish("aborted", 0, "committed", URL).commit();
        other.begin().publish("aborted", 0, "aborted", URL).abort();

        read("aborted");

        assertThat(knows("committed")).isTrue();
        assertThat(knows("aborted")).isFalse();
    }

    @Test
    void what_the_bridge_published_behind_an_open_transaction_is_known_and_nobody_waits_for_its_end() throws Exception {
        // Given
        prepare("held");
        other.begin().publish("held", 0, "open", URL);
        publish("held", "before-start");

        // When
        read("held");

        // Then
        assertThat(knows("before-start")).isTrue();
        assertThat(knows("open")).isFalse();
        publish("held", "asked-for");
        reader.caughtUp().get(10, TimeUnit.SECONDS);
        assertThat(knows("asked-for")).isTrue();
        publish("held", "followed");
        await().atMost(Duration.ofSeconds(10)).until(() -> knows("followed"));
        assertThat(knows("open")).isFalse();
    }

    @Test
    void a_transaction_that_is_committed_after_all_is_known_then() throws Exception {
        prepare("late");
        other.begin().publish("late", 0, "open", URL);
        read("late");
        publish("late", "behind");
        reader.caughtUp().get(10, TimeUnit.SECONDS);

        other.commit();

        await().atMost(Duration.ofSeconds(10)).until(() -> knows("open"));
        publish("late", "next");
        reader.caughtUp().get(10, TimeUnit.SECONDS);
        assertThat(knows("next")).isTrue();
    }

    @Test
    void what_was_published_on_an_added_partition_is_known_to_whoever_asks_then() throws Exception {
        prepare("added");
        read("added");
        try (Admin admin = broker.admin()) {
            admin.createPartitions(Map.of("added", NewPartitions.increaseTo(3))).all().get(10, TimeUnit.SECONDS);
        }
        await().ignoreExceptions().until(() -> kafka.endOffsets("added").size() == 3);
        other.begin().publish("added", 2, "moved", URL).commit();

        reader.caughtUp().get(20, TimeUnit.SECONDS);

        assertThat(knows("moved")).isTrue();
    }

    private void prepare(String topic) {
        broker.createTopic(topic, 2);
        other = new TransactionalPublisher(broker.bootstrapServers(), topic);
    }

    /** As the bridge does it. */
    private static void publish(String topic, String orderId) {
        kafka.publish(topic, orderId, URL, header("ce_type", "trustpay.payment-url-created.v1"));
    }

    private void read(String topic) throws Exception {
        reader = new LedgerReader(topic, published, transactions, Clock.systemUTC(), Lifeline.to(Ending.none()));
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker.bootstrapServers());
        reader.start(properties);
        reader.caughtUp().get(20, TimeUnit.SECONDS);
    }

    private boolean knows(String orderId) {
        return published.find(new OrderId(orderId)).isPresent();
    }
}
