package org.trustpaybridge.testkit;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.trustpaybridge.cli.CommandLines;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * A command that ran in this JVM.
 *
 * @param exitCode how it ended
 * @param out      what it printed as its result
 * @param err      what it printed beside that
 */
public record CommandRun(int exitCode, String out, String err) {

    /** Runs a command, without colours, and returns when it has ended. */
    public static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = CommandLines.create().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
            .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        int exitCode = line.execute(arguments);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }
}
