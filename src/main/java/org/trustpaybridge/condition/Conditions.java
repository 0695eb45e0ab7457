package org.trustpaybridge.condition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** All that is so at a moment, gathered from those who know. Safe for use by several threads, as its sources are. */
public final class Conditions {

    private final List<Supplier<? extends Collection<Condition>>> sources;
    private final Supplier<Condition> otherwise;

    /**
     * @param sources   each says what it knows of, and nothing while all is well; must not wait for anything
     * @param otherwise what is so when none of them says anything
     */
    public Conditions(List<Supplier<? extends Collection<Condition>>> sources, Supplier<Condition> otherwise) {
        this.sources = List.copyOf(sources);
        this.otherwise = otherwise;
    }

    /** @return what is so now, what matters most first; at least one */
    public List<Condition> now() {
        List<Condition> found = new ArrayList<>();
        sources.forEach(source -> found.addAll(source.get()));
        if (found.isEmpty()) {
            found.add(otherwise.get());
        }
        found.sort(Comparator.comparing(Condition::name));
        return found;
    }

    /** @return what is so now and makes health DOWN, what matters most first */
    public List<Condition> down() {
        return now().stream().filter(condition -> condition.name().down()).toList();
    }
}
