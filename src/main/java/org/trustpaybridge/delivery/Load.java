package org.trustpaybridge.delivery;

/**
 * How much memory the records in flight take, apart for those that are held and for those whose calls fail: these are to take no room from
 * others. Guarded by the window.
 */
final class Load {

    private static final int HELD_WHOLE = 4;

    private long bytes;
    private long heldBytes;
    private int held;
    private long failingBytes;

    void opened(InFlightRecord inFlight) {
        bytes += inFlight.size();
    }

    void closed(InFlightRecord inFlight) {
        hold(inFlight, false);
        fail(inFlight, false);
        bytes -= inFlight.size();
    }

    /** Its call failed, or it is not to count as failing any more. */
    void fail(InFlightRecord inFlight, boolean fails) {
        if (inFlight.aside != fails) {
            inFlight.aside = fails;
            long size = fails ? inFlight.size() : -inFlight.size();
            failingBytes += size;
            bytes -= size;
        }
    }

    void hold(InFlightRecord inFlight, boolean hold) {
        if (inFlight.held != hold) {
            fail(inFlight, false);
            inFlight.held = hold;
            int sign = hold ? 1 : -1;
            held += sign;
            heldBytes += (long) sign * inFlight.size();
            bytes -= (long) sign * inFlight.size();
        }
    }

    /** Of a record that is held, only that much is kept. */
    void shorten(InFlightRecord inFlight, SourceRecord beginning) {
        heldBytes -= inFlight.size();
        inFlight.shorten(beginning);
        heldBytes += inFlight.size();
    }

    boolean within(WindowLimits limits) {
        return bytes < limits.bytes() && failingWithin(limits) && heldWithin(limits);
    }

    boolean failingWithin(WindowLimits limits) {
        return failingBytes < limits.failingBytes();
    }

    /** Whether this one would be more than is held whole even for a moment. */
    boolean heldMany(WindowLimits limits, InFlightRecord inFlight) {
        return heldBytes + inFlight.size() > limits.heldBytes() / HELD_WHOLE;
    }

    boolean heldWithin(WindowLimits limits) {
        return held < limits.held() && heldBytes < limits.heldBytes();
    }

    int held() {
        return held;
    }

    long bytes() {
        return bytes + failingBytes + heldBytes;
    }
}
