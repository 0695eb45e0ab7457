package org.trustpaybridge.danger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trustpaybridge.schema.AvroBytes;
import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.EmbeddedBroker;
import org.trustpaybridge.testkit.KafkaProbe;
import org.trustpaybridge.testkit.ReceivedRecord;
import org.trustpaybridge.testkit.RegistryStub;
import org.trustpaybridge.testkit.SimulatorProcess;
import org.trustpaybridge.testkit.Topics;

/** The packaged program with a schema registry that goes, comes back, and wants another password meanwhile. */
class SchemaRegistryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String OLD = "registry it old päss 1a";
    private static final String NEW = "registry-it-new-2b:c";
    private static final String KEY = "registry-it-key-77";
    private static final Schema SCHEMA = new Schema.Parser().parse("""
        {"type": "record", "name": "Placed", "namespace": "com.shop", "fields": [
          {"name": "number", "type": "string"},
          {"name": "total", "type": {"type": "bytes", "logicalType": "decimal", "precision": 20, "scale": 3}},
          {"name": "buyer", "type": ["null", {"type": "record", "name": "Buyer", "fields": [{"name": "mail", "type": "string"}]}]}]}""");
    private static final String MAPPING = """
        . as $order | {order_id: $order.number, currency: "CZK", amount: ($order.total | minor_units("CZK")), description: "Order",
          customer: {email: $order.buyer.mail, locale: "cs_CZ"}}
        """;

    @TempDir
    private static Path folder;

    @Test
    void orders_in_avro_and_json_schema_are_paid_and_wait_for_a_registry_that_is_away_or_wants_another_password() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.started(); SimulatorProcess simulator = SimulatorProcess.started(KEY, Map.of());
             KafkaProbe kafka = new KafkaProbe(broker.bootstrapServers()); RegistryStub registry = RegistryStub.started()) {
            Topics topics = Topics.named("registry").createOn(broker, 1);
            Path password = Files.writeString(folder.resolve("password"), OLD + "\nanother line\n");
            registry.wants("bridge:" + OLD);
            for (int id = 1; id <= 3; id++) {
                registry.avro(id, SCHEMA.toString());
            }
            registry.register(10, "JSON", "{\"type\": \"object\"}");
            Map<String, String> settings = new HashMap<>(BridgeProcess.settings(broker.bootstrapServers(), simulator.baseUrl(), KEY));
            settings.putAll(topics.settings());
            settings.putAll(Map.of("SCHEMA_REGISTRY_URL", registry.url().toString(), "SCHEMA_REGISTRY_USER", "bridge",
                "SCHEMA_REGISTRY_PASSWORD_FILE", password.toString(), "RETRY_MAX_DELAY", "2s",
                "ORDER_MAPPING", Files.writeString(folder.resolve("shop.jq"), MAPPING).toString(),
                "ORDER_NOTIFICATION_URL", "https://shop.example.com/n", "ORDER_REDIRECT_URL", "https://shop.example.com/r",
                "ORDER_CANCEL_URL", "https://shop.example.com/c"));
            try (BridgeProcess bridge = BridgeProcess.start(settings).awaitReady()) {
                publish(kafka, topics, "avro", avro(1, "avro", "12.500"));
                publish(kafka, topics, "json", RegistryStub.value(10,
                    "{\"number\":\"json\",\"total\":12.5,\"buyer\":{\"mail\":\"jana@example.com\"}}".getBytes(StandardCharsets.UTF_8)));
                publish(kafka, topics, "more-digits", avro(1, "more-digits", "12.505"));
                publish(kafka, topics, "beyond", avro(-1, "beyond", "1.000"));
                publish(kafka, topics, "unknown", avro(404, "unknown", "1.000"));
                assertThat(kafka.awaitRecord(topics.out(), "avro").value()).contains("\"amount\":1250");
                assertThat(kafka.awaitRecord(topics.out(), "json").value()).contains("\"amount\":1250");
                assertThat(detail(kafka, topics, "unknown")).contains("schema 404, which the schema registry does not have");
                assertThat(detail(kafka, topics, "beyond")).contains("found the schema id 4294967295, expected at most 2147483647");
                assertThat(detail(kafka, topics, "more-digits")).contains("no more digits than its currency has").doesNotContain("12.505");

                registry.wants("bridge:" + NEW);
                publish(kafka, topics, "rotated", avro(2, "rotated", "1.000"));
                publish(kafka, topics, "beside", avro(1, "beside", "1.000"));
                kafka.awaitRecord(topics.out(), "beside");
                awaitHealth(bridge, "DOWN", "Schemas cannot be fetched", "refuses user and password", "One record waits");
                Path next = Files.writeString(folder.resolve("next"), NEW + "\n");
                Files.move(next, password, StandardCopyOption.REPLACE_EXISTING);
                kafka.awaitRecord(topics.out(), "rotated");
                awaitHealth(bridge, "\"status\":\"UP\"");

                registry.stop();
                publish(kafka, topics, "away", avro(3, "away", "1.000"));
                awaitHealth(bridge, "DOWN", "cannot be connected to", "One record waits");
                assertThat(bridge.get("/observe/metrics")).contains("trustpay_bridge_condition{condition=\"SCHEMA_REGISTRY\"} 1.0");
                Files.writeString(password, "");
                awaitHealth(bridge, "schema-registry.password-file is empty");
                registry.start();
                kafka.awaitRecord(topics.out(), "away");
                Files.writeString(password, NEW);
                awaitHealth(bridge, "\"status\":\"UP\"");
                assertThat(bridge.get("/observe/metrics")).contains("trustpay_bridge_condition{condition=\"SCHEMA_REGISTRY\"} 0.0");

                assertThat(kafka.readAll(topics.dead())).hasSize(3);
                assertThat(Stream.concat(bridge.process().standardOutput().stream(), bridge.process().standardError().stream()))
                    .noneMatch(line -> line.contains(OLD) || line.contains(NEW) || line.contains("jana@"))
                    .anyMatch(line -> line.contains("TPB0801")).anyMatch(line -> line.contains("TPB0009")
                        && line.contains("schema-registry.password-file"));
            }
        }
    }

    private static void publish(KafkaProbe kafka, Topics topics, String key, byte[] value) {
        kafka.publish(topics.in(), key.getBytes(StandardCharsets.UTF_8), value);
    }

    private static String detail(KafkaProbe kafka, Topics topics, String key) {
        ReceivedRecord letter = kafka.awaitRecord(topics.dead(), key);
        assertThat(letter.header("bridge-error-code")).contains("INVALID_EVENT");
        return letter.header("bridge-error-detail").orElseThrow();
    }

    private static void awaitHealth(BridgeProcess bridge, String... words) {
        Awaitility.await(String.join(", ", words)).atMost(PATIENCE).ignoreExceptions()
            .untilAsserted(() -> assertThat(bridge.get("/observe/health")).contains(words));
    }

    private static byte[] avro(int id, String number, String total) {
        Schema buyer = SCHEMA.getField("buyer").schema().getTypes().get(1);
        return RegistryStub.value(id, AvroBytes.of(SCHEMA, new GenericRecordBuilder(SCHEMA).set("number", number)
            .set("total", new BigDecimal(total)).set("buyer", new GenericRecordBuilder(buyer).set("mail", "jana@example.com").build())
                .build()));
    }
}
