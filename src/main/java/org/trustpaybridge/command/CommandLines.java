package org.trustpaybridge.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import org.trustpaybridge.command.console.CommandFailedException;
import org.trustpaybridge.command.console.ExitCode;
import org.trustpaybridge.command.console.OneShot;
import org.trustpaybridge.command.console.QuietLog;
import org.trustpaybridge.command.console.Version;
import org.trustpaybridge.command.deadletters.DeadLettersCommand;
import org.trustpaybridge.command.map.MapCommand;
import org.trustpaybridge.command.offsets.OffsetsCommand;
import org.trustpaybridge.command.send.SendCommand;
import org.trustpaybridge.command.topics.TopicsCommand;
import org.trustpaybridge.settings.InvalidSettingsException;
import org.trustpaybridge.simulator.SimulatorCommand;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The commands, and how they end, see {@link ExitCode}. */
public final class CommandLines {

    private CommandLines() {
    }

    /** @return the command line of the program */
    public static CommandLine create() {
        return new CommandLine(new Root())
            .setExecutionExceptionHandler((failure, line, parsed) -> report(failure, line.getErr()))
            .setParameterExceptionHandler((failure, arguments) -> report(failure));
    }

    /**
     * Runs a command as the whole process, which may change how the process logs.
     *
     * @param arguments what stands behind the name of the program
     * @return the exit code
     */
    public static int run(String... arguments) {
        CommandLine line = create().setExecutionStrategy(CommandLines::quietly);
        try {
            return line.execute(arguments);
        } catch (VirtualMachineError e) {
            line.getErr().println("Ended by " + e + ". Give Java more memory, for instance with JAVA_OPTS=-Xmx1g.");
            return ExitCode.FAILED;
        }
    }

    private static int quietly(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        if (last.commandSpec().userObject() instanceof OneShot) {
            QuietLog.toStandardError(System.getProperty("LOG_LEVEL", System.getenv("LOG_LEVEL")));
        }
        return new RunLast().execute(parsed);
    }

    private static int report(Exception failure, PrintWriter err) throws Exception {
        if (failure instanceof InvalidSettingsException) {
            err.println(failure.getMessage());
            return ExitCode.WRONG_USAGE;
        }
        if (failure instanceof CommandFailedException) {
            err.println(failure.getMessage());
            return ExitCode.FAILED;
        }
        throw failure;
    }

    private static int report(ParameterException failure) {
        PrintWriter err = failure.getCommandLine().getErr();
        err.println(failure.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("Try " + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.WRONG_USAGE;
    }

    /** Without a command, the bridge runs. */
    @Command(name = "trustpay-bridge", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Turns order-created events on Kafka into TrustPay payment URLs on Kafka.",
        subcommands = {CommandLines.RunCommand.class, CheckCommand.class, MapCommand.class, SendCommand.class, DeadLettersCommand.class,
            OffsetsCommand.class, TopicsCommand.class, SimulatorCommand.class, AutoComplete.GenerateCompletion.class,
                CommandLine.HelpCommand.class},
        footer = {"", "Completion in bash and zsh:  source <(trustpay-bridge generate-completion)", "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or configuration."})
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
