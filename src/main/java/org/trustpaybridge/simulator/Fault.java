package org.trustpaybridge.simulator;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * One way for a call to go wrong.
 *
 * @param kind what happens
 * @param code the four-digit error code, for the kinds that answer one of the caller's choice; 0 for all others
 */
public record Fault(FaultKind kind, int code) {

    public Fault {
        boolean takesCode = kind.id().startsWith("NNNN");
        if (takesCode != (code != 0) || code < 0 || code > 9999) {
            throw new IllegalArgumentException("no error code " + code + " with fault " + kind.id());
        }
    }

    /** The fault of a kind that needs no error code. */
    public static Fault of(FaultKind kind) {
        return new Fault(kind, 0);
    }

    /**
     * Reads the name of a fault, such as {@code 503}, {@code 1016-list} or {@code reset-after}.
     *
     * @throws IllegalArgumentException if there is no such fault
     */
    public static Fault parse(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException(
            "there is no fault '" + name + "'; 'simulator --list-faults' shows all of them"));
    }

    static Optional<Fault> find(String name) {
        Optional<Fault> exact = Stream.of(FaultKind.values())
            .filter(kind -> kind.id().equals(name) && !kind.id().startsWith("NNNN"))
            .map(Fault::of)
            .findFirst();
        return exact.isPresent() ? exact : findByCode(name);
    }

    private static Optional<Fault> findByCode(String name) {
        if (!name.matches("[1-9][0-9]{3}(-.*)?")) {
            return Optional.empty();
        }
        String general = "NNNN" + name.substring(4);
        int code = Integer.parseInt(name.substring(0, 4));
        return Stream.of(FaultKind.values())
            .filter(kind -> kind.id().equals(general))
            .map(kind -> new Fault(kind, code))
            .findFirst();
    }

    /** The name that {@link #parse} reads. */
    @Override
    public String toString() {
        return code == 0 ? kind.id() : kind.id().replace("NNNN", Integer.toString(code));
    }
}
