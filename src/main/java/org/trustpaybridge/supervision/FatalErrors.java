package org.trustpaybridge.supervision;

import java.util.Optional;

/**
 * Tells the failures after which a virtual machine cannot be relied on from all others. Out of memory, any object may be half way between
 * two states, and the thread that noticed is seldom the one that is to blame.
 *
 * <p>An overflow of the stack is none of them: it is what one thread was given to do, most often one record, and concerns no other.
 */
public final class FatalErrors {

    /** A chain of causes can be a ring. */
    private static final int DEEPEST = 50;

    private FatalErrors() {
    }

    /**
     * @param failure any failure, or null
     * @return the first among it and its causes that is fatal
     */
    public static Optional<VirtualMachineError> in(Throwable failure) {
        return Optional.ofNullable(first(failure));
    }

    /** The same without an object of its own, for where there may be no memory. */
    static VirtualMachineError first(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
                return error;
            }
            cause = cause.getCause();
        }
        return null;
    }
}
