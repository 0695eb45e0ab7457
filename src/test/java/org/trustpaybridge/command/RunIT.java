package org.trustpaybridge.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.EmbeddedBroker;
import org.trustpaybridge.testkit.FreePorts;
import org.trustpaybridge.testkit.JavaProcess;
import org.trustpaybridge.testkit.KafkaProbe;
import org.trustpaybridge.testkit.SimulatorProcess;

/** The packaged program as a process, set by its environment alone. */
class RunIT {

    private static final String API_KEY = "run-it-key-51c0ffee";
    private static final String TOKEN = "token-of-run-it-4711";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static EmbeddedBroker broker;
    private static SimulatorProcess simulator;
    private static KafkaProbe kafka;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.started();
        for (String topic : new String[] {"order-created", "payment-url-created", "order-created.dlq"}) {
            broker.createTopic(topic, 1, Map.of());
        }
        simulator = SimulatorProcess.started(API_KEY, Map.of());
        kafka = new KafkaProbe(broker.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        kafka.close();
        simulator.close();
        broker.close();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void every_setting_may_come_from_the_environment_and_an_order_is_paid_and_sigterm_ends_it_with_0() throws Exception {
        Map<String, String> environment = new HashMap<>(BridgeProcess.settings(broker.bootstrapServers(), simulator.baseUrl(), API_KEY));
        environment.putAll(Map.of("MULTISAFEPAY_CONNECT_TIMEOUT", "2s", "MULTISAFEPAY_RESPONSE_TIMEOUT", "3s", "RETRY_INITIAL_DELAY",
            "50ms",
            "RETRY_MAX_DELAY", "1s", "RETRY_GIVE_UP_AFTER", "1m", "LEDGER_RETENTION", "1h", "DELIVERY_CONCURRENCY", "8",
            "ORDER_CURRENCIES", "CZK,EUR", "LOG_FORMAT", "json", "LOG_LEVEL", "debug"));
        environment.putAll(Map.of("MANAGEMENT_HOST", "0.0.0.0", "MANAGEMENT_TOKEN", TOKEN));
        environment.putAll(Map.of("ORDER_CURRENCY", API_KEY, "ORDER_SERVICE_HOST", "10.0.0.1"));
        try (BridgeProcess bridge = BridgeProcess.start(environment)) {
            kafka.publish("order-created", "run-1", order("run-1"));
            kafka.publish("order-created", "sim-503x1-run", order("sim-503x1-run"));
            kafka.awaitRecord("payment-url-created", "run-1");
            kafka.awaitRecord("payment-url-created", "sim-503x1-run");

            bridge.process().terminate();

            assertThat(bridge.process().awaitExit(PATIENCE)).isZero();
            ObjectMapper json = new ObjectMapper();
            for (String line : bridge.process().standardOutput()) {
                assertThat(line).startsWith("{").endsWith("}");
                JsonNode event = json.readTree(line);
                assertThat(event.path("message").isTextual()).as(line).isTrue();
            }
            assertThat(bridge.process().standardOutput()).anyMatch(line -> line.contains("Payment URL published")
                && line.contains("run-1"));
            assertThat(bridge.process().standardOutput()).filteredOn(line -> line.contains("TPB0008")).singleElement().asString()
                .contains("ORDER_CURRENCY", "ORDER_CURRENCIES");
            assertThat(Stream.concat(bridge.process().standardOutput().stream(), bridge.process().standardError().stream()))
                .noneMatch(line -> line.contains(API_KEY) || line.contains(TOKEN) || line.contains("TPB0002") || line.contains("jana@")
                    || line.contains("/connect/"));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void check_tells_a_misspelt_variable_and_which_values_hold_and_from_where() {
        Map<String, String> environment = new HashMap<>(BridgeProcess.settings(broker.bootstrapServers(), simulator.baseUrl(), API_KEY));
        environment.putAll(Map.of("DELIVERY_CONCURENCY", "secret-value-8", "ORDER_SERVICE_HOST", "10.0.0.1"));
        try (JavaProcess check = BridgeProcess.command("check", "--json").environment(environment).start();
            JavaProcess shown = BridgeProcess.command("check", "--settings").jvmOption("-Dretry.max-delay=7s").environment(environment)
                .start()) {
            assertThat(check.awaitExit(PATIENCE)).isEqualTo(2);
            assertThat(String.join("\n", check.standardOutput())).contains("DELIVERY_CONCURENCY: there is no such setting",
                "Did you mean DELIVERY_CONCURRENCY?").doesNotContain("secret-value-8", "ORDER_SERVICE_HOST");

            assertThat(shown.awaitExit(PATIENCE)).isEqualTo(2);
            assertThat(shown.standardOutput()).anyMatch(line -> line.matches("retry\\.max-delay +system property +7s"))
                .anyMatch(line -> line.matches("kafka\\.brokers +environment +" + broker.bootstrapServers()))
                .anyMatch(line -> line.matches("multisafepay\\.api-key +environment +\\*\\*\\*"))
                .anyMatch(line -> line.matches("delivery\\.concurrency +default +64"))
                .anyMatch(line -> line.contains("problem: DELIVERY_CONCURENCY"))
                .noneMatch(line -> line.contains(API_KEY) || line.contains("secret-value-8"));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void without_a_broker_it_waits_says_so_and_stops_when_told(@TempDir Path temporary) {
        Map<String, String> environment = new HashMap<>(BridgeProcess.settings("localhost:1", simulator.baseUrl(), API_KEY));
        environment.put("MANAGEMENT_HOST", "0.0.0.0");
        try (BridgeProcess bridge = BridgeProcess.start(BridgeProcess.command("run").jvmOption("-Djava.io.tmpdir=" + temporary)
            .environment(environment), FreePorts.one())) {
            bridge.process().awaitLine(line -> line.contains("Waiting for Kafka"), PATIENCE);
            assertThat(temporary).as("what a bridge that is killed would leave").isEmptyDirectory();

            bridge.process().terminate();

            assertThat(bridge.process().awaitExit(PATIENCE)).isZero();
            assertThat(bridge.process().standardOutput()).noneMatch(line -> line.startsWith("\tat "));
            assertThat(bridge.process().standardOutput()).as("that everybody may look is said once")
                .filteredOn(line -> line.contains("TPB0002")).hasSize(1);
            assertThat(bridge.process().standardError()).isEmpty();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void wrong_settings_are_refused_all_at_once_with_exit_code_2() {
        try (JavaProcess process = BridgeProcess.command("run").environment("MULTISAFEPAY_APIKEY", "oops")
            .environment("RETRY_MAX_DELAY", "soon").environment("DELIVERY_CONCURRENCY", "many").start()) {
            assertThat(process.awaitExit(PATIENCE)).isEqualTo(2);

            String message = String.join("\n", process.standardError());
            assertThat(message).contains("Did you mean MULTISAFEPAY_API_KEY?").contains("RETRY_MAX_DELAY").contains("DELIVERY_CONCURRENCY")
                .contains("multisafepay.api-key").doesNotContain("\tat ");
        }
    }

    /** Camel's own message has the value in it, and at debug the whole exception would be logged. */
    @ParameterizedTest
    @CsvSource({"camel.component.kafka.sasl-jaas-confg=password=hidden-77, LOG_FORMAT, text",
        "'', CAMEL_COMPONENT_KAFKA_SASL_JAAS_CONFG, password=hidden-77"})
    @Execution(ExecutionMode.CONCURRENT)
    void a_misspelt_setting_of_kafkas_ends_the_start_and_shows_no_password_even_at_debug(String setting, String variable, String value,
                                                                                         @TempDir Path folder) throws Exception {
        Path config = Files.writeString(folder.resolve("misspelt.properties"), setting);
        try (BridgeProcess bridge = BridgeProcess.start(BridgeProcess.command("run", "--config", config.toString())
            .environment(BridgeProcess.settings(broker.bootstrapServers(), simulator.baseUrl(), API_KEY))
            .environment("LOG_LEVEL", "debug").environment(variable, value), FreePorts.one())) {
            assertThat(bridge.process().awaitExit(PATIENCE)).isEqualTo(2);

            assertThat(bridge.process().standardError()).anyMatch(line -> line.contains("camel.component.kafka.") && line.contains("onfg"));
            assertThat(Stream.concat(bridge.process().standardOutput().stream(), bridge.process().standardError().stream()))
                .noneMatch(line -> line.contains("hidden-77"));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void a_value_that_kafkas_client_refuses_ends_the_start_without_a_stack_trace() {
        try (BridgeProcess bridge = BridgeProcess.start(BridgeProcess.command("run")
            .environment(BridgeProcess.settings(broker.bootstrapServers(), simulator.baseUrl(), API_KEY))
            .environment("CAMEL_COMPONENT_KAFKA_MAX_POLL_INTERVAL_MS", "0"), FreePorts.one())) {
            assertThat(bridge.process().awaitExit(PATIENCE)).isEqualTo(2);

            assertThat(bridge.process().standardError()).anyMatch(line -> line.contains("max.poll.interval.ms"));
            assertThat(Stream.concat(bridge.process().standardOutput().stream(), bridge.process().standardError().stream()))
                .noneMatch(line -> line.startsWith("\tat "));
        }
    }

    private static String order(String id) {
        return """
            {"order_id":"%s","currency":"CZK","amount":1000,"description":"Tea","customer":{"email":"jana@shop.example","locale":"cs_CZ"},
             "payment_options":{"notification_url":"https://shop.example/n","redirect_url":"https://shop.example/r",
               "cancel_url":"https://shop.example/c"}}""".formatted(id);
    }
}
