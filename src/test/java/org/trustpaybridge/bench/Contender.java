package org.trustpaybridge.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A program that is measured. */
enum Contender {
    /** The distribution, started by its launcher. */
    BRIDGE,
    /** The same with a mapping that makes every member of the order anew. */
    MAPPED,
    /** {@link Baseline}, with the options that the launcher gives Java. */
    BASELINE,
    /** {@link Baseline} as somebody else would start it, with the options that Java chooses. */
    UNTUNED,
    /** {@link Peer}. */
    PEER;

    static Contender named(String name) {
        return Arrays.stream(values()).filter(each -> each.label().equals(name)).findFirst().orElseThrow(() -> new IllegalArgumentException(
            "-Dbench.programs: found '" + name + "', expected some of "
                + Arrays.stream(values()).map(Contender::label).collect(Collectors.joining(", "))));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
