package org.trustpaybridge.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.trustpaybridge.delivery.ProviderJudgement.Found;
import org.trustpaybridge.provider.Failure;
import org.trustpaybridge.provider.GatewayAnswer;

/**
 * Tells a provider that is down from orders that are bad, and decides whether a call may be made now.
 *
 * <p>The provider is judged by orders that are not to blame themselves. An order is to blame once it has failed before and after others
 * succeeded. What such an order does from then on says nothing of the provider, and the time for which it has failed while the provider was
 * up is what it is given up by.
 *
 * <p>Many orders that fail in a row hold calls back at once, and so does the first answer that blames the account: a few calls go out then
 * to see more, for orders that were not tried yet before others. If nobody gets through for a while, that is an outage, or an account
 * fault. Any success ends it.
 *
 * <p>Safe for use by several threads.
 */
public final class ProviderGate {

    private static final Duration FIRST_PROBE = Duration.ofSeconds(1);

    private final GateRules rules;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final ProviderJudgement judgement;
    private final ProbePace pace;
    private GateListener listener = new Nobody();
    private Found told = Found.FLOWING;
    private boolean manyTold;
    /** To be told when the lock is free; null while there is nothing. */
    private FailingOrders newlyMany;
    private volatile boolean trouble;
    private volatile boolean slow;
    private volatile boolean workedInTrouble;
    private long troubleUntil;
    private volatile boolean holdingBack;

    /**
     * @param rules    what is long and what is much here
     * @param clock    wall clock
     * @param nanoTime monotonic time in nanoseconds
     */
    public ProviderGate(GateRules rules, Clock clock, LongSupplier nanoTime) {
        this.rules = rules;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.judgement = new ProviderJudgement(rules, clock);
        this.pace = new ProbePace(rules.outageSpacing());
    }

    /** @param told told of what is found, one for all */
    public synchronized void whenChanged(GateListener told) {
        listener = told;
    }

    /** @return the state of this moment */
    public ProviderState state() {
        return telling(() -> {
            judgement.judge(nanoTime.getAsLong());
            return judgement.state();
        });
    }

    /** @return whether orders flow, or are held back for a moment only, to see more */
    public synchronized boolean flowing() {
        return judgement.found() == Found.FLOWING;
    }

    /** @return the orders that fail at this moment */
    public synchronized FailingOrders failingOrders() {
        return judgement.failingOrders();
    }

    /** @return how long something must last to be told as a state rather than an incident */
    public Duration silence() {
        return rules.silence();
    }

    /**
     * An order became a payment.
     *
     * @param order that order. An account fault is ended by a probe only: answers to calls that were begun before it say nothing of the
     *              account now
     * @return whether that ended an outage or account fault
     */
    boolean succeeded(InFlightRecord order) {
        workedInTrouble = trouble;
        return telling(() -> judgement.succeeded(order, nanoTime.getAsLong()));
    }

    /** The provider answered, whatever it said of the order: it can be reached, so the next probe need not wait. */
    synchronized void answered() {
        if (holdingBack) {
            pace.anew(nanoTime.getAsLong());
        }
    }

    /**
     * A call failed in a way that may be everybody's.
     *
     * @param order      the order
     * @param failure    what its call came to
     * @param refused    whether the answer blames the account or the address
     * @param retryAfter how long the provider asks to wait
     * @return how the order stands now
     */
    OrderStanding failed(InFlightRecord order, Failure failure, boolean refused, Optional<Duration> retryAfter) {
        return telling(() -> {
            long now = nanoTime.getAsLong();
            boolean first = order.failing == null;
            OrderStanding standing = judgement.failed(order, failure, refused, now);
            if (!standing.alone() || first) {
                expectMore(first, now - order.handedOutAt(), now);
            }
            if (!standing.alone()) {
                retryAfter.filter(asked -> careful())
                    .ifPresent(asked -> pace.notBefore(now + Math.min(asked.toNanos(), rules.longestWait().toNanos())));
            } else if (!manyTold && judgement.suspects() >= FailingOrders.MANY) {
                lookForMany();
            }
            return standing;
        });
    }

    /** @return whether the account is to be asked for now, by the caller alone; to be ended with {@link #checked} */
    public boolean wantsCheck() {
        return telling(() -> judgement.wantsCheck(nanoTime.getAsLong()));
    }

    /** @param answer what the provider said of the account when it was asked without an order; empty when there was no answer */
    public void checked(Optional<GatewayAnswer> answer) {
        telling(() -> {
            judgement.checked(answer, nanoTime.getAsLong());
            return null;
        });
    }

    /**
     * @param order one that has just failed
     * @return whether the provider is to be asked by the caller alone whether it takes orders: first for the account, then with an order
     *     that it has to refuse; to be ended with {@link #postChecked}
     */
    public boolean wantsPostCheck(InFlightRecord order) {
        return telling(() -> judgement.wantsPostCheck(order, nanoTime.getAsLong()));
    }

    /**
     * @param asItShould whether the provider said that key and gateway are good, and refused the order as it should
     * @param allTried   whether no order is here that was not tried yet
     * @return whether orders turned out to be to blame by that, and are to be tried again. Before, all that were not tried yet are tried
     *     soon
     */
    public boolean postChecked(boolean asItShould, boolean allTried) {
        return telling(() -> {
            boolean toBlame = judgement.postChecked(asItShould, allTried, nanoTime.getAsLong());
            pace.hurryUntried(asItShould && holdingBack);
            return toBlame;
        });
    }

    /** The order is no longer in flight here. */
    synchronized void left(InFlightRecord order) {
        judgement.left(order, nanoTime.getAsLong());
        holdBack();
    }

    /** @return whether calls are held back: each needs leave */
    boolean holdingBack() {
        return holdingBack;
    }

    /** @return whether more bad orders are likely to lie ahead, so that the row is to be served from both ends */
    boolean trouble() {
        return trouble && stillTrouble();
    }

    /** @return whether in that trouble failing calls take long: then bad orders, tried one after the other, take the calls of good ones */
    boolean slowTrouble() {
        return slow && trouble();
    }

    private synchronized boolean stillTrouble() {
        trouble = trouble && troubleUntil - nanoTime.getAsLong() > 0;
        return trouble;
    }

    /** @return whether the order rather than the provider is to blame for its failures, by what is known now */
    synchronized boolean blames(InFlightRecord order) {
        return order.failing != null && order.failing.suspect;
    }

    /** @return time until a call may be made for an order, while calls are held back */
    synchronized Duration untilCall(boolean untried) {
        return Duration.ofNanos(pace.untilNext(untried, nanoTime.getAsLong()));
    }

    /** A call is made while calls are held back; to be ended with {@link #probeEnded}. */
    synchronized void probeBegan(boolean untried) {
        pace.began(untried, nanoTime.getAsLong());
    }

    /** @param called whether the call was made at all; if not, it told nothing, and the next one need not wait */
    synchronized void probeEnded(boolean called) {
        pace.ended();
        if (!called) {
            pace.anew(nanoTime.getAsLong());
        }
    }

    /** Lets a probe out at once, for an operator who knows better. */
    public synchronized void probeNow() {
        pace.anew(nanoTime.getAsLong());
    }

    private void expectMore(boolean first, long took, long now) {
        boolean hung = took >= rules.slow().toNanos();
        if (judgement.inARow() >= rules.many() || first && (trouble() || hung && judgement.suspects() >= rules.many())) {
            slow = hung;
            workedInTrouble = trouble() && workedInTrouble;
            trouble = true;
            troubleUntil = now + rules.trouble().toNanos();
        }
    }

    /** Where bad orders are known to lie ahead, a few of them in a row are no reason to hold the others. */
    private boolean careful() {
        return judgement.careful(workedInTrouble && trouble() ? rules.manyInTrouble() : rules.many());
    }

    private void holdBack() {
        boolean careful = careful();
        if (careful && !holdingBack) {
            pace.limit(rules.outageSpacing(), rules.probes());
            pace.anew(nanoTime.getAsLong());
        }
        holdingBack = careful;
    }

    /** Changes something, and tells what came of it when the lock is free again. */
    private <T> T telling(Supplier<T> change) {
        T result;
        ProviderState moved = null;
        FailingOrders many;
        GateListener to;
        synchronized (this) {
            result = change.get();
            holdBack();
            if (judgement.found() != told) {
                told = judgement.found();
                moved = judgement.state();
                pace(told);
            }
            manyTold = manyTold && judgement.suspects() > 0;
            many = newlyMany;
            newlyMany = null;
            to = listener;
        }
        if (moved != null) {
            to.changed(moved);
        }
        if (many != null) {
            to.manyFailAlone(many);
        }
        return result;
    }

    private void pace(Found found) {
        if (found == Found.ACCOUNT_FAULT) {
            long first = Math.min(FIRST_PROBE.toNanos(), rules.accountSpacing().toNanos());
            pace.limit(rules.accountSpacing(), 1);
            pace.slowFrom(nanoTime.getAsLong() + first);
        }
    }

    private void lookForMany() {
        FailingOrders orders = judgement.failingOrders();
        manyTold = orders.manyFor(rules.silence(), clock.instant());
        newlyMany = manyTold ? orders : null;
    }

    private static final class Nobody implements GateListener {

        @Override
        public void changed(ProviderState state) {
            // Nobody asked.
        }

        @Override
        public void manyFailAlone(FailingOrders orders) {
            // Nobody asked.
        }
    }
}
