package org.trustpaybridge.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.order.ReadEvent;

/**
 * Keeps the books of the records in flight. The polling thread opens records, takes those that are ready, and asks how far each partition
 * is finished; other threads say how a pass of a record ended. Many records of a partition are in flight at once, those of one order id
 * one after the other in their order, and a partition counts as finished only up to the first record that is not.
 *
 * <p>Safe for use by several threads.
 */
public final class InFlightWindow {

    /** A record that takes no more than that is kept whole, also if it is held for long. */
    private static final int BRIEF = 4 << 10;

    private final WindowLimits limits;
    private final Function<SourceRecord, ReadEvent> reader;
    private final Clock clock;
    private final ProviderGate gate;

    private final Monitor monitor = new Monitor();
    private final PartitionBooks partitions = new PartitionBooks();
    private final Standings standings = new Standings(monitor, partitions);
    private final Dispatch dispatch;
    private final LongSupplier nanoTime;
    /** Under way, in the order in which they began. A record has no equal but itself. */
    private final Map<InFlightRecord, Long> passes = new LinkedHashMap<>();
    private final Load load = new Load();
    private final UnreadRecords unread = new UnreadRecords();
    private Runnable whenReady = () -> { };

    /**
     * @param limits    how much may be in flight
     * @param orderIdOf reads the order id of a record; must not throw
     * @param clock     wall clock, for ages
     * @param nanoTime  monotonic time in nanoseconds, for waits
     * @param gate      knows whether a call may be made
     */
    public InFlightWindow(WindowLimits limits, Function<SourceRecord, Optional<OrderId>> orderIdOf, Clock clock, LongSupplier nanoTime,
                          ProviderGate gate) {
        this(clock, limits, source -> new ReadEvent.AsItCame(orderIdOf.apply(source)), gate, nanoTime);
    }

    private InFlightWindow(Clock clock, WindowLimits limits, Function<SourceRecord, ReadEvent> reader, ProviderGate gate,
                           LongSupplier nanoTime) {
        this.limits = limits;
        this.reader = reader;
        this.clock = clock;
        this.gate = gate;
        this.nanoTime = nanoTime;
        this.dispatch = new Dispatch(limits, gate, nanoTime);
    }

    /**
     * @param limits   how much may be in flight
     * @param reader   reads the event of a record, its order id too, on the polling thread; must not throw, and is to be quick
     * @param clock    wall clock, for ages
     * @param nanoTime monotonic time in nanoseconds, for waits
     * @param gate     knows whether a call may be made
     * @return a window whose records know what was read
     */
    public static InFlightWindow reading(WindowLimits limits, Function<SourceRecord, ReadEvent> reader, Clock clock, LongSupplier nanoTime,
                                         ProviderGate gate) {
        return new InFlightWindow(clock, limits, reader, gate, nanoTime);
    }

    /** @param characters that brokers take beside an offset; of partitions that are assigned from now on */
    public void notesUpTo(int characters) {
        monitor.locked(() -> partitions.notesUpTo(characters));
    }

    /** @param action run, on the thread that caused it, when a record became ready other than by being opened */
    public void whenReady(Runnable action) {
        monitor.locked(() -> { whenReady = action; });
    }

    /** @param id a partition that this member has got, and of which it is not known yet where to begin */
    public void assign(PartitionId id) {
        assign(id, Opening.UNDECIDED);
    }

    /**
     * @param id      a partition that this member has got; its earlier books are closed
     * @param opening where it is read from; records that it says are finished are passed over
     */
    public void assign(PartitionId id, Opening opening) {
        monitor.locked(() -> {
            forget(id);
            partitions.open(id, opening);
        });
    }

    /** @return where the assigned partitions stand */
    public Standings standings() {
        return standings;
    }

    /**
     * Opens a record that was fetched. A record that is open already, or whose partition is not assigned, is passed over.
     *
     * @param source the record
     */
    public void open(SourceRecord source) {
        ReadEvent read = reader.apply(source);
        Instant now = clock.instant();
        boolean taken = monitor.locked(() -> {
            PartitionProgress progress = partitions.awaiting(source);
            if (progress != null) {
                InFlightRecord inFlight = new InFlightRecord(source, read, now, progress);
                progress.opened(inFlight);
                load.opened(inFlight);
                if (!unread.takes(inFlight)) {
                    dispatch.enter(inFlight);
                    return false;
                }
                load.hold(inFlight, true);
            }
            return progress != null;
        });
        if (taken && read instanceof ReadEvent.NotYet && !(reader.apply(source) instanceof ReadEvent.NotYet)) {
            // What it waits for has come since it was read.
            readAgain();
        }
    }

    /** Reads those again that could not be read yet. Those that can be read now have their turn, in the order in which they came. */
    public void readAgain() {
        boolean admitted = true;
        while (admitted) {
            admitted = false;
            UnreadRecords.Look look = monitor.locked(unread::look);
            for (InFlightRecord inFlight : look.records()) {
                ReadEvent read = look.isBehind(inFlight) ? new ReadEvent.NotYet() : reader.apply(inFlight.source());
                if (read instanceof ReadEvent.NotYet) {
                    look.stays(inFlight);
                } else {
                    // Another one of its key may have come behind it meanwhile.
                    admitted = true;
                    changing(() -> admit(inFlight, read));
                }
            }
        }
    }

    private void admit(InFlightRecord inFlight, ReadEvent read) {
        if (unread.remove(inFlight)) {
            load.closed(inFlight);
            inFlight.readAgain(read);
            load.opened(inFlight);
            dispatch.enter(inFlight);
            dispatch.raised();
        }
    }

    /** @return records that cannot be read yet, and those behind them */
    public int unread() {
        return monitor.locked(unread::size);
    }

    /**
     * Notes that the client's position moved on, also over offsets without a record.
     *
     * @param id       an assigned partition
     * @param position the offset that is fetched next
     */
    public void advance(PartitionId id, long position) {
        monitor.locked(() -> {
            PartitionProgress progress = partitions.of(id);
            if (progress != null) {
                progress.advanced(position);
            }
        });
    }

    /**
     * @return the records to be passed through now, in the order in which they became ready. Each is to be confirmed by
     *     {@link #passBegan}; what is not, is given back by {@link #giveBackTaken}
     */
    public List<InFlightRecord> takeReady() {
        return monitor.locked(dispatch::takeReady);
    }

    /** @param inFlight a record that was taken, and is on its way through the routes now: somebody will end its pass */
    public void passBegan(InFlightRecord inFlight) {
        monitor.locked(() -> {
            if (inFlight.isTaken()) {
                inFlight.begin();
                passes.put(inFlight, nanoTime.getAsLong());
            }
        });
    }

    /** @return the record whose pass began first of those under way, and how long ago */
    public Optional<Pass> oldestPass() {
        return monitor.locked(() -> passes.entrySet().stream().findFirst()
            .map(each -> new Pass(each.getKey(), Duration.ofNanos(nanoTime.getAsLong() - each.getValue()))));
    }

    /**
     * A pass through the routes that is under way.
     *
     * @param inFlight its record
     * @param age      time since it was handed to the workers
     */
    public record Pass(InFlightRecord inFlight, Duration age) {
    }

    /**
     * Takes back what was taken and never began its way. Camel drops the rest of a poll when its consumer is stopped meanwhile; without
     * this such a record would count as running for ever, and hold the ones behind it.
     */
    public void giveBackTaken() {
        monitor.locked(dispatch::giveBackTaken);
    }

    /**
     * Ends the present pass of a record, as its verdict says. Without a verdict the record waits and is then passed through again.
     *
     * @param inFlight a record that was taken
     * @param fallback wait of a record whose pass ended without a verdict
     */
    public void passEnded(InFlightRecord inFlight, Duration fallback) {
        // Its hash takes a while, so it is made before anybody has to wait for it.
        Optional<SourceRecord> beginning = beginningIfHeld(inFlight);
        changing(() -> {
            passes.remove(inFlight);
            if (!inFlight.isRunning() && !inFlight.isTaken()) {
                return;
            }
            dispatch.endPass(inFlight);
            Verdict verdict = inFlight.verdict().orElseGet(() -> new Verdict.Later(fallback));
            if (inFlight.progress.revoked() || verdict instanceof Verdict.Finished) {
                closed(inFlight);
                dispatch.leave(inFlight);
            } else if (verdict instanceof Verdict.NotNow) {
                dispatch.putBack(inFlight);
            } else {
                load.hold(inFlight, verdict instanceof Verdict.Held);
                load.fail(inFlight, !inFlight.held && inFlight.posts() > 0 && inFlight.decision().isEmpty());
                beginning.ifPresent(kept -> load.shorten(inFlight, kept));
                dispatch.waitFor(inFlight, verdict.delay());
            }
        });
    }

    /**
     * Only of dead letters: of a payment URL's record next to nothing is published, and no order is posted while its topic takes nothing.
     */
    private Optional<SourceRecord> beginningIfHeld(InFlightRecord inFlight) {
        boolean shortened = inFlight.verdict().orElse(null) instanceof Verdict.Held held && !inFlight.isBrief() && inFlight.size() > BRIEF
            && inFlight.decision().orElse(null) instanceof Decision.DeadLetter
            && (held.forLong() || monitor.locked(() -> load.heldMany(limits, inFlight)));
        return shortened ? Optional.of(inFlight.source().brief()) : Optional.empty();
    }

    /** Makes every waiting record ready now. While calls are held back, one of them goes out at once. */
    public void retryNow() {
        changing(dispatch::retryNow);
    }

    /** Makes every order due now whose call failed: the provider works again. */
    public void tryAgainNow() {
        changing(dispatch::tryAgainNow);
    }

    /** Makes every held record ready now. */
    public void releaseHeld() {
        changing(dispatch::raiseHeld);
    }

    /**
     * @return whether more records may be fetched. While orders flow, many may wait, so that those that fail alone take no room from
     *     others; while calls are held back, there is no use in more than will be at hand when they flow again
     */
    public boolean hasRoom() {
        return monitor.locked(() -> hasRoomFor(1));
    }

    /** @return whether there is room for a fetch that is worth it: one for every single finished record costs more than the records do */
    public boolean hasRoomForFetch() {
        return monitor.locked(() -> hasRoomFor(limits.fetch()));
    }

    /** @return partitions whose newest record is too far ahead of the oldest unfinished one to fetch more of them now */
    public Set<PartitionId> stretched() {
        return monitor.locked(() -> partitions.stretchedBeyond(limits.span()));
    }

    /** @return whether so many orders wait, or take so many bytes, that no more are fetched because of them */
    public boolean fullOfWaiting() {
        return monitor.locked(() -> dispatch.fullOfWaiting() || !load.failingWithin(limits));
    }

    /** @return whether no order is here, waiting or on its way, that was not tried yet */
    public boolean allTried() {
        return monitor.locked(dispatch::allTried);
    }

    /**
     * Waits until there is room for a fetch or something is ready.
     *
     * @param atMost longest wait
     */
    public void awaitChange(Duration atMost) {
        monitor.await(() -> hasRoomFor(limits.fetch()) || dispatch.untilReady().filter(Duration::isZero).isPresent(), atMost);
    }

    /**
     * Waits until no record of the given partitions is running.
     *
     * @param ids    partitions
     * @param atMost longest wait
     * @return whether that came true
     */
    public boolean awaitIdle(Collection<PartitionId> ids, Duration atMost) {
        return monitor.await(() -> !partitions.anyRunning(ids), atMost);
    }

    /** @return time until {@link #takeReady} has something to give; empty when nothing is in flight but what runs */
    public Optional<Duration> untilNextDue() {
        return monitor.locked(dispatch::untilReady);
    }

    /** @return for each partition of which more is finished than was committed, what to commit */
    public Map<PartitionId, CommitPoint> commitPoints() {
        return monitor.locked(partitions::commitPoints);
    }

    /** @return whether nothing is in flight and all that is finished is committed: there is nothing to do but wait for records */
    public boolean settled() {
        return monitor.locked(partitions::settled);
    }

    /** @param points what Kafka took */
    public void committed(Map<PartitionId, CommitPoint> points) {
        monitor.locked(() -> partitions.committed(points));
    }

    /**
     * @param inFlight a record that is running
     * @return whether its partition is still assigned to this member, as far as the books know
     */
    public boolean stillOurs(InFlightRecord inFlight) {
        return monitor.locked(() -> !inFlight.progress.revoked());
    }

    /**
     * @param inFlight a record that is running
     * @return whether a call for it may begin: its partition is this member's and is not being given away
     */
    public boolean mayCall(InFlightRecord inFlight) {
        return monitor.locked(() -> !inFlight.progress.revoked() && !inFlight.progress.releasing());
    }

    /**
     * @param inFlight a record that is running
     * @return whether calls have been held back since the record was handed out, and it is none of those that are let through
     */
    public boolean heldBack(InFlightRecord inFlight) {
        return gate.holdingBack() && monitor.locked(() -> !inFlight.probe && !(gate.flowing() && gate.blames(inFlight)));
    }

    /** @param ids partitions that are about to be given away: calls under way are finished, none is begun */
    public void release(Collection<PartitionId> ids) {
        monitor.locked(() -> partitions.release(ids));
    }

    /** @param ids partitions that this member has lost; what is still running of them changes nothing any more */
    public void revoke(Collection<PartitionId> ids) {
        monitor.locked(() -> ids.forEach(this::forget));
    }

    /** @return the numbers of this moment */
    public WindowStatus status() {
        return monitor.locked(() -> new WindowStatus(dispatch.running(), dispatch.ready(), dispatch.waiting(), dispatch.parked(),
            load.held(), !load.heldWithin(limits), load.bytes(), partitions.oldestFetched(), partitions.status()));
    }

    /** Running records stay in their lane until their pass ends, so that the order id is not worked on twice at a time here. */
    private void forget(PartitionId id) {
        PartitionProgress progress = partitions.close(id);
        if (progress == null) {
            return;
        }
        List<InFlightRecord> idle = new ArrayList<>();
        List<InFlightRecord> unreadGone = new ArrayList<>();
        progress.openRecords().forEach(inFlight -> {
            if (inFlight.isTaken()) {
                dispatch.endPass(inFlight);
            }
            if (unread.remove(inFlight)) {
                inFlight.leave();
                unreadGone.add(inFlight);
            } else if (!inFlight.isRunning()) {
                idle.add(inFlight);
            }
        });
        unreadGone.forEach(this::closed);
        idle.forEach(this::closed);
        dispatch.withdraw(idle);
    }

    private boolean hasRoomFor(int records) {
        return dispatch.hasRoom(records) && load.within(limits);
    }

    private void closed(InFlightRecord inFlight) {
        inFlight.progress.closed(inFlight);
        load.closed(inFlight);
    }

    /** Wakes whoever waits, the polling thread too, if a record became ready by it. */
    private void changing(Runnable change) {
        Runnable wake = monitor.locked(() -> {
            change.run();
            monitor.signal();
            return dispatch.raisedSinceAsked() ? whenReady : null;
        });
        if (wake != null) {
            wake.run();
        }
    }
}
