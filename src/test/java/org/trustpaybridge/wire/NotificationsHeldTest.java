package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.trustpaybridge.testkit.FreePorts;
import org.trustpaybridge.testkit.Notification;

/** What notifications need is not there: they are answered so that MultiSafepay sends them again, and it is said loudly. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NotificationsHeldTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String TOPIC = "payment-status-changed";
    private static final int PORT = FreePorts.one();

    @TempDir
    private static Path folder;
    private static Path key;
    private static WireRig rig;

    @BeforeAll
    static void start() throws Exception {
        key = Files.writeString(folder.resolve("key"), WireRig.API_KEY + "\n");
        rig = new WireRig(Map.of("NOTIFICATIONS_ENABLED", "true", "NOTIFICATIONS_PORT", Integer.toString(PORT), "MULTISAFEPAY_API_KEY", "",
            "MULTISAFEPAY_API_KEY_FILE", key.toString()));
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
    }

    @Test
    @Order(1)
    void without_its_topic_a_notification_is_to_be_sent_again_and_health_says_so_until_the_topic_is_there() throws Exception {
        assertThat(Notification.of(WireRig.API_KEY, "h-1", "completed").sendTo(PORT).statusCode()).isEqualTo(503);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(rig.get("/observe/health")).startsWith("{\"status\":\"DOWN\"")
            .contains("Status changes cannot be read"));
        assertThat(rig.get("/observe/metrics")).contains("trustpay_bridge_condition{condition=\"NOTIFICATIONS_HELD\"} 1.0")
            .containsPattern("trustpay_bridge_notifications_total\\{outcome=\"held\",reason=\"none\"} [1-9]");

        rig.broker.createTopic(TOPIC, 3, Map.of());

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(Notification.of(WireRig.API_KEY, "h-1", "completed").sendTo(PORT)
            .statusCode()).isEqualTo(200));
        assertThat(rig.kafka.readAll(TOPIC)).hasSize(1);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(rig.get("/observe/metrics"))
            .contains("trustpay_bridge_condition{condition=\"NOTIFICATIONS_HELD\"} 0.0"));
    }

    /** A repeat is known to be one without Kafka. */
    @Test
    @Order(2)
    void while_kafka_is_away_a_change_is_to_be_sent_again_and_a_repeat_is_acknowledged() throws Exception {
        rig.broker.stop();

        assertThat(Notification.of(WireRig.API_KEY, "h-2", "completed").sendTo(PORT).statusCode()).isEqualTo(503);
        assertThat(Notification.of(WireRig.API_KEY, "h-1", "completed").sendTo(PORT).statusCode()).isEqualTo(200);

        rig.broker.start();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(Notification.of(WireRig.API_KEY, "h-2", "completed").sendTo(PORT)
            .statusCode()).isEqualTo(200));
        assertThat(rig.kafka.readAll(TOPIC).stream().filter(each -> "h-2".equals(each.key()))).hasSize(1);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(rig.get("/observe/health")).startsWith("{\"status\":\"UP\""));
    }

    @Test
    @Order(3)
    void while_the_key_is_exchanged_both_keys_sign() throws Exception {
        assertThat(Notification.of(WireRig.API_KEY, "h-3", "initialized").signedWith("rotated-key-5512").sendTo(PORT).statusCode())
            .isEqualTo(401);

        Files.writeString(key, "rotated-key-5512\n");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(Notification.of(WireRig.API_KEY, "h-3", "completed")
            .signedWith("rotated-key-5512").sendTo(PORT)
            .statusCode()).isEqualTo(200));
        assertThat(Notification.of(WireRig.API_KEY, "h-3", "refunded").signedAt(Instant.now()).sendTo(PORT).statusCode())
            .as("signed with the key before").isEqualTo(200);
        assertThat(Notification.of(WireRig.API_KEY, "h-3", "chargedback").signedWith("never-a-key").sendTo(PORT).statusCode())
            .isEqualTo(401);
    }
}
