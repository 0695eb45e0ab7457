package org.trustpaybridge.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

import org.trustpaybridge.settings.InvalidSettingsException;
import org.trustpaybridge.simulator.SimulatorCommand;

/** The commands, and how they end: 0 done, 1 failed, 2 wrong usage or configuration. */
public final class CommandLines {

    /** Done. */
    public static final int DONE = 0;
    /** Failed. */
    public static final int FAILED = 1;
    /** Wrong usage or configuration. */
    public static final int WRONG_USAGE = 2;

    private CommandLines() {
    }

    /** @return the command line of the program */
    public static CommandLine create() {
        return new CommandLine(new Root())
            .setExecutionExceptionHandler((failure, line, parsed) -> report(failure, line.getErr()))
            .setParameterExceptionHandler((failure, arguments) -> report(failure));
    }

    private static int report(Exception failure, PrintWriter err) throws Exception {
        if (failure instanceof InvalidSettingsException) {
            err.println(failure.getMessage());
            return WRONG_USAGE;
        }
        if (failure instanceof StartFailedException) {
            err.println(failure.getMessage());
            return FAILED;
        }
        throw failure;
    }

    private static int report(ParameterException failure) {
        PrintWriter err = failure.getCommandLine().getErr();
        err.println(failure.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("Try " + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return WRONG_USAGE;
    }

    /** Without a command, the bridge runs. */
    @Command(name = "trustpay-bridge", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Turns order-created events on Kafka into TrustPay payment URLs on Kafka.",
        subcommands = {CommandLines.RunCommand.class, SimulatorCommand.class, CommandLine.HelpCommand.class},
        footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong usage or configuration."})
    static final class Root implements Callable<Integer> {

        @Mixin
        private RunOptions options;

        @Override
        public Integer call() {
            return Run.with(options);
        }
    }

    /** The same by its name. */
    @Command(name = "run", mixinStandardHelpOptions = true, description = "Runs the bridge until it is told to stop (SIGTERM).")
    static final class RunCommand implements Callable<Integer> {

        @Mixin
        private RunOptions options;

        @Override
        public Integer call() {
            return Run.with(options);
        }
    }
}
