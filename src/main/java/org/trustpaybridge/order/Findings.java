package org.trustpaybridge.order;

import java.util.ArrayList;
import java.util.List;

/** Collects what one pass over an event finds, so that a sender sees all mistakes at once. */
final class Findings {

    private static final String MISSING = "missing, expected ";

    private final List<Violation> violations = new ArrayList<>();
    private final List<Violation> changes = new ArrayList<>();
    private final List<Violation> doubts = new ArrayList<>();
    private final List<Repair> repairs = new ArrayList<>();

    void violation(String field, String found, String expected) {
        violations.add(new Violation(field, "found " + found + ", expected " + expected));
    }

    void violation(Violation violation) {
        violations.add(violation);
    }

    void missing(String field, String expected) {
        violations.add(new Violation(field, MISSING + expected));
    }

    /** Says of each member that is missing which other one looks like it. */
    void explainMissing(Section members) {
        violations.replaceAll(each -> !each.problem().startsWith(MISSING) ? each
                : new Violation(each.field(), each.problem() + members.lookalike(each.field())));
    }

    void changed(String field, String what) {
        changes.add(new Violation(field, what));
    }

    void doubt(String field, String problem) {
        doubts.add(new Violation(field, problem));
    }

    void repair(String field, Mending.Mended mended) {
        repairs.add(new Repair(field, mended.kind(), mended.detail()));
    }

    boolean clean() {
        return violations.isEmpty();
    }

    List<Violation> violations() {
        return List.copyOf(violations);
    }

    List<Violation> changes() {
        return List.copyOf(changes);
    }

    List<Violation> doubts() {
        return List.copyOf(doubts);
    }

    List<Repair> repairs() {
        return List.copyOf(repairs);
    }
}
