package org.trustpaybridge.measure;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

import org.trustpaybridge.kafka.LedgerReader;
import org.trustpaybridge.kafka.OpenTransactions;
import org.trustpaybridge.ledger.PublishedOrders;
import org.trustpaybridge.supervision.Ending;
import org.trustpaybridge.supervision.Lifeline;
import org.trustpaybridge.testkit.EmbeddedBroker;
import org.trustpaybridge.testkit.KafkaProbe;

/** Measures how long a bridge needs to read the ledger at start, and what memory it takes: {@code LedgerStart [orders]}. */
public final class LedgerStart {

    private static final String TOPIC = "payment-url-created";

    private LedgerStart() {
    }

    public static void main(String[] arguments) throws Exception {
        int orders = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        try (EmbeddedBroker broker = EmbeddedBroker.started(); KafkaProbe kafka = new KafkaProbe(broker.bootstrapServers())) {
            broker.createTopic(TOPIC, 3, Map.of());
            for (int i = 0; i < orders; i++) {
                kafka.publishSoon(TOPIC, ("order-" + i).getBytes(StandardCharsets.UTF_8), event(i));
            }
            kafka.flush();
            for (int round = 1; round <= 3; round++) {
                measure(broker, orders, round);
            }
        }
    }

    private static void measure(EmbeddedBroker broker, int orders, int round) throws Exception {
        PublishedOrders published = new PublishedOrders(Duration.ofHours(24), Clock.systemUTC());
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker.bootstrapServers());
        long start = System.nanoTime();
        try (LedgerReader reader = new LedgerReader(TOPIC, published, new OpenTransactions(Clock.systemUTC()), Clock.systemUTC(),
            Lifeline.to(Ending.none()))) {
            reader.start(properties);
            reader.caughtUp().get(5, TimeUnit.MINUTES);
            System.out.printf("round %d: %,d orders read in %.1f s, %.0f bytes an order%n", round, published.size(),
                (System.nanoTime() - start) / 1e9, (double) published.bytes() / published.size());
        }
        if (published.size() != orders) {
            throw new IllegalStateException("expected " + orders + " orders");
        }
    }

    private static byte[] event(int i) {
        return ("{\"order_id\":\"order-" + i + "\",\"payment_url\":\"https://payv2.multisafepay.com/connect/" + "x".repeat(27) + i
            + "/?lang=cs_CZ\",\"session_id\":\"" + "x".repeat(27) + i + "\",\"gateway\":\"TRUSTPAY\",\"currency\":\"CZK\",\"amount\":"
            + (1000 + i)
            + ",\"created_at\":\"2026-11-22T10:15:30.123Z\",\"expires_at\":\"2026-12-22T10:15:30.123Z\"}").getBytes(StandardCharsets.UTF_8);
    }
}
