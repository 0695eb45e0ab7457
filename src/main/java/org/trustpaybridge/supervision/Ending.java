package org.trustpaybridge.supervision;

/** Ends the process because it cannot do its work any more: one log event, exit code 1. The first call counts. */
public interface Ending {

    /** @return for a process that somebody else ends */
    static Ending none() {
        return new Ending() {
            @Override
            public void orderly(String why) {
                // That is for others to do.
            }

            @Override
            public void atOnce(String why) {
                // As above.
            }
        };
    }

    /**
     * Stops as a service manager would have it stopped, as far as that goes, and within a bound. Returns at once.
     *
     * @param why one sentence without a full stop, for the log; no secret
     */
    void orderly(String why);

    /**
     * Ends the process now: nothing that runs on can be relied on. It is as safe as a kill.
     *
     * @param why one sentence without a full stop, for the log; no secret
     */
    void atOnce(String why);

    /**
     * Ends the process at once if this failure, or what caused it, is the virtual machine's own. Needs no memory, once it was called
     * before.
     *
     * @param failure what was caught; may be null
     * @param where   who caught it
     * @return whether the process ends
     */
    default boolean ifFatal(Throwable failure, String where) {
        VirtualMachineError error = FatalErrors.first(failure);
        if (error == null) {
            return false;
        }
        String why = where;
        try {
            why = where + ": " + error;
        } catch (OutOfMemoryError | LinkageError e) {
            // Then the short form. Without memory a text cannot be put together, nor the code that does it.
        }
        atOnce(why);
        return true;
    }
}
