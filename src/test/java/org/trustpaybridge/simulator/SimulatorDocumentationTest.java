package org.trustpaybridge.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Keeps docs/simulator.md in step with the code. */
class SimulatorDocumentationTest {

    private static final Path PAGE = Path.of("docs", "simulator.md");

    @Test
    void the_table_of_faults_is_the_catalogue() throws IOException {
        List<String> expected = Stream.of(FaultKind.values())
            .map(kind -> "| `" + kind.id() + "` | " + (kind.createsOrder() ? "yes" : "no") + " | " + kind.effect() + " |").toList();

        List<String> lines = Files.readAllLines(PAGE);

        int start = lines.indexOf("| Fault | Created | Effect |") + 2;
        assertThat(lines.stream().skip(start).takeWhile(line -> line.startsWith("|"))).containsExactlyElementsOf(expected);
    }

    @Test
    void the_table_of_options_has_every_option_with_its_variable_and_default() throws IOException {
        List<String> lines = Files.readAllLines(PAGE);

        for (OptionSpec option : new CommandLine(new SimulatorCommand()).getCommandSpec().options()) {
            if (!option.usageHelp() && !option.versionHelp()) {
                String fallback = String.valueOf(option.defaultValue());
                String variable = fallback.startsWith("${env:") ? fallback.substring(6, fallback.indexOf(":-")) : "";
                assertThat(lines).as(option.longestName()).anyMatch(
                    line -> line.startsWith("| `" + option.longestName() + "` |") && line.contains(variable));
            }
        }
    }
}
