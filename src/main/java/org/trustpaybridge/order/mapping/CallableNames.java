package org.trustpaybridge.order.mapping;

import java.util.HashSet;
import java.util.Set;

/**
 * What may be called at a place of a program: functions as {@code name/number of arguments}, variables as {@code $name}. A function that is
 * defined is there for all that follows within the same part, as jackson-jq has it.
 */
final class CallableNames {

    private final Set<String> names;

    CallableNames(Set<String> names) {
        this.names = new HashSet<>(names);
    }

    boolean has(String name) {
        return names.contains(name);
    }

    void define(String name) {
        names.add(name);
    }

    CallableNames and(Set<String> more) {
        Set<String> all = new HashSet<>(names);
        all.addAll(more);
        return new CallableNames(all);
    }
}
