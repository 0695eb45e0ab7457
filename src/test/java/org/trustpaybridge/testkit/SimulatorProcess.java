package org.trustpaybridge.testkit;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** The packaged simulator of MultiSafepay as a child process. */
public final class SimulatorProcess implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("http://[^\\s/]+:\\d+");
    private static final Duration START = Duration.ofSeconds(30);

    private final JavaProcess process;
    private final URI address;

    private SimulatorProcess(JavaProcess process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Starts the simulator on a free port and waits until it listens. */
    public static SimulatorProcess started(String apiKey, Map<String, String> environment) {
        return started(BridgeProcess.command("simulator", "--host", "127.0.0.1", "--port", Integer.toString(FreePorts.one()))
            .jvmOption("-XX:TieredStopAtLevel=1").environment(environment).environment("SIMULATOR_API_KEY", apiKey));
    }

    /** Starts the simulator as prepared and waits until it listens. */
    public static SimulatorProcess started(JavaLaunch launch) {
        JavaProcess process = launch.start();
        try {
            return new SimulatorProcess(process, URI.create(process.awaitLine(ADDRESS, START).group()));
        } catch (RuntimeException | Error e) {
            process.close();
            throw e;
        }
    }

    /** For {@code multisafepay.base-url}. */
    public URI baseUrl() {
        return address.resolve("/v1/json");
    }

    /** The process itself: output, signals, exit code. */
    public JavaProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
