package org.trustpaybridge.simulator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Which share of the calls goes wrong in which way. Written {@code 503=5%,429=2%}, or {@code none}.
 *
 * @param shares the faults with their percentages, together 100 at most
 */
public record FaultPlan(List<Share> shares) {

    /** All calls go well. */
    public static final FaultPlan NONE = new FaultPlan(List.of());

    /**
     * A fault and how many of a hundred calls meet it.
     *
     * @param fault   what goes wrong
     * @param percent more than 0, at most 100
     */
    public record Share(Fault fault, double percent) {
        public Share {
            if (!(percent > 0 && percent <= 100)) {
                throw new IllegalArgumentException("fault " + fault + " needs more than 0% and at most 100%, not " + number(percent) + "%");
            }
        }
    }

    public FaultPlan {
        shares = List.copyOf(shares);
        double sum = shares.stream().mapToDouble(Share::percent).sum();
        if (sum > 100.000001) {
            throw new IllegalArgumentException("the faults add up to " + number(sum) + "%; a call goes wrong once, so 100% is the most");
        }
    }

    /**
     * Reads a plan.
     *
     * @throws IllegalArgumentException with a message for the person who wrote it
     */
    public static FaultPlan parse(String text) {
        if (text.isBlank() || text.trim().equals("none")) {
            return NONE;
        }
        List<Share> shares = new ArrayList<>();
        for (String part : text.split(",")) {
            shares.add(parseShare(part.trim()));
        }
        return new FaultPlan(shares);
    }

    private static Share parseShare(String part) {
        int equals = part.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("'" + part + "' should say how often, for instance 503=5%");
        }
        String percent = part.substring(equals + 1).trim().replaceFirst("%$", "");
        if (!percent.matches("\\d{1,3}(\\.\\d{1,6})?")) {
            throw new IllegalArgumentException("'" + part + "' should end in a percentage, for instance 503=5%");
        }
        return new Share(Fault.parse(part.substring(0, equals).trim()), Double.parseDouble(percent));
    }

    /** Draws the lot of one call. */
    Optional<Fault> draw(Random random) {
        if (shares.isEmpty()) {
            return Optional.empty();
        }
        double lot = random.nextDouble() * 100;
        for (Share share : shares) {
            lot -= share.percent();
            if (lot < 0) {
                return Optional.of(share.fault());
            }
        }
        return Optional.empty();
    }

    /** The plan as {@link #parse} reads it. */
    @Override
    public String toString() {
        return shares.isEmpty() ? "none"
            : shares.stream().map(share -> share.fault() + "=" + number(share.percent()) + "%").collect(Collectors.joining(","));
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
