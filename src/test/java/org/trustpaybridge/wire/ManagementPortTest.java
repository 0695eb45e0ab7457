package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.trustpaybridge.assembly.BridgeMain;
import org.trustpaybridge.settings.SettingsLoader;
import org.trustpaybridge.testkit.FreePorts;

/** The command tries the port before it starts a bridge. Here it is taken after that, as by a second one that starts at the same time. */
class ManagementPortTest {

    @Test
    void a_bridge_that_nobody_could_look_into_does_not_start() throws Exception {
        try (ServerSocket taken = new ServerSocket(FreePorts.one(), 1, InetAddress.getLoopbackAddress())) {
            BridgeMain bridge = new BridgeMain(new SettingsLoader(Map.of("KAFKA_BROKERS", "127.0.0.1:" + FreePorts.one(),
                "MULTISAFEPAY_API_KEY", "key-of-port-test", "MANAGEMENT_PORT", Integer.toString(taken.getLocalPort())), new Properties())
                .load(Optional.empty()), Path.of("routes"), "test");
            try {
                assertThatThrownBy(bridge::start).hasStackTraceContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort());
            } finally {
                bridge.stop();
            }
        }
    }
}
