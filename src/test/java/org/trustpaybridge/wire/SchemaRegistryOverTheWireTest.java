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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trustpaybridge.schema.AvroBytes;
import org.trustpaybridge.testkit.CommandRun;
import org.trustpaybridge.testkit.ReceivedRecord;
import org.trustpaybridge.testkit.RegistryStub;

/** Events whose values name their schema become payments; a registry that is away holds them, and nobody else. */
class SchemaRegistryOverTheWireTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PASSWORD = "registry-password-77aa";
    private static final int AVRO = 7;
    private static final int JSON_SCHEMA = 8;
    /** As in docs/schema-registry.md, as is the mapping. */
    private static final Schema SCHEMA = new Schema.Parser().parse(example("json", 0));

    @TempDir
    private static Path folder;
    private static RegistryStub registry;
    private static WireRig rig;
    private static String config;

    /** The registry is not there yet, and its password is not the bridge's. */
    @BeforeAll
    static void start() throws Exception {
        registry = RegistryStub.notStarted();
        registry.avro(AVRO, SCHEMA.toString());
        registry.register(JSON_SCHEMA, "JSON", "{\"type\":\"object\"}");
        Path mapping = Files.writeString(folder.resolve("shop.jq"), example("jq", 0));
        Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        Map<String, String> settings = Map.of("schema-registry.url", registry.url().toString(), "schema-registry.user", "shop",
            "schema-registry.password-file", password.toString(), "order.mapping", mapping.toString(),
            "order.notification-url", "https://shop.example.com/n", "order.redirect-url", "https://shop.example.com/r",
            "order.cancel-url", "https://shop.example.com/c");
        StringBuilder file = new StringBuilder();
        Map<String, String> environment = new java.util.HashMap<>();
        settings.forEach((key, value) -> {
            file.append(key).append('=').append(value).append('\n');
            environment.put(key.replace('.', '_').replace('-', '_').toUpperCase(java.util.Locale.ROOT), value);
        });
        rig = new WireRig(environment);
        config = Files.writeString(folder.resolve("application.properties"), file + "kafka.brokers=" + rig.broker.bootstrapServers() + "\n"
            + "multisafepay.base-url=" + rig.simulator.baseUri() + "\n").toString();
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        registry.close();
    }

    /** One story, as a bridge learns each schema once: away at start, refused, hung, there, gone again. */
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
            assertThat(rig.get("/observe/health") + rig.get("/observe/metrics") + rig.get("/status") + logged.all())
                .doesNotContain(PASSWORD);

            registry.wants("shop:" + PASSWORD);
            rig.kafka.awaitRecord(WireRig.OUT, id);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(rig.get("/observe/health/ready")).contains("UP"));
            JsonNode posted = JSON.readTree(rig.simulator.lastRequest(id).orElseThrow().body());
            assertThat(posted.path("amount").asLong()).isEqualTo(124990);
            assertThat(posted.path("description").asText()).isEqualTo("Order of 2026-11-22");
        }

        registry.hangs();
        publish("slow", RegistryStub.value(JSON_SCHEMA, json("json-1")));
        String known = UUID.randomUUID().toString();
        publish("known", event(known, "10.00"));
        rig.kafka.awaitRecord(WireRig.OUT, known);
        assertThat(rig.kafka.readAll(WireRig.OUT)).noneMatch(record -> "json-1".equals(record.key()));
        registry.goOn();
        rig.kafka.awaitRecord(WireRig.OUT, "json-1");

        registry.stop();
        String gone = UUID.randomUUID().toString();
        publish("gone", event(gone, "10.00"));
        publish("unknown", RegistryStub.value(404, new byte[] {1}));
        rig.kafka.awaitRecord(WireRig.OUT, gone);
        awaitCondition("cannot be connected to");
        rig.restartBridge();
        awaitCondition("One record waits");
        registry.start();
        ReceivedRecord letter = rig.kafka.awaitRecord(WireRig.DEAD, "unknown");
        assertThat(letter.header("bridge-error-detail").orElseThrow()).contains("schema 404, which the schema registry does not have");
        assertThat(letter.raw().value()).isEqualTo(RegistryStub.value(404, new byte[] {1}));
        await().atMost(PATIENCE).until(() -> rig.kafka.lag(WireRig.GROUP, WireRig.IN) == 0);

        valuesThatAreNone();
        commands();
        assertThat(rig.simulator.orderPosts(id)).isEqualTo(1);
    }

    private void valuesThatAreNone() {
        byte[] cut = event(UUID.randomUUID().toString(), "10.00");
        publish("cut", java.util.Arrays.copyOf(cut, cut.length - 3));
        publish("plain", Events.order("plain").getBytes(StandardCharsets.UTF_8));

        ReceivedRecord letter = rig.kafka.awaitRecord(WireRig.DEAD, "cut");
        assertThat(letter.header("bridge-error-code")).contains("INVALID_EVENT");
        assertThat(letter.header("bridge-error-detail").orElseThrow()).contains("\"field\":\"email\"", "schema 7 (com.shop.OrderPlaced)")
            .doesNotContain("jana");
        assertThat(rig.kafka.awaitRecord(WireRig.DEAD, "plain").header("bridge-error-detail").orElseThrow())
            .contains("begins with the byte 0x7B, as JSON without a schema does");
    }

    private void commands() {
        CommandRun map = CommandRun.of("map", "--from-topic", "100", "--config", config);
        CommandRun send = CommandRun.of("send", "--config", config);
        CommandRun check = CommandRun.of("check", "--config", config);
        registry.fails(503);
        CommandRun mapAway = CommandRun.of("map", "--from-topic", "100", "--config", config);
        CommandRun checkAway = CommandRun.of("check", "--config", config);
        registry.fails(0);

        assertThat(map.out()).contains("124990", "schema 404, which the schema registry does not have");
        assertThat(send.code()).isEqualTo(1);
        assertThat(send.err()).contains("send publishes JSON as it is");
        assertThat(unwrapped(check)).contains("schema registry ok " + registry.url() + " answers");
        assertThat(mapAway.code()).isEqualTo(1);
        assertThat(mapAway.err()).contains("The schema registry answers with status 503.").doesNotContain("Exception");
        assertThat(unwrapped(checkAway)).contains("schema registry problem " + registry.url() + " answers with status 503");
    }

    private static String unwrapped(CommandRun run) {
        return run.out().replaceAll("\\s+", " ");
    }

    private static void awaitCondition(String... words) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(rig.get("/observe/health/ready")).contains("DOWN", "Schemas cannot be fetched").contains(words);
            assertThat(Scrape.of(rig.get("/observe/metrics")).sum("trustpay_bridge_condition", "condition", "SCHEMA_REGISTRY"))
                .isEqualTo(1);
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

    private static byte[] json(String id) {
        return ("{\"id\":\"" + id + "\",\"total\":10.00,\"currency\":\"EUR\",\"placedAt\":\"2026-11-22\",\"email\":\"jana@example.com\"}")
            .getBytes(StandardCharsets.UTF_8);
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
