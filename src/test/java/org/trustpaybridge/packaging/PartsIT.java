package org.trustpaybridge.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trustpaybridge.testkit.BridgeProcess;

/** The libraries that are shipped: each once, and none older than what another one of them asks for. See docs/security.md. */
class PartsIT {

    /** A line of the tree: the artefact with the version that is taken, and the one that was asked for. */
    private static final Pattern MANAGED =
        Pattern.compile("([\\w.-]+:[\\w.-]+):jar:([^:]+):\\w+ (?:\\(|- )version managed from ([^;)\\s]+)");

    @Test
    void no_artefact_is_there_twice_not_even_from_another_group() throws IOException {
        // Given
        assumeFalse("offline=true".equals(System.getProperty("build.network")), "the plugin that writes the list works online only");
        JsonNode parts = new ObjectMapper().readTree(target().resolve("trustpay-bridge.cdx.json").toFile());

        // When
        List<String> names = new ArrayList<>();
        parts.get("components").forEach(part -> names.add(part.get("name").asText()));

        // Then
        assertThat(names).hasSizeGreaterThan(50).doesNotHaveDuplicates();
    }

    /** Camel's, Vert.x's and Kafka's poms ask for versions; the pins of this project take their place. */
    @Test
    void no_library_is_older_than_one_that_is_shipped_asks_for() throws IOException {
        List<String> asked = new ArrayList<>();
        List<String> older = new ArrayList<>();

        for (String line : Files.readAllLines(target().resolve("dependency-tree.txt"))) {
            Matcher managed = MANAGED.matcher(line);
            while (managed.find()) {
                asked.add(managed.group(1));
                if (isOlder(managed.group(2), managed.group(3))) {
                    older.add(managed.group());
                }
            }
        }

        assertThat(asked).contains("org.apache.httpcomponents.core5:httpcore5", "io.netty:netty-codec-http",
            "org.apache.kafka:kafka-clients",
            "com.github.luben:zstd-jni", "com.fasterxml.jackson.core:jackson-databind");
        assertThat(older).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"5.3.6, 5.4.4, true", "5.4.4, 5.3.6, false", "4.1.99.Final, 4.1.137.Final, true", "1.5.7-28, 1.5.6-4, false",
        "1.5.6-4, 1.5.6-28, true", "2.22, 2.22.0, false", "2.22, 2.22.1, true", "1.1.10.12, 1.1.10.5, false"})
    void versions_are_compared_number_by_number(String version, String other, boolean older) {
        assertThat(isOlder(version, other)).isEqualTo(older);
    }

    private static boolean isOlder(String version, String other) {
        int[] numbers = numbers(version);
        int[] others = numbers(other);
        for (int i = 0; i < Math.max(numbers.length, others.length); i++) {
            int difference = (i < numbers.length ? numbers[i] : 0) - (i < others.length ? others[i] : 0);
            if (difference != 0) {
                return difference < 0;
            }
        }
        return false;
    }

    private static int[] numbers(String version) {
        return Pattern.compile("\\d+").matcher(version).results().mapToInt(number -> Integer.parseInt(number.group())).toArray();
    }

    private static Path target() {
        return BridgeProcess.jar().getParent();
    }
}
