package org.trustpaybridge.simulator;

import java.util.Optional;

/**
 * A fault that an order asks for by its own id: {@code sim-503-anything} always, {@code sim-503x2-anything} for its first two POSTs.
 *
 * @param fault what goes wrong
 * @param posts how many POSTs of the order it strikes, from the first on
 */
record RequestedFault(Fault fault, int posts) {

    private static final String PREFIX = "sim-";

    /**
     * Reads an order id. The longest name of a fault wins, so {@code sim-429-date-1} is {@code 429-date} and not {@code 429}.
     * Empty for ids that ask for nothing.
     */
    static Optional<RequestedFault> in(String orderId) {
        if (!orderId.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String rest = orderId.substring(PREFIX.length());
        for (int end = rest.length(); end > 0; end = rest.lastIndexOf('-', end - 1)) {
            Optional<RequestedFault> found = named(rest.substring(0, end));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<RequestedFault> named(String text) {
        Optional<Fault> always = Fault.find(text);
        if (always.isPresent()) {
            return always.map(fault -> new RequestedFault(fault, Integer.MAX_VALUE));
        }
        int times = text.lastIndexOf('x');
        if (times < 0 || !text.substring(times + 1).matches("[1-9][0-9]{0,5}")) {
            return Optional.empty();
        }
        return Fault.find(text.substring(0, times))
            .map(fault -> new RequestedFault(fault, Integer.parseInt(text.substring(times + 1))));
    }
}
