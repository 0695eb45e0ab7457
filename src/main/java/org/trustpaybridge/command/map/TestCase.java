package org.trustpaybridge.command.map;

import java.util.List;

/**
 * An event whose order was expected to be a certain one.
 *
 * @param name        of its files, without their ends
 * @param differences between what was expected and what came; none where it is as expected
 */
record TestCase(String name, List<Difference> differences) {

    TestCase {
        differences = List.copyOf(differences);
    }

    boolean good() {
        return differences.isEmpty();
    }

    /**
     * One difference.
     *
     * @param field    a member of the order by its path, {@code outcome}, or the name of a file
     * @param expected what was expected; {@code -} for nothing
     * @param found    what came; {@code -} for nothing
     */
    record Difference(String field, String expected, String found) {
    }
}
