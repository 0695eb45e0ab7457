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
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Writes a mail with the payment link for each order, once: java -cp trustpay-bridge.jar examples/java/MailPaymentLink.java */
public class MailPaymentLink {
    public static void main(String[] arguments) throws Exception {
        Path outbox = Files.createDirectories(Path.of(System.getenv().getOrDefault("OUTBOX", "outbox")));
        try (var consumer = new KafkaConsumer<>(Map.<String, Object>of(
            "bootstrap.servers", System.getenv().getOrDefault("KAFKA_BROKERS", "localhost:9092"), "group.id", "mail-payment-links",
            "enable.auto.commit", "false", "auto.offset.reset", "earliest"), new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("payment-url-created"));
            while (true) {
                for (var record : consumer.poll(Duration.ofSeconds(1))) {
                    var type = record.headers().lastHeader("ce_type");
                    if (type != null && new String(type.value(), "UTF-8").equals("trustpay.payment-url-created.v1")) {
                        mail(outbox, new ObjectMapper().readTree(record.value()));
                    }
                }
                consumer.commitSync(); // Only now: a record whose mail is not written is read again.
            }
        }
    }

    static void mail(Path outbox, JsonNode payment) throws Exception {
        String order = payment.get("order_id").textValue();
        // The mail's own name says that it was written, also after a restart. An order id is no file name, hence the hash.
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(order.getBytes("UTF-8"));
        Path mail = outbox.resolve(HexFormat.of().formatHex(hash) + ".eml");
        if (Files.exists(mail)) {
            System.out.println("mailed before " + order);
            return;
        }
        // Your shop knows the address; the event has no personal data.
        Path draft = Files.writeString(outbox.resolve(mail.getFileName() + ".draft"), """
            To: customer@example.com
            Subject: Your payment link
            Content-Type: text/plain; charset=utf-8

            Please pay order %s until %s:
            %s
            """.formatted(order, payment.get("expires_at").textValue(), payment.get("payment_url").textValue()));
        Files.move(draft, mail, StandardCopyOption.ATOMIC_MOVE);
        System.out.println("mailed " + order);
    }
}
