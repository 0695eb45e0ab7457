package org.trustpaybridge.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.trustpaybridge.assembly.BridgeMain;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.SettingsLoader;

/** The ways to run the bridge, Docker Compose, Kubernetes and systemd, agree with the bridge and with each other. */
class DeploymentsAgreeTest {

    private static final Path UNIT = Path.of("config/systemd/trustpay-bridge.service");
    /** Of the launcher, the JVM and the logging, not of the settings. */
    private static final Set<String> OTHER_VARIABLES = Set.of("JAVA_OPTS", "JAVA_DEFAULT_OPTS", "JAVA_HOME", "LOG_FORMAT", "LOG_LEVEL");
    /** From Camel's end to the end of the process. */
    private static final int MARGIN_SECONDS = 5;

    @Test
    void all_give_the_bridge_the_time_that_it_takes_to_stop() throws IOException {
        // Given
        BridgeMain bridge = new BridgeMain(
            new SettingsLoader(Map.of("MULTISAFEPAY_API_KEY", "k"), new Properties()).load(Optional.empty()), Path.of("routes"), "test");
        int stopping = Integer.parseInt(bridge.getInitialProperties().getProperty("camel.main.shutdown-timeout"));

        // When
        List<Integer> allowed = List.of(
            Integer.parseInt(compose().get("stop_grace_period").toString().replace("s", "")),
            Manifests.pod().getTerminationGracePeriodSeconds().intValue(),
            Integer.parseInt(unit().get("TimeoutStopSec").get(0)));

        // Then
        assertThat(allowed).hasSize(3).containsOnly(allowed.get(0));
        assertThat(allowed.get(0)).isGreaterThanOrEqualTo(stopping + MARGIN_SECONDS);
    }

    @Test
    void every_variable_that_they_set_is_one_of_the_bridge() throws IOException {
        // Given
        Set<String> known = new TreeSet<>(OTHER_VARIABLES);
        Stream.of(Setting.values()).map(Setting::environmentVariable).forEach(known::add);

        // When
        Set<String> set = new TreeSet<>();
        map(compose().get("environment")).keySet().forEach(set::add);
        map(Manifests.plain("config-map.yaml").get("data")).keySet().forEach(set::add);
        Manifests.bridge().getEnv().forEach(variable -> set.add(variable.getName()));
        unit().get("Environment").forEach(variable -> set.add(variable.split("=")[0]));
        Files.readAllLines(Path.of("Dockerfile")).stream().map(String::strip).filter(line -> line.matches("(ENV )?[A-Z_]+=.*"))
            .forEach(line -> set.add(line.replaceFirst("ENV ", "").split("=")[0]));

        // Then
        assertThat(set).contains("KAFKA_BROKERS", "MANAGEMENT_HOST", "MULTISAFEPAY_API_KEY_FILE", "JAVA_DEFAULT_OPTS");
        assertThat(known).containsAll(set);
    }

    @Test
    void containers_can_be_reached_and_the_host_is_not_opened() throws IOException {
        assertThat(map(Manifests.plain("config-map.yaml").get("data"))).containsEntry("MANAGEMENT_HOST", "0.0.0.0");
        assertThat(Files.readString(Path.of("Dockerfile"))).contains("MANAGEMENT_HOST=0.0.0.0");
        assertThat(Files.readString(UNIT)).doesNotContain("MANAGEMENT_HOST");
    }

    @Test
    void the_unit_hands_the_key_over_as_a_credential() throws IOException {
        assertThat(unit().get("LoadCredential")).containsExactly("multisafepay-api-key:/etc/trustpay-bridge/multisafepay-api-key");
        assertThat(unit().get("Environment")).containsExactly("MULTISAFEPAY_API_KEY_FILE=%d/multisafepay-api-key");
    }

    @Test
    void the_unit_starts_the_script_of_the_archive_again_unless_its_settings_are_wrong() throws IOException {
        assertThat(unit()).containsEntry("ExecStart", List.of("/opt/trustpay-bridge/bin/trustpay-bridge run"))
            .containsEntry("WorkingDirectory", List.of("/opt/trustpay-bridge")).containsEntry("Restart", List.of("on-failure"))
            .containsEntry("RestartPreventExitStatus", List.of("2")).doesNotContainKey("MemoryDenyWriteExecute");
        assertThat(Path.of("src/main/distribution/bin/trustpay-bridge")).isExecutable();
    }

    private static Map<String, List<String>> unit() throws IOException {
        Map<String, List<String>> directives = new TreeMap<>();
        Files.readAllLines(UNIT).stream().filter(line -> line.matches("[A-Za-z]+=.*")).forEach(line ->
            directives.merge(line.substring(0, line.indexOf('=')), List.of(line.substring(line.indexOf('=') + 1)),
                (some, more) -> Stream.concat(some.stream(), more.stream()).toList()));
        return directives;
    }

    private static Map<String, Object> compose() throws IOException {
        Object file = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(Path.of("docker-compose.yml")));
        return map(map(map(file).get("services")).get("bridge"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }
}
