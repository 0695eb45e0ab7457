package org.trustpaybridge.command.console;

import java.util.concurrent.Callable;

/**
 * A command that prints its result on standard output and ends. In the process, the log is kept off standard output while such a command
 * runs, and is silent unless {@code LOG_LEVEL} asks for it; see {@link QuietLog}.
 */
public interface OneShot extends Callable<Integer> {

    /** @return the exit code, see {@link ExitCode} */
    @Override
    Integer call();
}
