package org.trustpaybridge.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The Dockerfile and docker-compose.yml as far as they can be held to their rules without a container engine. */
class ContainerFilesTest {
    private static Map<String, Map<String, Object>> services;
    private static List<String> dockerfile;

    @BeforeAll
    static void read() throws IOException {
        services = new TreeMap<>();
        Object compose = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(Path.of("docker-compose.yml")));
        map(map(compose).get("services")).forEach((name, service) -> services.put(name, map(service)));
        dockerfile = Files.readAllLines(Path.of("Dockerfile"));
    }

    @Test
    void kafka_topics_simulator_and_bridge_are_there() {
        assertThat(services).containsOnlyKeys("kafka", "topics", "simulator", "bridge", "prometheus", "grafana");
    }

    @Test
    void every_image_has_a_fixed_tag() {
        assertThat(services.values()).extracting(service -> (String) service.get("image"))
            .allMatch(image -> image.matches("[a-z/-]+:[a-z0-9.]+") && !image.endsWith(":latest"));
        assertThat(instructions("FROM")).hasSize(2).allMatch(from -> from.matches("eclipse-temurin:\\d+-j(dk|re)-noble( AS build)?"));
    }

    @Test
    void whoever_others_wait_for_can_be_waited_for() {
        assertThat(conditions("topics")).isEqualTo(Map.of("kafka", "service_healthy"));
        assertThat(conditions("bridge"))
            .isEqualTo(Map.of("topics", "service_completed_successfully", "simulator", "service_healthy"));
        assertThat(services.get("kafka")).containsKey("healthcheck");
        assertThat(services.get("simulator")).containsKey("healthcheck");
        assertThat(instructions("HEALTHCHECK")).as("the health check of the bridge").hasSize(1);
    }

    @Test
    void every_topic_the_bridge_uses_is_created() {
        String script = ((List<?>) services.get("topics").get("command")).get(0).toString();
        List<String> created = script.lines().filter(line -> line.startsWith("create ")).map(line -> line.split(" ")[1]).toList();

        assertThat(created).containsExactly("order-created", "payment-url-created", "order-created.dlq");
        assertThat(script).contains("--if-not-exists");
    }

    @Test
    void no_secret_is_written_down() {
        List<String> secrets = new ArrayList<>();
        services.forEach((name, service) -> map(service.getOrDefault("environment", Map.of())).forEach((key, value) -> {
            if (key.matches(".*(KEY|SECRET|PASSWORD|TOKEN).*")) {
                secrets.add(name + " " + key + "=" + value);
            }
        }));

        assertThat(secrets).containsExactlyInAnyOrder("simulator SIMULATOR_API_KEY=simulator",
            "bridge MULTISAFEPAY_API_KEY=${MULTISAFEPAY_API_KEY:-simulator}");
    }

    @Test
    void two_variables_lead_to_the_real_provider() {
        Map<String, Object> environment = map(services.get("bridge").get("environment"));

        assertThat(environment)
            .containsEntry("MULTISAFEPAY_BASE_URL", "${MULTISAFEPAY_BASE_URL:-http://simulator:8090/v1/json}")
            .containsEntry("KAFKA_BROKERS", "kafka:19092");
    }

    @Test
    void nothing_is_published_beyond_this_machine() {
        List<Object> ports = new ArrayList<>();
        services.values().forEach(service -> ports.addAll((List<?>) service.getOrDefault("ports", List.of())));

        assertThat(ports).containsExactlyInAnyOrder("127.0.0.1:9092:9092", "127.0.0.1:8090:8090", "127.0.0.1:9876:9876",
            "127.0.0.1:9090:9090", "127.0.0.1:3000:3000");
    }

    @Test
    void prometheus_and_grafana_come_when_asked_for_and_find_what_they_are_to_show() throws IOException {
        for (String name : List.of("prometheus", "grafana")) {
            assertThat(services.get(name).get("profiles")).isEqualTo(List.of("dashboard"));
            assertThat((List<?>) services.get(name).get("volumes")).isNotEmpty().filteredOn(volume -> volume.toString().startsWith("./"))
                .allSatisfy(volume -> {
                    assertThat(volume.toString()).endsWith(":ro");
                    assertThat(Path.of(volume.toString().split(":")[0])).isDirectory();
                });
        }
        Map<String, Object> prometheus = yaml("config/prometheus/prometheus.yml");
        assertThat(prometheus.get("scrape_configs").toString()).contains("bridge:9876").contains("/observe/metrics");
        assertThat((List<?>) prometheus.get("rule_files")).allMatch(file -> Files.isRegularFile(Path.of("config/prometheus",
            file.toString())));
        assertThat(yaml("config/grafana/provisioning/datasources/prometheus.yml").get("datasources").toString())
            .contains("http://prometheus:9090");
        String dashboards = "/etc/grafana/dashboards";
        assertThat(yaml("config/grafana/provisioning/dashboards/trustpay-bridge.yml").get("providers").toString())
            .contains("path=" + dashboards);
        assertThat(services.get("grafana").get("volumes").toString()).contains("./config/grafana/dashboards:" + dashboards + ":ro");
        assertThat(map(services.get("grafana").get("environment")).get("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH").toString())
            .startsWith(dashboards + "/").satisfies(path ->
                assertThat(Path.of("config/grafana/dashboards", path.substring(dashboards.length() + 1))).isRegularFile());
    }

    @Test
    void the_image_runs_as_a_numeric_user_and_heeds_sigterm() {
        assertThat(instructions("USER")).singleElement().asString().matches("[1-9]\\d+:[1-9]\\d+");
        assertThat(instructions("STOPSIGNAL")).containsExactly("SIGTERM");
        assertThat(instructions("ENTRYPOINT")).singleElement().asString().matches("\\[\"/.*\"]");
        assertThat(instructions("CMD")).containsExactly("[\"run\"]");
    }

    @Test
    void the_build_context_holds_what_the_dockerfile_copies() throws IOException {
        List<String> ignore = Files.readAllLines(Path.of(".dockerignore"));
        List<String> allowed = ignore.stream().filter(line -> line.startsWith("!")).map(line -> line.substring(1)).toList();
        List<String> copied = instructions("COPY").stream().filter(copy -> !copy.contains("--from")).flatMap(copy -> {
            List<String> words = List.of(copy.split(" ")).stream().filter(word -> !word.startsWith("--")).toList();
            return words.subList(0, words.size() - 1).stream();
        }).toList();

        assertThat(ignore).contains("*");
        assertThat(copied).containsExactlyInAnyOrderElementsOf(allowed);
    }

    private static Map<String, Object> yaml(String path) throws IOException {
        return map(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(Path.of(path))));
    }

    private static List<String> instructions(String name) {
        return dockerfile.stream().filter(line -> line.startsWith(name + " ")).map(line -> line.substring(name.length() + 1)).toList();
    }

    private static Map<String, String> conditions(String service) {
        Map<String, String> conditions = new TreeMap<>();
        map(services.get(service).get("depends_on")).forEach((name, how) -> conditions.put(name, map(how).get("condition").toString()));
        return conditions;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }
}
