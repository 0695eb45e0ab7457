package org.trustpaybridge.delivery;

/** How much memory the records in flight take, apart for those that are held: these are to take no room from others. Guarded by the window. */
final class Load {

    private long bytes;
    private long heldBytes;
    private int held;

    void opened(InFlightRecord inFlight) {
        bytes += inFlight.size();
    }

    void closed(InFlightRecord inFlight) {
        hold(inFlight, false);
        bytes -= inFlight.size();
    }

    void hold(InFlightRecord inFlight, boolean hold) {
        if (inFlight.held != hold) {
            inFlight.held = hold;
            int sign = hold ? 1 : -1;
            held += sign;
            heldBytes += (long) sign * inFlight.size();
            bytes -= (long) sign * inFlight.size();
        }
    }

    boolean within(WindowLimits limits) {
        return bytes < limits.bytes() && heldWithin(limits);
    }

    boolean heldWithin(WindowLimits limits) {
        return held < limits.held() && heldBytes < limits.heldBytes();
    }

    int held() {
        return held;
    }

    long bytes() {
        return bytes + heldBytes;
    }
}
