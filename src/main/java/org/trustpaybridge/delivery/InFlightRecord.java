package org.trustpaybridge.delivery;

import java.lang.ref.SoftReference;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.order.ReadEvent;
import org.trustpaybridge.order.TrustPayOrder;
import org.trustpaybridge.provider.Failure;

/**
 * A record between being fetched and being finished, with what became of it so far. It is passed through the routes by one thread at a
 * time, which may set what it learnt; the window alone moves it between its states.
 */
public final class InFlightRecord {

    /** Where the record stands. What it may become from there is checked where assertions are enabled: in tests. */
    private enum State {
        /** It was fetched just now. */
        NEW,
        /** It is not known yet how to read it, or one of its key that was fetched before: it is in nobody's row. */
        UNREAD,
        /** Behind another record of the same order id. */
        PARKED,
        /** To be handed out next. */
        READY,
        /** Handed out to the polling thread, not yet on its way. */
        TAKEN,
        /** On its way through the routes. */
        RUNNING,
        /** Waiting for its time to be passed through again. */
        WAITING,
        /** Done with, or forgotten with its partition. */
        GONE;

        boolean mayBecome(State next) {
            return switch (next) {
                case NEW -> false;
                case UNREAD -> this == NEW;
                case PARKED -> this == NEW || this == UNREAD;
                case READY -> this != READY && this != GONE;
                case TAKEN -> this == READY || this == WAITING;
                case RUNNING -> this == TAKEN;
                case WAITING -> this == TAKEN || this == RUNNING;
                case GONE -> this != GONE;
            };
        }
    }

    /** For what it was handed out: what runs of each is bounded. */
    enum Service {
        /** It is not handed out, or makes no call. */
        NONE,
        /** First call, as the oldest of the row. */
        OLDEST,
        /** First call, out of turn: where orders are good, as far as that is known. */
        BEYOND,
        /** First call, out of turn: where it is not known whether orders are good. */
        SCOUT,
        /** Another call after a failed one. */
        AGAIN,
        /** Another call for an order that is to blame itself. */
        SUSPECT
    }

    private SourceRecord source;
    private ReadEvent read;
    private final Instant fetchedAt;

    // Guarded by the window.
    final PartitionProgress progress;
    private State state = State.NEW;
    long place;
    long time;
    long openedAt;
    long dueNanos;
    private long handedOutAt;
    Service service = Service.NONE;
    boolean probe;
    boolean held;
    boolean aside;
    private boolean brief;

    // Guarded by the gate. Null unless calls for it fail.
    Failing failing;

    /** Its dead letter was refused for its size. Written by the thread that passes the record through. */
    boolean tooLarge;

    // Written by the thread that passes the record through; the window's lock carries them to the next one.
    private Verdict verdict;
    private Decision decision;
    private int posts;
    private int postsBefore;
    private int unclearAnswers;
    private boolean freshConnection;
    private int passes;
    private long stepBegan;
    private SoftReference<TrustPayOrder> mapped;
    private TraceContext trace;
    private CompletableFuture<Void> certainty;
    private Failure duplicate;

    InFlightRecord(SourceRecord source, ReadEvent read, Instant fetchedAt, PartitionProgress progress) {
        this.source = source;
        this.read = read;
        this.fetchedAt = fetchedAt;
        this.progress = progress;
    }

    /** @return the record as it came; the beginning of it only while it is {@link #isBrief() brief} */
    public SourceRecord source() {
        return source;
    }

    /** @return whether its key, value and headers are not all here any more, and are to be read again to be published */
    public boolean isBrief() {
        return brief;
    }

    /** From now on only this is here of it. What is to be published for it is decided, so its event is not needed either. */
    void shorten(SourceRecord beginning) {
        source = beginning;
        read = new ReadEvent.AsItCame(read.orderId());
        brief = true;
    }

    /** @return the order id as far as it can be read; records of one order id are passed through one after the other */
    public Optional<OrderId> orderId() {
        return read.orderId();
    }

    /** @return what reading the event came to when the record was fetched */
    public ReadEvent read() {
        return read;
    }

    /** It can be read now. Called by the window while nobody passes the record through. */
    void readAgain(ReadEvent again) {
        read = again;
    }

    /** Bytes that it holds in memory, about. */
    int size() {
        return source.size() + read.size();
    }

    /** @return when the record was fetched */
    public Instant fetchedAt() {
        return fetchedAt;
    }

    /** @param nanoTime monotonic time at which a call, or publishing, begins for the record */
    public void stepBegan(long nanoTime) {
        stepBegan = nanoTime;
    }

    /** @return monotonic time, in nanoseconds, at which the last call or publishing began */
    public long stepBegan() {
        return stepBegan;
    }

    /** @param context place of the last call in the trace of the record */
    public void trace(TraceContext context) {
        trace = context;
    }

    /** @return place of the last call in the trace of the record; empty while tracing is off */
    public Optional<TraceContext> trace() {
        return Optional.ofNullable(trace);
    }

    /** Counts a POST that is about to be made. */
    public void countPost() {
        posts++;
    }

    /** @return POSTs made for the record so far, in this process */
    public int posts() {
        return posts;
    }

    /** Counts an answer that could not be understood. */
    public void countUnclearAnswer() {
        unclearAnswers++;
    }

    /** @return answers that could not be understood so far */
    public int unclearAnswers() {
        return unclearAnswers;
    }

    /** Has further calls made on connections that are opened for them: an answer may have been that of another order. */
    public void doubtConnection() {
        freshConnection = true;
    }

    /** @return whether its calls are to be made on connections that are opened for them */
    public boolean wantsFreshConnection() {
        return freshConnection;
    }

    /** @param order what its event was mapped to, for another pass; forgotten where memory is needed, and with the decision */
    public void mapped(TrustPayOrder order) {
        mapped = new SoftReference<>(order);
    }

    /** @return what its event was mapped to, if that is still known */
    public Optional<TrustPayOrder> mapped() {
        return Optional.ofNullable(mapped).map(SoftReference::get);
    }

    /** @return how often the record was handed out */
    public int passes() {
        return passes;
    }

    /** @param consequence what an answer means for the record: from now on it is so */
    public void follow(Consequence consequence) {
        if (consequence instanceof Consequence.Publish publish) {
            decide(publish.decision());
        } else if (consequence instanceof Consequence.TryAgain again) {
            conclude(new Verdict.Later(again.delay()));
        } else if (consequence instanceof Consequence.LookUp lookUp) {
            duplicate = lookUp.duplicate();
        }
    }

    /**
     * Keeps what is to be published. From now on no further POST is made for the record: if publishing fails, publishing alone is repeated.
     *
     * @param decided what was decided
     */
    public void decide(Decision decided) {
        decision = decided;
        mapped = null;
    }

    /** @return what is to be published, once that is known */
    public Optional<Decision> decision() {
        return Optional.ofNullable(decision);
    }

    /** @return the answer that said that the order id was used before, if one did. */
    Optional<Failure> duplicate() {
        return Optional.ofNullable(duplicate);
    }

    /**
     * Publishing failed in a way that leaves open whether Kafka has the record.
     *
     * @param known completed when that can be known: all that is published by now was read
     */
    public void perhapsPublished(CompletableFuture<Void> known) {
        certainty = known;
    }

    /** @return completed when it is known whether what was to be published is; empty if there was never a doubt */
    public Optional<CompletableFuture<Void>> certainty() {
        return Optional.ofNullable(certainty);
    }

    /**
     * Says how the present pass ended.
     *
     * @param ended what it came to
     */
    public void conclude(Verdict ended) {
        verdict = ended;
    }

    /** @return what the present pass came to, if that was said */
    public Optional<Verdict> verdict() {
        return Optional.ofNullable(verdict);
    }

    /** It cannot be read yet. */
    void stayUnread() {
        become(State.UNREAD);
    }

    /** Another record of its order id has its turn before. */
    void park() {
        become(State.PARKED);
    }

    /** It has its turn when there is room for it. */
    void beReady() {
        become(State.READY);
    }

    /** @param nanoTime monotonic time of this moment, in nanoseconds */
    void handOut(long nanoTime) {
        become(State.TAKEN);
        handedOutAt = nanoTime;
        verdict = null;
        postsBefore = posts;
        passes++;
    }

    /** It is on its way through the routes: somebody will end its pass. */
    void begin() {
        become(State.RUNNING);
    }

    /** @param nanoTime monotonic time at which it is due again, in nanoseconds */
    void waitUntil(long nanoTime) {
        become(State.WAITING);
        dueNanos = nanoTime;
    }

    /** It is done with, or its partition is another member's. */
    void leave() {
        become(State.GONE);
    }

    boolean isParked() {
        return state == State.PARKED;
    }

    boolean isTaken() {
        return state == State.TAKEN;
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    boolean isGone() {
        return state == State.GONE;
    }

    private void become(State next) {
        assert state.mayBecome(next) : "A record that is " + state + " cannot become " + next;
        state = next;
    }

    /** Monotonic time at which the present pass was handed out. */
    long handedOutAt() {
        return handedOutAt;
    }

    /** Whether the present pass made a call. */
    boolean called() {
        return posts > postsBefore;
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
