package org.trustpaybridge.simulator;

import java.time.Duration;
import java.util.Random;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How long an answer waits before it is sent. Written {@code 100ms}, {@code 50ms..500ms} or {@code lognormal:100ms:0.5}. */
public sealed interface Latency {

    /** No wait at all. */
    Latency NONE = new Fixed(Duration.ZERO);

    /** The wait of the next answer, zero or more. */
    Duration next(Random random);

    /**
     * Reads a latency as it stands on the command line.
     *
     * @throws IllegalArgumentException with a message for the person who wrote it
     */
    static Latency parse(String text) {
        String trimmed = text.trim();
        if (trimmed.startsWith("lognormal:")) {
            return parseLogNormal(trimmed);
        }
        int dots = trimmed.indexOf("..");
        if (dots >= 0) {
            return new Uniform(DurationText.parse(trimmed.substring(0, dots)), DurationText.parse(trimmed.substring(dots + 2)));
        }
        return new Fixed(DurationText.parse(trimmed));
    }

    private static Latency parseLogNormal(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("'" + text + "' should be lognormal:<median>:<sigma>, for instance lognormal:100ms:0.5");
        }
        try {
            return new LogNormal(DurationText.parse(parts[1]), Double.parseDouble(parts[2]));
        } catch (NumberFormatException notNumber) {
            throw new IllegalArgumentException("the sigma of '" + text + "' is no number, such as 0.5 in lognormal:100ms:0.5", notNumber);
        }
    }

    /** Always the same wait. */
    record Fixed(Duration always) implements Latency {
        @Override
        public Duration next(Random random) {
            return always;
        }
    }

    /** Any wait between two bounds, each as likely as the other. */
    record Uniform(Duration least, Duration most) implements Latency {
        public Uniform {
            if (least.compareTo(most) > 0) {
                throw new IllegalArgumentException(
                    "the latency runs from " + least.toMillis() + "ms down to " + most.toMillis() + "ms; swap them");
            }
        }

        @Override
        public Duration next(Random random) {
            return least.plusMillis(Math.round(random.nextDouble() * most.minus(least).toMillis()));
        }
    }

    /** Mostly near the median with a long tail, as real services answer. The tail is cut at 100 medians. */
    record LogNormal(Duration median, double sigma) implements Latency {
        private static final double LONGEST_IN_MEDIANS = 100;

        public LogNormal {
            if (!(sigma >= 0 && sigma <= 5)) {
                throw new IllegalArgumentException("the sigma of a lognormal latency lies between 0 and 5, not at " + sigma);
            }
        }

        @Override
        public Duration next(Random random) {
            double factor = Math.min(Math.exp(sigma * random.nextGaussian()), LONGEST_IN_MEDIANS);
            return Duration.ofMillis(Math.round(median.toMillis() * factor));
        }
    }

    /** Lets picocli read a latency. */
    final class Converter implements ITypeConverter<Latency> {
        @Override
        public Latency convert(String text) {
            try {
                return parse(text);
            } catch (IllegalArgumentException notOne) {
                throw new TypeConversionException(notOne.getMessage());
            }
        }
    }
}
