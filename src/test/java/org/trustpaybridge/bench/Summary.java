package org.trustpaybridge.bench;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * All rounds of a scenario.
 *
 * @param scenario     what was run
 * @param measurements of all programs and rounds
 */
record Summary(Scenario scenario, List<Measurement> measurements) {

    Summary {
        measurements = List.copyOf(measurements);
    }

    /** The middle of what a program's rounds gave. */
    double median(Contender contender, ToDoubleFunction<Measurement> figure) {
        return median(measurements.stream().filter(each -> each.program() == contender).mapToDouble(figure).toArray());
    }

    /** The middle of the rounds' ratios, bridge by another program: what disturbs a round disturbs both. */
    double ratio(Contender other, ToDoubleFunction<Measurement> figure) {
        return median(measurements.stream().filter(each -> each.program() == Contender.BRIDGE).flatMapToDouble(bridge ->
            measurements.stream().filter(each -> each.program() == other && each.round() == bridge.round())
                .mapToDouble(beside -> figure.applyAsDouble(bridge) / figure.applyAsDouble(beside))).toArray());
    }

    double rateByBaseline() {
        return ratio(Contender.BASELINE, Measurement::ordersPerSecond);
    }

    double cpuByBaseline() {
        return ratio(Contender.BASELINE, Measurement::cpuPerThousand);
    }

    double shareOfIdeal() {
        return bridge(Measurement::shareOfIdeal);
    }

    double peakMegabytes() {
        return bridge(Measurement::peakMegabytes);
    }

    double startSeconds() {
        return bridge(Measurement::startSeconds);
    }

    double idleCores() {
        return bridge(Measurement::idleCores);
    }

    double addedP50() {
        return bridge(Measurement::p50) - scenario.time().medianMillis();
    }

    double addedP99() {
        return bridge(Measurement::p99) - scenario.time().medianMillis();
    }

    /** The rate of the slowest tenth by that of the median tenth. */
    double slowestSlice() {
        return bridge(each -> Collections.min(each.sliceRates()) / median(each.sliceRates().stream().mapToDouble(rate -> rate).toArray()));
    }

    /** Memory at the end by memory after the first tenth. */
    double memoryGrowth() {
        return bridge(each -> (double) each.sliceMegabytes().get(each.sliceMegabytes().size() - 1) / each.sliceMegabytes().get(0));
    }

    /** Whether every order of every round has its one payment URL. */
    boolean accountedFor() {
        return measurements.stream().allMatch(each -> each.faults().isEmpty());
    }

    private double bridge(ToDoubleFunction<Measurement> figure) {
        return median(Contender.BRIDGE, figure);
    }

    private static double median(double[] values) {
        double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
