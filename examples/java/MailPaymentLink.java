import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Writes a mail with the payment link for each order, once: java -cp trustpay-bridge.jar examples/java/MailPaymentLink.java */
public class MailPaymentLink {
    static final ObjectMapper JSON = new ObjectMapper();
    static final Path OUTBOX = Path.of(System.getenv().getOrDefault("OUTBOX", "outbox"));

    public static void main(String[] arguments) throws Exception {
        Files.createDirectories(OUTBOX);
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(Map.of(
            "bootstrap.servers", System.getenv().getOrDefault("KAFKA_BROKERS", "localhost:9092"), "group.id", "mail-payment-links",
            "enable.auto.commit", "false", "auto.offset.reset", "earliest"), new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("payment-url-created"));
            while (true) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
                    mail(record);
                }
                consumer.commitSync(); // Only now: a record whose mail is not written is read again.
            }
        }
    }

    static void mail(ConsumerRecord<String, String> record) throws Exception {
        var type = record.headers().lastHeader("ce_type");
        if (type == null || !new String(type.value(), "UTF-8").equals("trustpay.payment-url-created.v1")) {
            return; // Not what this program was written for.
        }
        JsonNode payment = JSON.readTree(record.value());
        String order = payment.get("order_id").textValue();
        // The mail's own name says that it was written, also after a restart. An order id is no file name, hence the hash.
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(order.getBytes("UTF-8"));
        Path mail = OUTBOX.resolve(HexFormat.of().formatHex(hash) + ".eml");
        if (Files.exists(mail)) {
            System.out.println("mailed before " + order);
            return;
        }
        Path draft = Files.writeString(OUTBOX.resolve(mail.getFileName() + ".draft"), """
            To: %s
            Subject: Your payment link
            Content-Type: text/plain; charset=utf-8

            Please pay order %s until %s:
            %s
            """.formatted(addressFor(order), order, payment.get("expires_at").textValue(), payment.get("payment_url").textValue()));
        Files.move(draft, mail, StandardCopyOption.ATOMIC_MOVE);
        System.out.println("mailed " + order);
    }

    /** Your shop knows it; the event has no personal data. */
    static String addressFor(String order) {
        return "customer@example.com";
    }
}
