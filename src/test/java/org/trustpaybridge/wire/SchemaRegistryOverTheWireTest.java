package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trustpaybridge.schema.AvroBytes;
import org.trustpaybridge.testkit.RegistryStub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Events whose values name their schema become payments; a registry that is away holds them, and nobody else. */
class SchemaRegistryOverTheWireTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PASSWORD = "registry-password-77aa";
    private static final int AVRO = 7;
    /** As in docs/schema-registry.md, as is the mapping. */
    private static final Schema SCHEMA = new Schema.Parser().parse(example("json", 0));

    @TempDir
    private static Path folder;
    private static RegistryStub registry;
    private static WireRig rig;

    /** The registry is not there yet, and its password is not the bridge's. */
    @BeforeAll
    static void start() throws Exception {
        registry = RegistryStub.notStarted();
        registry.avro(AVRO, SCHEMA.toString());
        Path mapping = Files.writeString(folder.resolve("shop.jq"), example("jq", 0));
        Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        Map<String, String> settings = Map.of("schema-registry.url", registry.url().toString(), "schema-registry.user", "shop",
            "schema-registry.password-file", password.toString(), "order.mapping", mapping.toString(),
            "order.notification-url", "https://shop.example.com/n", "order.redirect-url", "https://shop.example.com/r",
            "order.cancel-url", "https://shop.example.com/c");
        Map<String, String> environment = new java.util.HashMap<>();
        settings.forEach((key, value) -> {
            environment.put(key.replace('.', '_').replace('-', '_').toUpperCase(java.util.Locale.ROOT), value);
        });
        rig = new WireRig(environment);
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        registry.close();
    }

    /** One story, as a bridge learns each schema once: away at start, refused, there. */
    @Test
    void records_wait_for_a_registry_in_whatever_way_it_is_away_and_flow_by_themselves() throws Exception {
        String id = UUID.randomUUID().toString();
        try (Logged logged = new Logged()) {
            publish("away", event(id, "1249.90"));
            awaitCondition("cannot be connected to", "One record waits");

            registry.wants("shop:another");
            registry.start();
            awaitCondition("refuses user and password", "One record waits");
            assertThat(Scrape.of(rig.get("/observe/metrics")).sum("trustpay_bridge_held_records")).isEqualTo(1);
            assertThat(logged.with("TPB0801")).hasSize(1);
            assertThat(rig.get("/observe/health") + rig.get("/observe/metrics") + rig.get("/status") + logged.all()).doesNotContain(PASSWORD);

            registry.wants("shop:" + PASSWORD);
            rig.kafka.awaitRecord(WireRig.OUT, id);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(rig.get("/observe/health/ready")).contains("UP"));
            JsonNode posted = JSON.readTree(rig.simulator.lastRequest(id).orElseThrow().body());
            assertThat(posted.path("amount").asLong()).isEqualTo(124990);
            assertThat(posted.path("description").asText()).isEqualTo("Order of 2026-11-22");
        }

        assertThat(rig.simulator.orderPosts(id)).isEqualTo(1);
    }

    private static void awaitCondition(String... words) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(rig.get("/observe/health/ready")).contains("DOWN", "Schemas cannot be fetched").contains(words);
            assertThat(Scrape.of(rig.get("/observe/metrics")).sum("trustpay_bridge_condition", "condition", "SCHEMA_REGISTRY")).isEqualTo(1);
        });
    }

    private static void publish(String key, byte[] value) {
        rig.kafka.publish(WireRig.IN, key.getBytes(StandardCharsets.UTF_8), value);
    }

    private static byte[] event(String id, String total) {
        Schema currency = SCHEMA.getField("currency").schema();
        return RegistryStub.value(AVRO, AvroBytes.of(SCHEMA, new GenericRecordBuilder(SCHEMA).set("id", UUID.fromString(id))
            .set("total", new BigDecimal(total)).set("currency", new GenericData.EnumSymbol(currency, "CZK"))
            .set("placedAt", Instant.parse("2026-11-22T10:15:30.123Z")).set("email", "jana@example.com").build()));
    }

    /** A piece of the page, so that what stands there is true. */
    private static String example(String language, int which) {
        try {
            String[] pieces = Files.readString(Path.of("docs/schema-registry.md")).split("```" + language + "\n");
            return pieces[which + 1].split("```")[0];
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
