package org.trustpaybridge.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.trustpaybridge.order.OrderId;

/**
 * Keeps the books of the records in flight. The polling thread opens records, takes those that are ready, and asks how far each partition
 * is finished; other threads say how a pass of a record ended. Many records of a partition are in flight at once, those of one order id
 * one after the other in their order, and a partition counts as finished only up to the first record that is not.
 *
 * <p>Safe for use by several threads.
 */
public final class InFlightWindow {

    private final WindowLimits limits;
    private final Function<SourceRecord, Optional<OrderId>> orderIdOf;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final ProviderGate gate;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<PartitionId, PartitionProgress> partitions = new HashMap<>();
    private final Map<String, ArrayDeque<InFlightRecord>> lanes = new HashMap<>();
    /** Ready for a call, as far as the gate lets them. */
    private final Queue<InFlightRecord> ready = new ArrayDeque<>();
    /** Ready with a decision: they need Kafka only, so no state of the provider holds them. */
    private final Queue<InFlightRecord> readyDecided = new ArrayDeque<>();
    private final PriorityQueue<InFlightRecord> waiting =
        new PriorityQueue<>(Comparator.<InFlightRecord>comparingLong(r -> r.dueNanos));
    private final List<InFlightRecord> taken = new ArrayList<>();
    private int running;
    private int parked;
    private long bytes;
    private boolean readyRaised;
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
        this.limits = limits;
        this.orderIdOf = orderIdOf;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.gate = gate;
    }

    /** @param action run, on the thread that caused it, when a record became ready other than by being opened */
    public void whenReady(Runnable action) {
        locked(() -> whenReady = action);
    }

    /** @param id a partition that this member has got; books of an earlier assignment of it are closed */
    public void assign(PartitionId id) {
        assign(id, new CommitPoint(-1, ""));
    }

    /**
     * @param id        a partition that this member has got; books of an earlier assignment of it are closed
     * @param committed what was committed for it last; records that it says are finished are passed over
     */
    public void assign(PartitionId id, CommitPoint committed) {
        locked(() -> {
            forget(id);
            partitions.put(id, new PartitionProgress(id, OpenOffsets.read(committed.metadata(), committed.offset())));
        });
    }

    /**
     * Opens a record that was fetched. A record that is open already, or whose partition is not assigned, is passed over.
     *
     * @param source the record
     */
    public void open(SourceRecord source) {
        Optional<OrderId> orderId = orderIdOf.apply(source);
        Instant now = clock.instant();
        locked(() -> {
            PartitionProgress progress = partitions.get(new PartitionId(source.topic(), source.partition()));
            if (progress == null || progress.isOpen(source.offset()) || progress.finishedBefore(source.offset())) {
                return;
            }
            InFlightRecord inFlight = new InFlightRecord(source, orderId, now, progress);
            progress.opened(inFlight);
            bytes += source.size();
            enterLane(inFlight);
        });
    }

    /**
     * Notes that the client's position moved on, also over offsets without a record.
     *
     * @param id       an assigned partition
     * @param position the offset that is fetched next
     */
    public void advance(PartitionId id, long position) {
        locked(() -> {
            PartitionProgress progress = partitions.get(id);
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
        return locked(() -> {
            raiseDue();
            List<InFlightRecord> now = new ArrayList<>();
            while (!readyDecided.isEmpty()) {
                now.add(handOut(readyDecided.poll()));
            }
            while (mayCallNext()) {
                InFlightRecord next = ready.isEmpty() ? waiting.poll() : ready.poll();
                next.probe = gate.call();
                now.add(handOut(next));
            }
            readyRaised = false;
            taken.addAll(now);
            return now;
        });
    }

    /** @param inFlight a record that was taken, and is on its way through the routes now: somebody will end its pass */
    public void passBegan(InFlightRecord inFlight) {
        locked(() -> {
            if (inFlight.state == InFlightRecord.State.TAKEN) {
                inFlight.state = InFlightRecord.State.RUNNING;
            }
        });
    }

    /**
     * Takes back what was taken and never began its way. Camel drops the rest of a poll when its consumer is stopped meanwhile; without
     * this such a record would count as running for ever, and hold the ones behind it.
     */
    public void giveBackTaken() {
        locked(() -> {
            for (InFlightRecord inFlight : taken) {
                if (inFlight.state == InFlightRecord.State.TAKEN) {
                    endPass(inFlight);
                    raise(inFlight);
                }
            }
            taken.clear();
        });
    }

    private InFlightRecord handOut(InFlightRecord inFlight) {
        inFlight.handOut();
        running++;
        return inFlight;
    }

    /** A probe that made no call, for a repeat or an event that is none, told nothing: the next one need not wait. */
    private void endPass(InFlightRecord inFlight) {
        running--;
        if (inFlight.probe) {
            inFlight.probe = false;
            gate.probeEnded();
            if (!inFlight.called()) {
                gate.probeNow();
            }
        }
    }

    /** While calls are held back, a probe does not wait for its record to be due. */
    private boolean mayCallNext() {
        return running < limits.active() && gate.untilCall().isZero() && (!ready.isEmpty() || !gate.flowing() && !waiting.isEmpty());
    }

    /**
     * Ends the present pass of a record, as its verdict says. Without a verdict the record waits and is then passed through again.
     *
     * @param inFlight a record that was taken
     * @param fallback wait of a record whose pass ended without a verdict
     */
    public void passEnded(InFlightRecord inFlight, Duration fallback) {
        Runnable wake = locked(() -> {
            if (inFlight.state != InFlightRecord.State.RUNNING && inFlight.state != InFlightRecord.State.TAKEN) {
                return null;
            }
            endPass(inFlight);
            Verdict verdict = inFlight.verdict().orElseGet(() -> new Verdict.Later(fallback));
            if (inFlight.progress.revoked() || verdict instanceof Verdict.Finished) {
                close(inFlight);
            } else {
                waitFor(inFlight, ((Verdict.Later) verdict).delay());
            }
            changed.signalAll();
            return wakeIfRaised();
        });
        if (wake != null) {
            wake.run();
        }
    }

    /** Makes every waiting record ready now. While calls are held back, one of them goes out at once. */
    public void retryNow() {
        Runnable wake = locked(() -> {
            List<InFlightRecord> raised = new ArrayList<>(waiting);
            waiting.clear();
            raised.forEach(this::raise);
            gate.probeNow();
            return wakeIfRaised();
        });
        if (wake != null) {
            wake.run();
        }
    }

    /**
     * @return whether more records may be fetched. While orders flow, many may wait, so that orders that fail alone take no room from
     *     others; while calls are held back, there is no use in fetching more than will be at hand when they flow again
     */
    public boolean hasRoom() {
        return locked(() -> {
            int idle = waiting.size() + parked;
            int active = running + ready.size() + readyDecided.size();
            boolean room = gate.flowing() ? active < limits.active() && idle < limits.waiting() : active + idle < limits.active();
            return room && bytes < limits.bytes();
        });
    }

    /** @return partitions whose newest record is too far ahead of the oldest unfinished one to fetch more of them now */
    public Set<PartitionId> stretched() {
        return locked(() -> partitions.values().stream().filter(progress -> progress.span() >= limits.span())
            .map(PartitionProgress::id).collect(Collectors.toSet()));
    }

    /**
     * Waits until more may be fetched or something is ready.
     *
     * @param atMost longest wait
     */
    public void awaitChange(Duration atMost) {
        await(() -> hasRoom() || untilReady().filter(Duration::isZero).isPresent(), atMost);
    }

    /**
     * Waits until no record of the given partitions is running.
     *
     * @param ids    partitions
     * @param atMost longest wait
     * @return whether that came true
     */
    public boolean awaitIdle(Collection<PartitionId> ids, Duration atMost) {
        return await(() -> ids.stream().map(partitions::get).noneMatch(progress -> progress != null && anyRunning(progress)), atMost);
    }

    /** @return time until {@link #takeReady} has something to give; empty when nothing is in flight but what runs */
    public Optional<Duration> untilNextDue() {
        return locked(this::untilReady);
    }

    private Optional<Duration> untilReady() {
        if (!readyDecided.isEmpty()) {
            return Optional.of(Duration.ZERO);
        }
        Optional<Duration> due = Optional.ofNullable(waiting.peek())
            .map(next -> Duration.ofNanos(Math.max(0, next.dueNanos - nanoTime.getAsLong())));
        if (running >= limits.active()) {
            return Optional.empty();
        }
        if (gate.flowing()) {
            return ready.isEmpty() ? due : Optional.of(Duration.ZERO);
        }
        // A record that waits may hold a decision, so its own time counts too.
        return ready.isEmpty() && waiting.isEmpty() ? Optional.empty() : Optional.of(gate.untilCall())
            .map(call -> due.filter(d -> !d.isZero() && d.compareTo(call) < 0).orElse(call));
    }

    /** @return for each partition of which more is finished than was committed, what to commit */
    public Map<PartitionId, CommitPoint> commitPoints() {
        return locked(() -> {
            Map<PartitionId, CommitPoint> points = new LinkedHashMap<>();
            partitions.forEach((id, progress) -> progress.commitPoint().ifPresent(point -> points.put(id, point)));
            return points;
        });
    }

    /** @param points what Kafka took */
    public void committed(Map<PartitionId, CommitPoint> points) {
        locked(() -> points.forEach((id, point) -> {
            PartitionProgress progress = partitions.get(id);
            if (progress != null) {
                progress.committed(point);
            }
        }));
    }

    /**
     * @param inFlight a record that is running
     * @return whether its partition is still assigned to this member, as far as the books know
     */
    public boolean stillOurs(InFlightRecord inFlight) {
        return locked(() -> !inFlight.progress.revoked());
    }

    /**
     * @param inFlight a record that is running
     * @return whether a call for it may begin: its partition is this member's and is not being given away
     */
    public boolean mayCall(InFlightRecord inFlight) {
        return locked(() -> !inFlight.progress.revoked() && !inFlight.progress.releasing());
    }

    /** @param ids partitions that are about to be given away: calls under way are finished, none is begun */
    public void release(Collection<PartitionId> ids) {
        locked(() -> ids.stream().map(partitions::get).filter(Objects::nonNull).forEach(PartitionProgress::release));
    }

    /** @param ids partitions that this member has lost; what is still running of them changes nothing any more */
    public void revoke(Collection<PartitionId> ids) {
        locked(() -> ids.forEach(this::forget));
    }

    /** @return the numbers of this moment */
    public WindowStatus status() {
        return locked(() -> {
            Optional<Instant> oldest = partitions.values().stream().filter(progress -> progress.openCount() > 0)
                .map(progress -> progress.openRecords().iterator().next().fetchedAt()).min(Comparator.naturalOrder());
            List<WindowStatus.Partition> progresses = partitions.values().stream()
                .map(p -> new WindowStatus.Partition(p.id(), p.committed(), p.finishedUpTo(), p.position(), p.openCount()))
                .sorted(Comparator.comparing((WindowStatus.Partition p) -> p.id().toString())).toList();
            return new WindowStatus(running, ready.size() + readyDecided.size(), waiting.size(), parked, bytes, oldest, progresses);
        });
    }

    private void enterLane(InFlightRecord inFlight) {
        Optional<OrderId> orderId = inFlight.orderId();
        if (orderId.isPresent()) {
            ArrayDeque<InFlightRecord> lane = lanes.computeIfAbsent(orderId.get().text(), text -> new ArrayDeque<>(1));
            lane.add(inFlight);
            if (lane.size() > 1) {
                inFlight.state = InFlightRecord.State.PARKED;
                parked++;
                return;
            }
        }
        inFlight.state = InFlightRecord.State.READY;
        ready.add(inFlight);
    }

    private void leaveLane(InFlightRecord inFlight) {
        inFlight.orderId().ifPresent(orderId -> {
            ArrayDeque<InFlightRecord> lane = lanes.get(orderId.text());
            boolean wasFirst = lane.peekFirst() == inFlight;
            lane.remove(inFlight);
            if (lane.isEmpty()) {
                lanes.remove(orderId.text());
            } else if (wasFirst) {
                parked--;
                raise(lane.peekFirst());
            }
        });
    }

    private void raise(InFlightRecord inFlight) {
        inFlight.state = InFlightRecord.State.READY;
        (inFlight.decision().isPresent() ? readyDecided : ready).add(inFlight);
        readyRaised = true;
    }

    private void raiseDue() {
        long now = nanoTime.getAsLong();
        while (!waiting.isEmpty() && waiting.peek().dueNanos - now <= 0) {
            raise(waiting.poll());
        }
    }

    private void waitFor(InFlightRecord inFlight, Duration delay) {
        inFlight.state = InFlightRecord.State.WAITING;
        inFlight.dueNanos = nanoTime.getAsLong() + delay.toNanos();
        waiting.add(inFlight);
    }

    private void close(InFlightRecord inFlight) {
        inFlight.state = InFlightRecord.State.GONE;
        inFlight.progress.closed(inFlight);
        bytes -= inFlight.source().size();
        leaveLane(inFlight);
    }

    /** Running records stay in their lane until their pass ends, so that the order id is not worked on twice at a time here. */
    private void forget(PartitionId id) {
        PartitionProgress progress = partitions.remove(id);
        if (progress == null) {
            return;
        }
        progress.revoke();
        List<InFlightRecord> idle = new ArrayList<>();
        progress.openRecords().forEach(inFlight -> {
            if (inFlight.state == InFlightRecord.State.TAKEN) {
                endPass(inFlight);
            }
            if (inFlight.state != InFlightRecord.State.RUNNING) {
                idle.add(inFlight);
            }
        });
        // From the back, so that closing one does not raise a parked one of the same partition.
        for (int i = idle.size() - 1; i >= 0; i--) {
            InFlightRecord inFlight = idle.get(i);
            if (inFlight.state == InFlightRecord.State.PARKED) {
                parked--;
            }
            ready.remove(inFlight);
            readyDecided.remove(inFlight);
            waiting.remove(inFlight);
            close(inFlight);
        }
    }

    private boolean anyRunning(PartitionProgress progress) {
        for (InFlightRecord inFlight : progress.openRecords()) {
            if (inFlight.state == InFlightRecord.State.RUNNING) {
                return true;
            }
        }
        return false;
    }

    private Runnable wakeIfRaised() {
        if (readyRaised) {
            readyRaised = false;
            changed.signalAll();
            return whenReady;
        }
        return null;
    }

    private boolean await(BooleanSupplier condition, Duration atMost) {
        return locked(() -> {
            long left = atMost.toNanos();
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                try {
                    left = changed.awaitNanos(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return true;
        });
    }

    private void locked(Runnable action) {
        locked(() -> {
            action.run();
            return null;
        });
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
