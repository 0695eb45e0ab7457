package org.trustpaybridge.testkit;

/** A broker that can die. */
public interface KillableBroker extends Broker {

    /** kill -9; {@link #start} then recovers from what is on disk. */
    void kill();
}
