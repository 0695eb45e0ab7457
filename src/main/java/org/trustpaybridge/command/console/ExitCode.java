package org.trustpaybridge.command.console;

/** How commands end. A command says in its help what "failed" means for it. */
public final class ExitCode {

    /** Done. */
    public static final int DONE = 0;
    /** Failed. */
    public static final int FAILED = 1;
    /** Wrong usage or configuration. */
    public static final int WRONG_USAGE = 2;

    private ExitCode() {
    }
}
