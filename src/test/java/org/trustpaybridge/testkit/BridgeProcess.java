package org.trustpaybridge.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;

/** The packaged bridge as a child process, set up through its environment alone. */
public final class BridgeProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private static final HttpClient CLIENT =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();

    private final JavaProcess process;
    private final URI management;

    private BridgeProcess(JavaProcess process, URI management) {
        this.process = process;
        this.management = management;
    }

    /** Where the build put the jar: the system property {@code bridge.jar}, otherwise {@code target/trustpay-bridge.jar}. */
    public static Path jar() {
        return Path.of(System.getProperty("bridge.jar", "target/trustpay-bridge.jar")).toAbsolutePath();
    }

    /** Any subcommand of the packaged bridge, not started yet. */
    public static JavaLaunch command(String... arguments) {
        return JavaProcess.ofJar(jar().toString(), List.of(arguments)).jvmOption("-Xmx512m");
    }

    /**
     * Starts {@code run}, and does not wait for it.
     *
     * @param environment the settings, without {@code MANAGEMENT_PORT}
     */
    public static BridgeProcess start(Map<String, String> environment) {
        return start(command("run").environment(environment), FreePorts.one());
    }

    /** Starts {@code run} as prepared, and does not wait for it. */
    public static BridgeProcess start(JavaLaunch launch, int managementPort) {
        JavaProcess process = launch.environment("MANAGEMENT_PORT", Integer.toString(managementPort)).start();
        return new BridgeProcess(process, URI.create("http://127.0.0.1:" + managementPort));
    }

    /** The settings that a bridge needs at least. */
    public static Map<String, String> settings(String brokers, URI baseUrl, String apiKey) {
        return Map.of("KAFKA_BROKERS", brokers, "MULTISAFEPAY_BASE_URL", baseUrl.toString(), "MULTISAFEPAY_API_KEY", apiKey);
    }

    /** The process itself: output, signals, exit code. */
    public JavaProcess process() {
        return process;
    }

    /** Something on the management port, such as {@code /observe/metrics}. */
    public URI management(String path) {
        return management.resolve(path);
    }

    /** Waits, 60 s at most, until the bridge calls itself ready. */
    public BridgeProcess awaitReady() {
        HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        Awaitility.await("the bridge to be ready").atMost(START).pollInterval(Duration.ofMillis(100))
            .until(() -> !process.isAlive() || isUp(client));
        if (!process.isAlive()) {
            process.awaitLine(line -> false, Duration.ofSeconds(5));
        }
        return this;
    }

    /** Waits, 60 s at most, until the management port answers, whatever it says. */
    public BridgeProcess awaitUp() {
        Awaitility.await("the management port to answer").atMost(START).pollInterval(Duration.ofMillis(100)).ignoreExceptions()
            .until(() -> !process.isAlive() || !get("/observe/health/live").isEmpty());
        return this;
    }

    /** What the management port answers. */
    public String get(String path) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(management(path)).timeout(Duration.ofSeconds(5)).build(),
            HttpResponse.BodyHandlers.ofString()).body();
    }

    private boolean isUp(HttpClient client) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(management("/observe/health/ready")).timeout(Duration.ofSeconds(5)).build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
