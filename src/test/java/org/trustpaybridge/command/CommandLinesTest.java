package org.trustpaybridge.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trustpaybridge.command.console.OneShot;
import org.trustpaybridge.testkit.CommandRun;
import picocli.CommandLine;

/** Ways to call the program wrongly; each ends before anything starts. */
class CommandLinesTest {

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();
    private Path config;

    @BeforeEach
    void write_settings() throws Exception {
        config = Files.writeString(folder.resolve("application.properties"), "multisafepay.api-key=k\n");
    }

    @Test
    void a_folder_of_routes_that_is_not_there_is_wrong_usage() {
        int exitCode = execute("run", "--config", config.toString(), "--routes", folder.resolve("nowhere").toString());

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("there is no folder", "nowhere", "--routes");
    }

    @Test
    void a_folder_without_any_route_is_wrong_usage() {
        int exitCode = execute("run", "--config", config.toString(), "--routes", folder.toString());

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("no file *.camel.yaml", folder.toString());
    }

    @Test
    void a_management_port_that_is_taken_fails_the_start_and_is_named() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Files.writeString(config, "multisafepay.api-key=k\nmanagement.port=" + taken.getLocalPort() + "\n");

            int exitCode = execute("run", "--config", config.toString(), "--routes", "routes");

            assertThat(exitCode).isEqualTo(1);
            assertThat(err.toString()).contains("127.0.0.1:" + taken.getLocalPort(), "MANAGEMENT_PORT");
        }
    }

    @Test
    void dead_letters_alone_is_wrong_usage_and_says_what_can_be_done_with_them() {
        int exitCode = execute("dead-letters");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("list, show or replay", "Try trustpay-bridge dead-letters --help");
    }

    @Test
    void a_misspelt_command_is_wrong_usage_and_the_right_one_is_named() {
        int exitCode = execute("simulater");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("simulater", "Did you mean", "simulator");
    }

    @Test
    void the_help_of_every_command_fits_into_80_columns_and_says_how_it_ends() {
        for (CommandLine command : CommandLines.create().getSubcommands().values()) {
            String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);

            assertThat(help.lines()).as(command.getCommandName()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
            if (command.getCommand() instanceof OneShot) {
                assertThat(help).as(command.getCommandName()).contains("Examples:", "Exit codes:", "--config");
            }
        }
    }

    @Test
    void every_command_has_its_place_in_the_documentation() throws Exception {
        String documentation = Files.readString(Path.of("docs/commands.md"));

        assertThat(CommandLines.create().getSubcommands().keySet()).filteredOn(name -> !name.equals("help")).isNotEmpty()
            .allSatisfy(name -> assertThat(documentation).contains("`" + name));
    }

    @Test
    void the_completion_script_completes_the_commands() {
        CommandRun run = CommandRun.of("generate-completion");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("complete -F", "check", "map", "send", "--from-topic");
    }

    private int execute(String... arguments) {
        CommandLine line = CommandLines.create();
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
