package org.trustpaybridge.danger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.EmbeddedBroker;
import org.trustpaybridge.testkit.FreePorts;
import org.trustpaybridge.testkit.HostileAnswers;
import org.trustpaybridge.testkit.HostileProvider;
import org.trustpaybridge.testkit.KafkaProbe;
import org.trustpaybridge.testkit.OrderEvents;
import org.trustpaybridge.testkit.RawServer;
import org.trustpaybridge.testkit.ReceivedRecord;
import org.trustpaybridge.testkit.Topics;

/**
 * The packaged program against a provider that floods, drips, hangs and talks nonsense, 64 calls at once, with a crowd at its health port.
 */
class HostileProviderIT {

    private static final Duration RESPONSE = Duration.ofSeconds(3);
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final int HANGING = 64;
    private static final int CROWD = 1000;

    /** How the program is started. */
    enum Start { JAR_WITH_LITTLE_MEMORY, LAUNCHER }

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static KafkaProbe kafka;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.started();
        kafka = new KafkaProbe(broker.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        kafka.close();
        broker.close();
    }

    @ParameterizedTest
    @EnumSource(Start.class)
    void whatever_the_provider_does_health_answers_workers_are_free_in_time_and_no_order_is_lost(Start how) throws Exception {
        // Given
        Topics topics = Topics.named("hostile-" + how).createOn(broker, 3);
        int port = FreePorts.one();
        try (HostileProvider provider = new HostileProvider(); Program program = new Program(how, environment(topics, provider, port),
            port);
             Crowd crowd = new Crowd()) {
            program.awaitReady();
            Map<String, String> orders = provider.answers("hostile-" + how, wrong());
            crowd.pressInto(port);

            // When
            orders.values().forEach(id -> kafka.publish(topics.in(), id, new String(OrderEvents.order(id, 1000), StandardCharsets.UTF_8)));

            // Then
            List<Duration> health = program.healthUntil(() -> provider.posts() >= 2 * orders.size(), Duration.ofSeconds(60));
            // A build machine that is busy with other things may let a process wait for longer than that, whatever it does.
            assertThat(health).as("answers of health").filteredOn(took -> took.compareTo(Duration.ofSeconds(1)) > 0)
                .hasSizeLessThanOrEqualTo(2);
            List<ReceivedRecord> published = kafka.awaitRecords(topics.out(), orders.size(), Duration.ofSeconds(30));
            assertThat(published).extracting(ReceivedRecord::key).containsExactlyInAnyOrderElementsOf(orders.values());
            assertThat(kafka.readAll(topics.dead())).isEmpty();
            orders.forEach((name, id) -> assertThat(provider.held(id)).as(name).isNotNull().isLessThan(RESPONSE.plusSeconds(1)));
            assertThat(program.process.isAlive()).isTrue();
        }
    }

    private static Map<String, RawServer.Script> wrong() {
        Map<String, RawServer.Script> wrong = new LinkedHashMap<>();
        List<RawServer.Script> slow = new ArrayList<>(HostileAnswers.drips().values());
        slow.addAll(HostileAnswers.silences().values());
        for (int i = 0; i < HANGING; i++) {
            wrong.put("hanging " + i, slow.get(i % slow.size()));
        }
        HostileAnswers.floods().forEach((name, script) -> wrong.put("flood of " + name, script));
        HostileAnswers.nonsense().forEach(wrong::put);
        return wrong;
    }

    private static Map<String, String> environment(Topics topics, HostileProvider provider, int port) {
        Map<String, String> environment = new HashMap<>(BridgeProcess.settings(broker.bootstrapServers(), provider.baseUri(), "key"));
        environment.putAll(topics.settings());
        environment.putAll(Map.of("MANAGEMENT_PORT", Integer.toString(port), "MULTISAFEPAY_CONNECT_TIMEOUT", CONNECT.toMillis() + "ms",
            "MULTISAFEPAY_RESPONSE_TIMEOUT", RESPONSE.toMillis() + "ms", "RETRY_INITIAL_DELAY", "50ms", "RETRY_MAX_DELAY", "200ms"));
        return environment;
    }

    /** Half of them say nothing, the others begin a request. They are pressed in once and stay, as far as they are let. */
    private static final class Crowd implements AutoCloseable {

        private final List<Socket> sockets = new ArrayList<>();

        void pressInto(int port) throws IOException {
            for (int i = 0; i < CROWD; i++) {
                Socket socket = new Socket("127.0.0.1", port);
                sockets.add(socket);
                if (i % 2 == 0) {
                    socket.getOutputStream().write("GET /observe/health HTTP/1.1\r\nX-A: b\r\n".getBytes(StandardCharsets.US_ASCII));
                }
            }
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static final class Program implements AutoCloseable {

        private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

        private final Process process;
        private final int port;

        Program(Start how, Map<String, String> environment, int port) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>();
            if (how == Start.LAUNCHER) {
                command.add(unpacked().resolve("bin/trustpay-bridge").toString());
            } else {
                command.add(ProcessHandle.current().info().command().orElse("java"));
                command.addAll(List.of("-Xmx96m", "-jar", BridgeProcess.jar().toString()));
            }
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(Files.createDirectories(Path.of("target", "danger")).resolve("hostile-" + how + ".log").toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().putAll(environment);
            process = builder.start();
            this.port = port;
        }

        private static Path unpacked() throws IOException, InterruptedException {
            Path archive = Path.of(System.getProperty("bridge.archive", "target/trustpay-bridge-0.1.0.tar.gz")).toAbsolutePath();
            new ProcessBuilder("tar", "-xzf", archive.toString()).directory(folder.toFile()).inheritIO().start()
                .waitFor(60, TimeUnit.SECONDS);
            try (Stream<Path> tops = Files.list(folder)) {
                return tops.filter(Files::isDirectory).findFirst().orElseThrow();
            }
        }

        void awaitReady() {
            Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() ->
                HTTP.send(request("ready"), HttpResponse.BodyHandlers.discarding()).statusCode() == 200);
        }

        List<Duration> healthUntil(BooleanSupplier done, Duration atMost) {
            List<Duration> answers = new ArrayList<>();
            Awaitility.await().atMost(atMost).pollInterval(Duration.ofMillis(100)).until(() -> {
                long from = System.nanoTime();
                HTTP.send(request("live"), HttpResponse.BodyHandlers.discarding());
                answers.add(Duration.ofNanos(System.nanoTime() - from));
                return done.getAsBoolean();
            });
            return answers;
        }

        private HttpRequest request(String check) {
            return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/health/" + check))
                .timeout(Duration.ofSeconds(10))
                .build();
        }

        @Override
        public void close() throws InterruptedException {
            process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        }
    }
}
