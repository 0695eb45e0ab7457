package org.trustpaybridge.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.Broker;
import org.trustpaybridge.testkit.BrokerProcess;
import org.trustpaybridge.testkit.BrokerSettings;
import org.trustpaybridge.testkit.FreePorts;
import org.trustpaybridge.testkit.JavaProcess;
import org.trustpaybridge.testkit.Topics;

/** What all rounds share: a broker, the provider, and the distribution, unpacked. */
final class Stage implements AutoCloseable {
    private static final String API_KEY = "bench-key";

    private final BrokerProcess broker;
    private final JavaProcess provider;
    private final URI providerAddress;
    private final Path home;
    private final Path directory;
    private final List<String> jvmOptions;
    private final HttpClient http = HttpClient.newHttpClient();
    /** The options with which the launcher starts the bridge; all others but one get the same. */
    private List<String> launcherOptions = List.of();

    private Stage(BrokerProcess broker, JavaProcess provider, URI providerAddress, Path home, BenchSettings settings) {
        this.broker = broker;
        this.provider = provider;
        this.providerAddress = providerAddress;
        this.home = home;
        this.directory = settings.directory();
        this.jvmOptions = settings.jvmOptions();
    }

    static Stage set(BenchSettings settings) {
        Path home = Distribution.unpack(settings.archive(), settings.directory().resolve("home"));
        if (settings.startupArchive()) {
            Distribution.makeStartupArchive(home);
        }
        BrokerProcess broker = Broker.started(new BrokerProcess(BrokerSettings.defaults(), List.of()));
        int port = FreePorts.one();
        JavaProcess provider = JavaProcess.ofMain(ProviderStub.class.getName(), List.of(Integer.toString(port)))
            .jvmOption("-Xmx256m").jvmOption("-XX:+UseSerialGC").start();
        provider.awaitLine(line -> line.startsWith(ProviderStub.READY), Duration.ofSeconds(30));
        return new Stage(broker, provider, URI.create("http://127.0.0.1:" + port), home, settings);
    }

    BrokerProcess broker() {
        return broker;
    }

    /** The provider's own process. */
    ProcessHandle provider() {
        return ProcessHandle.of(provider.pid()).orElseThrow();
    }

    /** What the launcher told Java, as far as it was seen. */
    List<String> launcherOptions() {
        return launcherOptions;
    }

    /** Starts one instance and does not wait for it. */
    Program start(Contender contender, Scenario scenario, Topics topics, String label) {
        List<String> options = new ArrayList<>(jvmOptions);
        options.addAll(scenario.jvmOptions());
        Map<String, String> environment = new HashMap<>(topics.settings());
        environment.putAll(BridgeProcess.settings(broker.bootstrapServers(), providerAddress.resolve("/v1/json"), API_KEY));
        environment.put("DELIVERY_CONCURRENCY", Integer.toString(scenario.concurrency()));
        environment.put("MANAGEMENT_PORT", Integer.toString(FreePorts.one()));
        Path log = directory.resolve("logs").resolve(label + ".log");
        if (contender == Contender.MAPPED) {
            environment.put("ORDER_MAPPING", mapping().toString());
        }
        if (contender == Contender.BRIDGE || contender == Contender.MAPPED) {
            environment.put("JAVA_HOME", System.getProperty("java.home"));
            environment.put("JAVA_OPTS", String.join(" ", options));
            Program bridge = Program.start(List.of(home.resolve("bin/trustpay-bridge").toString(), "run"), environment, home, log);
            launcherOptions = Distribution.launcherOptions(bridge, options);
            return bridge;
        }
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        if (contender != Contender.UNTUNED) {
            // What the launcher sets.
            environment.put("MALLOC_ARENA_MAX", "2");
            command.addAll(launcherOptions);
        }
        command.addAll(options);
        command.addAll(List.of("-Dlogback.configurationFile=logback-test.xml", "-cp", System.getProperty("java.class.path"),
            (contender == Contender.PEER ? Peer.class : Baseline.class).getName()));
        // Where this JVM runs: its class path may be relative to that.
        return Program.start(command, environment, Path.of("").toAbsolutePath(), log);
    }

    /** It takes the same events as the bridge without one, so that nothing but the mapping differs. */
    private Path mapping() {
        try {
            return Files.writeString(Files.createDirectories(directory).resolve("mapping.jq"), """
                . as $order
                | ($order.amount | minor_units($order.currency; 2)) as $amount
                | {
                    order_id: $order.order_id,
                    currency: ($order.currency | ascii_upcase),
                    amount: $amount,
                    description: ($order.description // "Order \\($order.order_id)" | truncate(200)),
                    customer: {email: $order.customer.email, locale: locale($order.customer.locale; null)},
                    payment_options: {
                      notification_url: $order.payment_options.notification_url,
                      redirect_url: $order.payment_options.redirect_url,
                      cancel_url: $order.payment_options.cancel_url,
                      close_window: $order.payment_options.close_window
                    }
                  }
                """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on the provider takes this time, and its counts begin anew. */
    void providerTakes(ProviderTime time) {
        send(HttpRequest.newBuilder(providerAddress.resolve("/time")).PUT(HttpRequest.BodyPublishers.ofString(time.toString())));
    }

    /** What the provider counted since {@link #providerTakes}. */
    JsonNode providerCounts() {
        try {
            return new ObjectMapper().readTree(send(HttpRequest.newBuilder(providerAddress.resolve("/counts"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        provider.close();
        broker.close();
    }
}
