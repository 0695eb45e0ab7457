package org.trustpaybridge.bench;

import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long the provider takes for an answer.
 *
 * @param medianMillis the median, in milliseconds
 * @param sigma        of the logarithm; 0 is a fixed time
 */
record ProviderTime(double medianMillis, double sigma) {
    private static final Pattern TEXT = Pattern.compile("(?:(lognormal):)?(\\d+(?:\\.\\d+)?)(ms|s)(?::(\\d+(?:\\.\\d+)?))?");

    static ProviderTime fixed(double millis) {
        return new ProviderTime(millis, 0);
    }

    /**
     * @param text {@code 100ms}, {@code 1s}, or {@code lognormal:100ms:0.5}
     * @throws IllegalArgumentException with what is expected
     */
    static ProviderTime parse(String text) {
        Matcher found = TEXT.matcher(text);
        if (!found.matches() || (found.group(1) == null) != (found.group(4) == null)) {
            throw new IllegalArgumentException("found '" + text + "', expected such as 100ms, 1s or lognormal:100ms:0.5");
        }
        double millis = Double.parseDouble(found.group(2)) * (found.group(3).equals("s") ? 1000 : 1);
        return new ProviderTime(millis, found.group(4) == null ? 0 : Double.parseDouble(found.group(4)));
    }

    double meanMillis() {
        return medianMillis * Math.exp(sigma * sigma / 2);
    }

    long nextNanos(RandomGenerator random) {
        double factor = sigma == 0 ? 1 : Math.exp(sigma * random.nextGaussian());
        return (long) (medianMillis * factor * 1e6);
    }

    /** What {@link #parse} reads. */
    @Override
    public String toString() {
        String time = (medianMillis == Math.rint(medianMillis) ? Long.toString((long) medianMillis) : Double.toString(medianMillis)) + "ms";
        return sigma == 0 ? time : "lognormal:" + time + ":" + sigma;
    }
}
