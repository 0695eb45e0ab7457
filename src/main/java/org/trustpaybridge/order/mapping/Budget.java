package org.trustpaybridge.order.mapping;

import java.util.IdentityHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What one run of a program may take, and where it is. It counts steps and sizes and no time, so that a record that is too much is too
 * much wherever it is
 * read, and one that is not never is, however busy the machine. Belongs to one run.
 */
final class Budget {

    /** An order of 30 members takes a few hundred. The worst that fits in here takes a fraction of a second. */
    static final int STEPS = 200_000;
    /**
     * Expressions within expressions, and what stands behind a pipe within what stands before it. A thread with 1 MiB of stack has room for
     * 669 of the largest kind as long as Java interprets them (OpenJDK 17), and for more later.
     */
    static final int DEPTH = 400;
    /** Characters and 16 for each value, in one value with all that is in it. */
    static final int SIZE = 4_000_000;

    private static final int PER_VALUE = 16;
    private static final int COPIED_PER_UNIT = 8;
    /** Work on so many units counts as a step. */
    private static final int UNITS_PER_STEP = 64;

    private final Map<JsonNode, Integer> sizes = new IdentityHashMap<>();
    /** In units, so that small work counts too. */
    private long work;
    private int depth;
    private ProgramPlace place = ProgramPlace.UNKNOWN;

    void enter(ProgramPlace at) {
        step();
        if (at != null) {
            place = at;
        }
        if (++depth > DEPTH) {
            throw new LimitException("more than " + DEPTH + " expressions within one another");
        }
    }

    void leave() {
        depth--;
    }

    /** Where the program was last, for whoever has to say where it was too much. */
    ProgramPlace place() {
        return place;
    }

    void step() {
        charge(UNITS_PER_STEP);
    }

    /** Counts work that grows with the size of what is worked on. */
    void charge(long units) {
        work += units;
        if (work > (long) STEPS * UNITS_PER_STEP) {
            throw new LimitException("more than " + STEPS + " steps");
        }
    }

    /** Counts copies of all the arrays and objects in a value. */
    void copy(JsonNode value, int times) {
        charge((long) size(value) * times / COPIED_PER_UNIT);
    }

    /** Refuses a text before it is made. */
    void plan(long characters) {
        if (characters > SIZE) {
            throw tooLarge();
        }
        charge(characters);
    }

    /** Counts a value that has just been made, and refuses one that is too large: one within another, over and over, has any size. */
    JsonNode made(JsonNode value) {
        if (value.isTextual()) {
            plan(value.textValue().length());
        } else if (value.isContainerNode() && !sizes.containsKey(value)) {
            charge(PER_VALUE * (long) value.size());
            size(value);
        }
        return value;
    }

    /** Not of a value that changes later: sizes are remembered. */
    int size(JsonNode value) {
        if (value.isTextual()) {
            return PER_VALUE + value.textValue().length();
        }
        if (!value.isContainerNode()) {
            return PER_VALUE;
        }
        Integer known = sizes.get(value);
        if (known != null) {
            return known;
        }
        long sum = PER_VALUE;
        for (JsonNode child : value) {
            sum += size(child);
        }
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                sum += member.getKey().length();
            }
        }
        if (sum > SIZE) {
            throw tooLarge();
        }
        sizes.put(value, (int) sum);
        return (int) sum;
    }

    private static LimitException tooLarge() {
        return new LimitException("a value of more than " + SIZE + " characters");
    }
}
