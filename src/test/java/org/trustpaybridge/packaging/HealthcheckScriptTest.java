package org.trustpaybridge.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.testkit.FreePorts;

/** The health check of the container image, run by this machine's bash. */
class HealthcheckScriptTest {
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.one()), 0);
        answer("/observe/health/live", 200);
        answer("/down", 503);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_live_bridge_passes() throws Exception {
        assertThat(healthcheck(port())).isZero();
    }

    @Test
    void an_answer_other_than_200_fails() throws Exception {
        assertThat(healthcheck(port(), "/down")).isEqualTo(1);
    }

    @Test
    void nobody_listening_fails() throws Exception {
        assertThat(healthcheck(Integer.toString(FreePorts.one()))).isEqualTo(1);
    }

    @Test
    void the_management_port_is_the_default() throws Exception {
        ProcessBuilder builder = new ProcessBuilder("bash", "docker/healthcheck");
        builder.environment().put("MANAGEMENT_PORT", port());

        assertThat(exitCode(builder)).isZero();
    }

    private String port() {
        return Integer.toString(server.getAddress().getPort());
    }

    private void answer(String path, int status) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }

    private static int healthcheck(String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("bash", "docker/healthcheck");
        builder.command().addAll(List.of(arguments));
        return exitCode(builder);
    }

    private static int exitCode(ProcessBuilder builder) throws Exception {
        Process process = builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
