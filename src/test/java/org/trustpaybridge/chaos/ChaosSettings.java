package org.trustpaybridge.chaos;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How much of everything a run has.
 *
 * @param orders different good orders; 3% of them come twice, 2% of that number again are poison, and 1.5% are never taken by the provider
 * @param rate records a second
 * @param seed decides what is poison, what comes twice, and when something happens to whom
 * @param kills kill -9 of a bridge, which is started again
 * @param brokerRestarts stops of the broker, orderly or by kill -9, which is started again
 * @param joins bridges that join, each followed by one that leaves by SIGTERM
 * @param pauses bridges that stand still for 12 s (SIGSTOP)
 * @param outage length of the provider's outage
 * @param accountFault length of the time for which the provider refuses the key; zero: none
 * @param giveUpAfter after how long the bridges give an order up; long enough for chance to be no danger to good ones
 * @param kafka how often each thing happens that operators and other programs do to Kafka
 * @param cluster whether there are three brokers, of which one at a time is stopped
 */
record ChaosSettings(int orders, int rate, long seed, int kills, int brokerRestarts, int joins, int pauses, Duration outage,
                     Duration accountFault, Duration giveUpAfter, int kafka, boolean cluster) {

    static final String EVERYDAY_FAULTS = "503=5%,429=2%,reset-after=1%,timeout=1%,cut=1%,surplus=1%,bad-head=1%";

    /** The full run; each number can be changed by a system property {@code chaos.*}. */
    static ChaosSettings full() {
        return new ChaosSettings(Integer.getInteger("chaos.orders", 20_000), Integer.getInteger("chaos.rate", 60), seedOf("chaos.seed"),
            Integer.getInteger("chaos.kills", 11), Integer.getInteger("chaos.broker-restarts", 3), Integer.getInteger("chaos.joins", 3),
            Integer.getInteger("chaos.pauses", 2), Duration.ofSeconds(Integer.getInteger("chaos.outage-seconds", 20)),
            Duration.ofSeconds(Integer.getInteger("chaos.account-fault-seconds", 10)),
            Duration.ofSeconds(Integer.getInteger("chaos.give-up-seconds", 30)), Integer.getInteger("chaos.kafka", 1),
                Boolean.getBoolean("chaos.cluster"));
    }

    /** The short run of every build. */
    static ChaosSettings brief() {
        return new ChaosSettings(1_000, 50, seedOf("chaos.seed"), 2, 1, 0, 1, Duration.ofSeconds(3), Duration.ZERO, Duration.ofSeconds(12),
            0, false);
    }

    /** How long records are published. */
    Duration length() {
        return Duration.ofMillis(1000L * orders * 105 / 100 / rate);
    }

    private static long seedOf(String property) {
        return Long.getLong(property, ThreadLocalRandom.current().nextLong(1_000_000));
    }
}
