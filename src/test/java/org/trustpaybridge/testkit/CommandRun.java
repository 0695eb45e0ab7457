package org.trustpaybridge.testkit;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trustpaybridge.cli.CommandLines;
import picocli.CommandLine;

/**
 * What a command of the bridge said, run in this JVM.
 *
 * @param exitCode how it ended
 * @param out      what it printed as its result
 * @param err      what it printed beside that
 */
public record CommandRun(int exitCode, String out, String err) {

    /**
     * Writes settings into a file for {@code --config}.
     *
     * @param file     to be written
     * @param settings by their environment variables
     */
    public static Path config(Path file, Map<String, String> settings) throws IOException {
        String lines = settings.entrySet().stream()
            .map(each -> each.getKey().toLowerCase().replaceFirst("_", ".").replace('_', '-') + "=" + each.getValue() + "\n")
            .collect(Collectors.joining());
        return Files.writeString(file, lines);
    }

    /** Runs a command, without colours, and returns when it has ended. */
    public static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = CommandLines.create().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        int exitCode = line.execute(arguments);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    /** Runs a command, without colours, with settings from a file. */
    public static CommandRun of(Path config, String... arguments) {
        return of(Stream.concat(Stream.of(arguments), Stream.of("--config", config.toString())).toArray(String[]::new));
    }

    /** The lines of standard output. */
    public List<String> lines() {
        return out.lines().toList();
    }
}
