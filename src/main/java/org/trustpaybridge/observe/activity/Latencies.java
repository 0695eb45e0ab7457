package org.trustpaybridge.observe.activity;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A histogram of durations, two buckets to each doubling: 1, 2, 3, 4, 6, 8, 12, ... milliseconds, up to half an hour and more. Quantiles
 * are drawn between the bounds of a bucket, so they are right to a fifth or so.
 */
final class Latencies {

    static final int BUCKETS = 42;

    private Latencies() {
    }

    /** @param millis a duration; negative ones, from a clock that was set back, count as none */
    static int bucketOf(long millis) {
        if (millis < 2) {
            return 0;
        }
        int octave = 63 - Long.numberOfLeadingZeros(millis);
        int half = (int) (millis >> octave - 1) & 1;
        return Math.min(2 * octave + half - 1, BUCKETS - 1);
    }

    /** The shortest duration of a bucket, in milliseconds. */
    static long lowerBound(int bucket) {
        if (bucket == 0) {
            return 0;
        }
        int octave = (bucket + 1) / 2;
        return (1L << octave) + ((bucket + 1) % 2 == 1 ? 1L << octave - 1 : 0);
    }

    /**
     * @param cells  the histogram
     * @param offset where its buckets begin
     * @param share  0 to 1
     * @return the duration below which that share lies; empty when nothing was counted
     */
    static OptionalLong quantile(AtomicLongArray cells, int offset, double share) {
        long[] counts = new long[BUCKETS];
        long total = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            counts[bucket] = cells.get(offset + bucket);
            total += counts[bucket];
        }
        double rank = share * total;
        long before = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            if (counts[bucket] > 0 && before + counts[bucket] >= rank) {
                long low = lowerBound(bucket);
                long high = bucket == BUCKETS - 1 ? low : lowerBound(bucket + 1);
                return OptionalLong.of(Math.round(low + (high - low) * (rank - before) / counts[bucket]));
            }
            before += counts[bucket];
        }
        return OptionalLong.empty();
    }
}
