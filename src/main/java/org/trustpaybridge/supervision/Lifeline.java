package org.trustpaybridge.supervision;

/**
 * What a thread has that is watched over.
 *
 * @param pulse  takes its signs of life
 * @param memory tells something that is too large for the heap from a heap that is full
 * @param ending ends the process
 */
public record Lifeline(Pulse pulse, Memory memory, Ending ending) {

    /** Room that an order needs. Where this much is to be had, it was one large thing that needed more. */
    private static final int ROOM = 4 << 20;

    /**
     * @param ending ends the process
     * @return for a thread that has not begun yet
     */
    public static Lifeline to(Ending ending) {
        return new Lifeline(new Pulse(), new Memory(), ending);
    }

    /**
     * Ends the process at once for a failure of the virtual machine's own, unless it was that one thing did not fit into the heap, which
     * leaves the heap as it was.
     *
     * @param failure what was caught
     * @param where   what was being done
     * @return whether the process ends
     */
    public boolean endsWith(Throwable failure, String where) {
        return !tooLarge(failure) && ending.ifFatal(failure, where);
    }

    /**
     * @param failure what was caught
     * @return whether something did not fit into the heap, while there is room for what is of ordinary size
     */
    public boolean tooLarge(Throwable failure) {
        return FatalErrors.first(failure) instanceof OutOfMemoryError && memory.canBeHad(ROOM);
    }
}
