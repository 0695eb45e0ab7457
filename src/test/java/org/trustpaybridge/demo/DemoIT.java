package org.trustpaybridge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.FreePorts;
import org.trustpaybridge.testkit.JavaLaunch;
import org.trustpaybridge.testkit.JavaProcess;

/** The demo as a visitor sees it, with the packaged bridge. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DemoIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    @Test
    void the_account_tells_of_every_order_and_nothing_is_left_behind() throws IOException {
        try (JavaProcess demo = demo().jvmOption("-Ddemo.exit=true").start()) {

            int exitCode = demo.awaitExit(PATIENCE);

            List<String> said = demo.standardOutput();
            assertThat(exitCode).as(() -> said + "\n" + demo.standardError()).isZero();
            assertThat(after(said, "my-order-id-1 ")).startsWith("  payment URL: http://127.0.0.1:").contains("/connect/");
            assertThat(after(said, "20261122 ")).startsWith("  payment URL: http://127.0.0.1:");
            assertThat(after(said, "cloud-event-1 ")).startsWith("  payment URL: http://127.0.0.1:");
            assertThat(after(said, "sim-503x2-retry ")).startsWith("  payment URL: http://127.0.0.1:");
            assertThat(after(said, "three-mistakes ")).isEqualTo("  dead letter: INVALID_EVENT");
            assertThat(said.stream().filter(line -> line.startsWith("    - ")))
                .anyMatch(line -> line.startsWith("    - amount: "))
                .anyMatch(line -> line.startsWith("    - currency: "))
                .anyMatch(line -> line.startsWith("    - customer.email: "));
            assertThat(after(said, "1001 ")).as("through the mapping").startsWith("  payment URL: http://127.0.0.1:");
            assertThat(after(said, "sim-1002-refused ")).isEqualTo("  dead letter: PROVIDER_REJECTED");
            assertThat(said).anyMatch(line -> line.startsWith("    - provider error 1002"));
            assertThat(said).filteredOn(line -> !line.contains("http")).allMatch(line -> line.length() <= 80);
        }
        assertNothingIsLeft();
    }

    @Test
    void a_signal_ends_the_demo_with_its_broker_simulator_and_bridge() throws IOException {
        try (JavaProcess demo = demo().start()) {
            demo.awaitLine(Pattern.compile("Ctrl-C stops everything"), PATIENCE);
            Set<ProcessHandle> children = childrenOf(demo);
            assertThat(children).as("simulator and two bridges").hasSize(3);

            demo.signal("INT");

            assertThat(demo.awaitExit(Duration.ofSeconds(90))).isEqualTo(128 + 2);
            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        }
        assertNothingIsLeft();
    }

    @Test
    void a_port_that_is_taken_is_named() throws IOException {
        try (ServerSocket taken = new ServerSocket(FreePorts.one(), 1, InetAddress.getLoopbackAddress());
             JavaProcess demo = demo().jvmOption("-Ddemo.simulator.port=" + taken.getLocalPort()).start()) {

            int exitCode = demo.awaitExit(PATIENCE);

            assertThat(exitCode).isEqualTo(2);
            assertThat(demo.standardError()).singleElement().asString()
                .contains(Integer.toString(taken.getLocalPort())).contains("demo.simulator.port");
        }
    }

    private JavaLaunch demo() throws IOException {
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        return JavaProcess.ofMain(Demo.class.getName(), List.of())
            .jvmOption("-Xmx512m")
            .jvmOption("-Djava.io.tmpdir=" + temporary)
            .jvmOption("-Dlogback.configurationFile=demo-logback.xml")
            .jvmOption("-Dbridge.jar=" + BridgeProcess.jar())
            .jvmOption("-Ddemo.directory=" + directory.resolve("demo"));
    }

    private void assertNothingIsLeft() throws IOException {
        try (var left = Files.list(directory.resolve("tmp"))) {
            assertThat(left).filteredOn(each -> each.getFileName().toString().startsWith("trustpay-bridge-")).isEmpty();
        }
        String mark = directory.toString();
        assertThat(ProcessHandle.allProcesses().filter(each -> each.info().commandLine().orElse("").contains(mark))).isEmpty();
    }

    private static Set<ProcessHandle> childrenOf(JavaProcess process) {
        return ProcessHandle.of(process.pid()).orElseThrow().children().collect(Collectors.toSet());
    }

    private static String after(List<String> lines, String start) {
        for (int i = 0; i + 1 < lines.size(); i++) {
            if (lines.get(i).startsWith(start)) {
                return lines.get(i + 1);
            }
        }
        throw new AssertionError("No line starts with '" + start + "' in\n" + String.join("\n", lines));
    }
}
