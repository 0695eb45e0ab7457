package org.trustpaybridge.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The records that fail alone, again and again, and why: a step that fails for them, or a topic that takes others but not them. They are
 * named on the page and in health until they get through.
 *
 * <p>Safe for use by several threads.
 */
public final class StuckRecords {

    /** What is wrong. */
    public enum Kind {
        /** A step of the routes fails. */
        STEP_FAILS,
        /** The dead-letter topic does not take a letter of that size. */
        TOO_LARGE,
        /** The topic refuses the record, for another reason than its size. */
        REFUSED
    }

    /**
     * A record that fails.
     *
     * @param inFlight the record
     * @param kind     what is wrong
     * @param since    since when
     * @param why      what was said last, for people; no personal data
     */
    public record Stuck(InFlightRecord inFlight, Kind kind, Instant since, String why) {
    }

    private final Predicate<InFlightRecord> ours;
    private final Clock clock;
    private final Map<InFlightRecord, Entry> entries = new HashMap<>();

    /**
     * @param ours  tells whether a record is still this member's
     * @param clock wall clock
     */
    public StuckRecords(Predicate<InFlightRecord> ours, Clock clock) {
        this.ours = ours;
        this.clock = clock;
    }

    /** The present pass of a record failed. */
    public synchronized void failed(InFlightRecord inFlight, Kind kind, String why) {
        Entry before = entries.get(inFlight);
        Instant since = before == null || before.stuck.kind() != kind ? clock.instant() : before.stuck.since();
        entries.put(inFlight, new Entry(new Stuck(inFlight, kind, since, why), inFlight.passes()));
    }

    /** A pass of a record is over; one that did not fail ends what was noted of it, unless it ended before the record was published. */
    public synchronized void passEnded(InFlightRecord inFlight) {
        if (!entries.isEmpty()) {
            entries.computeIfPresent(inFlight, (record, entry) -> entry.pass == record.passes() || entry.waits(record) ? entry : null);
        }
    }

    /** @return the records that fail, the one that does so for the longest time first */
    public List<Stuck> now() {
        List<Stuck> all = new ArrayList<>();
        synchronized (this) {
            entries.values().forEach(entry -> all.add(entry.stuck));
        }
        // Asked without the lock: the books have one of their own.
        List<Stuck> gone = all.stream().filter(stuck -> !ours.test(stuck.inFlight())).toList();
        all.removeAll(gone);
        synchronized (this) {
            gone.forEach(stuck -> entries.remove(stuck.inFlight()));
        }
        all.sort(Comparator.comparing(Stuck::since));
        return all;
    }

    private record Entry(Stuck stuck, int pass) {

        boolean waits(InFlightRecord record) {
            return stuck.kind() != Kind.STEP_FAILS && record.verdict().filter(Verdict.Held.class::isInstance).isPresent();
        }
    }
}
