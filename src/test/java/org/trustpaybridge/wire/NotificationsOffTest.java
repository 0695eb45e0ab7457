package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.assembly.BridgeMain;
import org.trustpaybridge.settings.SettingsLoader;
import org.trustpaybridge.testkit.FreePorts;
import org.trustpaybridge.testkit.Notification;

/** A bridge that does not receive notifications has nothing of them. */
class NotificationsOffTest {

    private static final int PORT = FreePorts.one();
    private static final int MANAGEMENT = FreePorts.one();

    private static BridgeMain bridge;

    @BeforeAll
    static void start() {
        bridge = new BridgeMain(new SettingsLoader(Map.of("KAFKA_BROKERS", "127.0.0.1:" + FreePorts.one(), "MULTISAFEPAY_API_KEY",
            "key-of-off-test",
            "MANAGEMENT_PORT", Integer.toString(MANAGEMENT), "NOTIFICATIONS_PORT", Integer.toString(PORT)), new Properties())
                .load(Optional.empty()),
            Path.of("routes"), "test");
        bridge.start();
    }

    @AfterAll
    static void stop() {
        bridge.stop();
    }

    @Test
    void there_is_no_port_no_route_no_thread_and_no_metric() throws Exception {
        assertThatThrownBy(() -> new Socket("127.0.0.1", PORT)).isInstanceOf(ConnectException.class);
        assertThat(bridge.getCamelContext().getRoutes()).extracting(route -> route.getRouteId()).contains("payment-order")
            .doesNotContain("payment-notification", "look-up-status", "payment-status-changed");
        assertThat(Thread.getAllStackTraces().keySet()).noneMatch(thread -> thread.getName().equals("payment-status"));
        assertThat(Notification.send(java.net.http.HttpRequest.newBuilder(java.net.URI.create("http://127.0.0.1:" + MANAGEMENT
            + "/observe/metrics"))
            .build()).body()).contains("trustpay_bridge_in_flight_records").doesNotContain("trustpay_bridge_notifications")
            .doesNotContain("trustpay_bridge_payment_status");
    }
}
