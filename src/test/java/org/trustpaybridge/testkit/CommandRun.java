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

import org.trustpaybridge.command.CommandLines;
import picocli.CommandLine;

/**
 * What a command of the bridge said, run in this JVM.
 *
 * @param code exit code
 * @param out  standard output
 * @param err  standard error
 */
public record CommandRun(int code, String out, String err) {

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

    /** Runs a command, without colour, with settings from a file. */
    public static CommandRun of(Path config, String... arguments) {
        return of(Stream.concat(Stream.of(arguments), Stream.of("--config", config.toString())).toArray(String[]::new));
    }

    /** Runs a command, without colour. */
    public static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = CommandLines.create().setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        int code = line.execute(arguments);
        return new CommandRun(code, out.toString(), err.toString());
    }

    /** The lines of standard output. */
    public List<String> lines() {
        return out.lines().toList();
    }
}
