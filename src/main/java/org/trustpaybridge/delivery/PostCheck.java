package org.trustpaybridge.delivery;

/**
 * The question whether the provider takes orders while every order here fails, asked by an order that it has to refuse and that can become
 * nothing: a refusal that comes as it should shows that what fails are these orders.
 *
 * <p>Only orders that failed before may be blamed by it. While orders that were never tried keep coming, and fail as well, the provider may
 * look at orders and yet take none. So all of it counts only from the last time on that an order failed at its first call, and the time by
 * which orders are given up as well. Guarded by the gate.
 */
final class PostCheck {

    private final long every;
    private final long lost;
    private final long quiet;
    private final long patience;
    private boolean asking;
    private boolean asked;
    private long askedAt;
    private long answeredAt;
    private boolean good;
    private long goodSince;
    private long lastGood;
    private boolean anyFresh;
    private long freshFailed;
    private boolean believed;
    private boolean counted;

    PostCheck(GateRules rules) {
        this.every = rules.longestWait().toNanos();
        this.lost = 4 * rules.longestCall().toNanos();
        this.quiet = rules.quiet().toNanos();
        this.patience = rules.quiet().plus(rules.longestWait()).toNanos();
    }

    /** @return whether the caller is to ask now; nobody else will meanwhile, unless the answer stays away for too long */
    boolean ask(long now) {
        boolean due = asking ? now - askedAt > lost : !asked || now - answeredAt >= every;
        if (due) {
            asking = true;
            askedAt = now;
        }
        return due;
    }

    void answered(boolean asItShould, long now) {
        if (asItShould && !good) {
            goodSince = now;
        }
        lastGood = asItShould ? now : lastGood;
        good = asItShould;
        asking = false;
        asked = true;
        answeredAt = now;
    }

    /** @return when a refusal last came as it should */
    long lastGood() {
        return lastGood;
    }

    /** An order has failed at its first call. */
    void freshFailed(long now) {
        anyFresh = true;
        freshFailed = now;
    }

    /** @return whether no order has failed at its first call for long enough, so that only known ones fail */
    boolean quiet(long now) {
        return !anyFresh || now - freshFailed >= quiet;
    }

    /**
     * @return whether refusals come as they should and nobody new has failed since the last one, so that the orders that fail may be to
     *     blame; and it is not long enough yet to know
     */
    boolean explains(long now) {
        return good && !(anyFresh && freshFailed - lastGood > 0) && now - since() < patience;
    }

    /** @return since when refusals have come as they should without an order that failed at its first call */
    long since() {
        return anyFresh && freshFailed - goodSince > 0 ? freshFailed : goodSince;
    }

    /** Orders are blamed by it now, and their time runs. */
    void believe() {
        believed = true;
        counted = true;
    }

    void doubt() {
        believed = false;
    }

    boolean believed() {
        return believed;
    }

    /** @return whether time was counted by it since the last success */
    boolean counted() {
        return counted;
    }

    /** An outage began then: what was answered before says nothing of it. */
    void beganAt(long moment) {
        good = good && lastGood - moment >= 0;
        goodSince = good && moment - goodSince > 0 ? moment : goodSince;
    }

    /** An order was taken, which says more. */
    void succeeded() {
        good = false;
        believed = false;
        counted = false;
    }
}
