package org.trustpaybridge.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Waits between repetitions: exponential with full jitter, so that orders that failed together do not come back together.
 */
public final class RetrySchedule {

    private final Duration initial;
    private final Duration max;
    private final RandomGenerator random;

    /**
     * @param initial upper bound of the first wait
     * @param max     longest wait
     * @param random  source of the jitter
     */
    public RetrySchedule(Duration initial, Duration max, RandomGenerator random) {
        this.initial = initial;
        this.max = max;
        this.random = random;
    }

    /**
     * @param failures   failures so far, at least 1
     * @param retryAfter what the provider asked for, if it did; respected up to the longest wait
     * @return the wait before the next repetition
     */
    public Duration delay(int failures, Optional<Duration> retryAfter) {
        long bound = Math.min(max.toMillis(), initial.toMillis() << Math.min(20, Math.max(0, failures - 1)));
        long jittered = random.nextLong(bound + 1);
        long asked = Math.min(max.toMillis(), retryAfter.map(Duration::toMillis).orElse(0L));
        return Duration.ofMillis(Math.max(jittered, asked));
    }
}
