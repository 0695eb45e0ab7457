package org.trustpaybridge.bench;

import java.util.List;

/**
 * What one round of a program gave. What was not measured is not a number ({@code NaN}).
 *
 * @param program          whose
 * @param round            from 1
 * @param ordersPerSecond  measured orders by the time from the last order of the warm-up to the last of all
 * @param shareOfIdeal     that, by what the calls in flight allow
 * @param cpuPerThousand   CPU seconds of the program's processes for 1,000 measured orders
 * @param providerCores    how busy the provider was kept meanwhile, in cores
 * @param peakMegabytes    most resident memory of the largest process
 * @param p50              milliseconds from an order's record to its payment URL's, median; paced scenarios only
 * @param p95              likewise
 * @param p99              likewise
 * @param max              likewise
 * @param callsPerOrder    calls that the provider got
 * @param providerMillis   what the provider took on average
 * @param startSeconds     from the start of the process to the first payment URL
 * @param idleCores        share of a core when idle
 * @param sliceRates       orders a second in each tenth of the measured orders
 * @param sliceMegabytes   resident memory at the end of each tenth
 * @param partitionsByMember partitions of each instance, in the middle of the run; empty for one
 * @param faults           orders that are not accounted for
 */
record Measurement(Contender program, int round, double ordersPerSecond, double shareOfIdeal, double cpuPerThousand, double providerCores,
                   double peakMegabytes, double p50, double p95, double p99, double max, double callsPerOrder, double providerMillis,
                   double startSeconds, double idleCores, List<Double> sliceRates, List<Long> sliceMegabytes,
                   List<Integer> partitionsByMember, List<String> faults) {
}
