package org.trustpaybridge.danger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trustpaybridge.schema.AvroBytes;
import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.EmbeddedBroker;
import org.trustpaybridge.testkit.FreePorts;
import org.trustpaybridge.testkit.JavaProcess;
import org.trustpaybridge.testkit.KafkaProbe;
import org.trustpaybridge.testkit.RegistryStub;
import org.trustpaybridge.testkit.SimulatorProcess;
import org.trustpaybridge.testkit.Topics;

/** The packaged program with a real registry, Apicurio, by the API that it has for Confluent's clients. */
@Tag("chaos")
class ApicurioIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String KEY = "apicurio-it-key-1f";
    private static final String BUYER =
        "{\"type\":\"record\",\"name\":\"Buyer\",\"namespace\":\"com.shop\",\"fields\":[{\"name\":\"mail\",\"type\":\"string\"}]}";
    private static final String PLACED = """
        {"type": "record", "name": "Placed", "namespace": "com.shop", "fields": [
          {"name": "number", "type": "string"},
          {"name": "total", "type": {"type": "bytes", "logicalType": "decimal", "precision": 20, "scale": 3}},
          {"name": "buyer", "type": "com.shop.Buyer"}]}""";
    private static final String MAPPING = """
        . as $order | {order_id: $order.number, currency: "CZK", amount: ($order.total | minor_units("CZK")), description: "Order",
          customer: {email: $order.buyer.mail, locale: "cs_CZ"}}
        """;

    @TempDir
    private static Path folder;

    private final int port = FreePorts.one();
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void orders_by_schemas_of_a_real_registry_are_paid_and_wait_while_it_stands_still() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.started(); SimulatorProcess simulator = SimulatorProcess.started(KEY, Map.of());
             KafkaProbe kafka = new KafkaProbe(broker.bootstrapServers()); JavaProcess registry = registry()) {
            Topics topics = Topics.named("apicurio").createOn(broker, 1);
            Map<String, String> settings = new HashMap<>(BridgeProcess.settings(broker.bootstrapServers(), simulator.baseUrl(), KEY));
            settings.putAll(topics.settings());
            settings.putAll(Map.of("SCHEMA_REGISTRY_URL", url(), "RETRY_MAX_DELAY", "2s",
                "ORDER_MAPPING", Files.writeString(folder.resolve("shop.jq"), MAPPING).toString(),
                "ORDER_NOTIFICATION_URL", "https://shop.example.com/n", "ORDER_REDIRECT_URL", "https://shop.example.com/r",
                "ORDER_CANCEL_URL", "https://shop.example.com/c"));
            Awaitility.await("the registry").atMost(PATIENCE).ignoreExceptions().until(() -> get("/schemas/types").contains("AVRO"));
            register("buyer", null, BUYER);
            int avro = register("placed", null, PLACED, "buyer");
            int json = register("placed-json", "JSON", "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"type\":\"object\"}");
            int late = register("placed-late", null, PLACED.replace("com.shop\"", "com.shop.late\""), "buyer");
            try (BridgeProcess bridge = BridgeProcess.start(settings).awaitReady()) {
                publish(kafka, topics, "avro", RegistryStub.value(avro, event(PLACED, "avro")));
                publish(kafka, topics, "json", RegistryStub.value(json,
                    "{\"number\":\"json\",\"total\":12.5,\"buyer\":{\"mail\":\"jana@example.com\"}}".getBytes(StandardCharsets.UTF_8)));
                publish(kafka, topics, "unknown", RegistryStub.value(4711, new byte[] {1}));
                assertThat(kafka.awaitRecord(topics.out(), "avro").value()).contains("\"amount\":1250");
                assertThat(kafka.awaitRecord(topics.out(), "json").value()).contains("\"amount\":1250");
                assertThat(kafka.awaitRecord(topics.dead(), "unknown").header("bridge-error-detail").orElseThrow())
                    .contains("schema 4711, which the schema registry does not have");

                registry.pause();
                publish(kafka, topics, "late", RegistryStub.value(late, event(PLACED.replace("com.shop\"", "com.shop.late\""), "late")));
                Awaitility.await().atMost(PATIENCE).ignoreExceptions()
                    .untilAsserted(() -> assertThat(bridge.get("/observe/health")).contains("DOWN", "gives no answer within 10 s"));
                registry.resume();
                kafka.awaitRecord(topics.out(), "late");
                assertThat(kafka.readAll(topics.dead())).hasSize(1);
            }
        }
    }

    /** Unpacked by the build with the chaos profile; its schemas are kept in memory. */
    private JavaProcess registry() throws IOException {
        Path unpacked = Path.of("target", "apicurio");
        try (var files = Files.list(unpacked)) {
            Path jar = files.filter(file -> file.toString().endsWith("-runner.jar")).findFirst().orElseThrow();
            return JavaProcess.ofJar(jar.toAbsolutePath().toString(), List.of()).jvmOption("-Xmx512m")
                .jvmOption("-Dquarkus.http.host=127.0.0.1").jvmOption("-Dquarkus.http.port=" + port).start();
        }
    }

    private String url() {
        return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    private String get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofSeconds(5)).build(),
            HttpResponse.BodyHandlers.ofString()).body();
    }

    private int register(String subject, String type, String schema, String... references) throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode().put("schema", schema);
        if (type != null) {
            body.put("schemaType", type);
        }
        for (String reference : references) {
            body.withArray("references").addObject().put("name", "com.shop.Buyer").put("subject", reference).put("version", 1);
        }
        String answer = client.send(HttpRequest.newBuilder(URI.create(url() + "/subjects/" + subject + "/versions"))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json").POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build(),
            HttpResponse.BodyHandlers.ofString()).body();
        return JSON.readTree(answer).required("id").asInt();
    }

    private static void publish(KafkaProbe kafka, Topics topics, String key, byte[] value) {
        kafka.publish(topics.in(), key.getBytes(StandardCharsets.UTF_8), value);
    }

    private static byte[] event(String schema, String number) {
        Schema.Parser parser = new Schema.Parser();
        Schema buyer = parser.parse(BUYER);
        Schema placed = parser.parse(schema);
        return AvroBytes.of(placed, new GenericRecordBuilder(placed).set("number", number).set("total", new BigDecimal("12.500"))
            .set("buyer", new GenericRecordBuilder(buyer).set("mail", "jana@example.com").build()).build());
    }
}
