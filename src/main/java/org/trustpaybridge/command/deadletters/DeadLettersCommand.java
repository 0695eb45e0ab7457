package org.trustpaybridge.command.deadletters;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dead-letters}: nothing by itself, but for its commands. */
@Command(name = "dead-letters", mixinStandardHelpOptions = true,
    description = "Shows the dead letters, and puts them back on the inbound topic.",
    subcommands = {ListCommand.class, ShowCommand.class, ReplayCommand.class})
public final class DeadLettersCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do with the dead letters: list, show or replay");
    }
}
