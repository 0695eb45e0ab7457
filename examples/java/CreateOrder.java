import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes an order: java -cp trustpay-bridge.jar examples/java/CreateOrder.java my-order-id-1 */
public class CreateOrder {
    public static void main(String[] arguments) throws Exception {
        ObjectNode order = new ObjectMapper().createObjectNode();
        order.put("order_id", arguments[0]).put("currency", "CZK").put("amount", 1000); // 10.00 CZK, in minor units
        order.put("description", "Test Order Description");
        order.putObject("customer").put("email", "simonsmit@example.com").put("locale", "cs_CZ");
        order.putObject("payment_options") // May be left out where the bridge has order.notification-url and so on.
            .put("notification_url", "https://shop.example.com/notification")
            .put("redirect_url", "https://shop.example.com/thanks").put("cancel_url", "https://shop.example.com/cart");
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(Map.of(
            "bootstrap.servers", System.getenv().getOrDefault("KAFKA_BROKERS", "localhost:9092"),
            "acks", "all", "enable.idempotence", "true"), new StringSerializer(), new StringSerializer())) {
            // The order id is the key, so that records of one order stay in one partition and in their order.
            producer.send(new ProducerRecord<>("order-created", arguments[0], order.toString())).get();
        }
        System.out.println("created " + arguments[0]);
    }
}
