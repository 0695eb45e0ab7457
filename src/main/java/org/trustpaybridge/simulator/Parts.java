package org.trustpaybridge.simulator;

import java.time.Clock;
import java.util.Random;

/**
 * What a running simulator remembers and decides with, shared by its endpoints.
 *
 * @param book   orders and payment pages
 * @param wire   POSTs as they came
 * @param faults which calls go wrong
 * @param stats  counts
 * @param random every chance there is, so that a seed repeats a run
 * @param clock  time of day
 */
record Parts(OrderBook book, WireLog wire, FaultSource faults, Stats stats, Random random, Clock clock) {

    static Parts of(SimulatorOptions options) {
        Random random = options.seed() == null ? new Random() : new Random(options.seed());
        Clock clock = Clock.systemUTC();
        return new Parts(new OrderBook(options.maxOrders(), random, clock), new WireLog(options.maxOrders()),
            new FaultSource(options.faults(), random), new Stats(), random, clock);
    }
}
