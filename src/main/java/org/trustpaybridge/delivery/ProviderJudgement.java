package org.trustpaybridge.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

import org.trustpaybridge.delivery.ProviderState.Flowing.Because;
import org.trustpaybridge.provider.Failure;
import org.trustpaybridge.provider.GatewayAnswer;

/**
 * What is known of the provider and of the orders that fail, from what their calls came to. The provider is judged by orders that are not
 * to blame themselves; an order to blame is judged by the time for which it has failed while the provider was up. Guarded by the gate.
 */
final class ProviderJudgement {

    /** What the provider is found to be. */
    enum Found { FLOWING, OUTAGE, ACCOUNT_FAULT }

    private final GateRules rules;
    private final Clock clock;
    private final FailureRow row = new FailureRow();
    private final Blame blame;
    private final AccountCheck check;
    private final PostCheck postCheck;
    private final UpTime up = new UpTime();
    /** In the order in which they began to fail. */
    private final Set<InFlightRecord> failing = new LinkedHashSet<>();
    private Found found = Found.FLOWING;
    private Instant since;
    private Failure cause;
    private Because because = Because.SUCCESS;
    private boolean everWorked;
    private int holds;

    ProviderJudgement(GateRules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
        this.blame = new Blame(rules.silence(), rules.slow());
        this.check = new AccountCheck(rules);
        this.postCheck = new PostCheck(rules);
        this.since = clock.instant();
    }

    /** @return whether that ended an outage or account fault */
    boolean succeeded(InFlightRecord order, long now) {
        if (failing.remove(order)) {
            blame.cured(order.failing, holds, now);
            order.failing = null;
        }
        if (found == Found.ACCOUNT_FAULT && !order.probe) {
            return false;
        }
        everWorked = true;
        blame.success(order.handedOutAt(), now);
        up.start(now);
        if (postCheck.counted()) {
            failing.forEach(each -> each.failing.byRefusal = false);
        }
        postCheck.succeeded();
        clearRow();
        boolean ends = found != Found.FLOWING;
        if (ends) {
            flow(Because.SUCCESS);
        }
        return ends;
    }

    /** @param refused whether the answer blames the account or the address */
    OrderStanding failed(InFlightRecord order, Failure failure, boolean refused, long now) {
        if (failing.add(order)) {
            boolean whileUp = everWorked && found == Found.FLOWING && !postCheck.believed();
            freshFailed(now);
            order.failing = new Failing(clock.instant(), now, up.at(now), whileUp, holds);
        }
        Failing known = order.failing;
        blame.failed(known, failure, order.handedOutAt(), now);
        if (!up.running()) {
            known.upBefore = Math.min(known.upBefore, up.at(now));
        }
        if (!known.suspect) {
            row.add(known, failure, refused, clock.instant(), now);
            judge(now);
        }
        return new OrderStanding(known.suspect, known.byRefusal, Duration.ofNanos(up.at(now) - known.upBefore), known.calls);
    }

    /** The order is no longer in flight. If it was the last that failed, nobody is left by whom to tell how the provider is. */
    void left(InFlightRecord order, long now) {
        if (order.failing != null && failing.remove(order)) {
            blame.gone(order.failing);
            order.failing = null;
            if (failing.isEmpty()) {
                clearRow();
                doubt(now);
                if (found != Found.FLOWING) {
                    flow(Because.NOBODY_WAITS);
                }
            }
        }
    }

    /** @return whether the account is to be asked for now */
    boolean wantsCheck(long now) {
        return row.ordersRefused() > 0 && found != Found.ACCOUNT_FAULT && check.ask(now);
    }

    void checked(Optional<GatewayAnswer> answer, long now) {
        check.answered(answer, everWorked, row.last(), now);
        judge(now);
    }

    /**
     * @param order one that has just failed
     * @return whether the provider is to be shown an order now that it has to refuse
     */
    boolean wantsPostCheck(InFlightRecord order, long now) {
        boolean known = order.failing != null && !order.failing.last.refusesAccount()
            && (postCheck.believed() || found != Found.FLOWING && order.probe || found == Found.FLOWING && lasts(order.probe, now));
        return known && !check.refused() && postCheck.ask(now);
    }

    /**
     * Calls have been held back for more than a moment, and none of those that fail is known to be bad; or calls fail for so long that an
     * outage is near, which it is better to ask about before.
     */
    private boolean lasts(boolean probe, long now) {
        return probe && blame.suspects() == 0 && now - row.began() >= rules.soon().toNanos()
            || silentFor(rules.silence().toNanos() / 2, now);
    }

    /**
     * @param asItShould whether the provider refused an order that it has to refuse, and said that key and gateway are good
     * @param allTried   whether no order is here that was not tried yet
     * @return whether the orders that fail turned out to be to blame by that
     */
    boolean postChecked(boolean asItShould, boolean allTried, long now) {
        postCheck.answered(asItShould, now);
        if (!asItShould) {
            doubt(postCheck.lastGood());
            return false;
        }
        if (found == Found.FLOWING && !silentFor(rules.quiet().toNanos(), now) || !allTried || !postCheck.quiet(now)
            || failing.stream().anyMatch(order -> order.failing.last.refusesAccount())) {
            return false;
        }
        postCheck.believe();
        up.start(postCheck.since());
        failing.forEach(order -> blame.refusalSays(order.failing));
        clearRow();
        flow(Because.ORDERS_ARE_BAD);
        return true;
    }

    /** One more order that nobody takes: perhaps it is everybody's fault after all, and the time of those before begins anew. */
    private void freshFailed(long now) {
        postCheck.freshFailed(now);
        if (postCheck.counted()) {
            doubt(now);
            failing.stream().filter(order -> order.failing != null && !order.failing.suspect)
                .forEach(order -> order.failing.upBefore = up.at(now));
        }
    }

    /** Orders are not to blame any more because of a refusal; their time stands still from a moment on that may be past. */
    private void doubt(long asOf) {
        if (postCheck.believed()) {
            postCheck.doubt();
            up.stopAsOf(asOf);
            failing.stream().filter(order -> order.failing != null).forEach(order -> blame.refusalSaysNothing(order.failing));
        }
    }

    /** Looks whether enough is known, or enough time has gone by, to say what the provider is. */
    void judge(long now) {
        if (row.calls() == 0) {
            return;
        }
        boolean known = postCheck.explains(now);
        boolean soon = !known && row.orders() >= Math.max(rules.many(), blame.suspects()) && now - row.began() >= rules.soon().toNanos();
        boolean silent = !known && silentFor(silence(), now);
        // A few among others may be somebody's in between.
        boolean blamesAccount = row.lastRefused() && 2 * row.ordersRefused() > row.orders();
        boolean refused = check.refused() || blamesAccount && (silent || soon && check.unknown());
        boolean all = check.refused() || blamesAccount && row.ordersRefused() >= rules.many() && check.unknown();
        // Where the account is good, so is the address.
        boolean elsewhere = check.good() && row.last().filter(Failure::wrongAddress).isPresent();
        if (found == Found.FLOWING && refused && !elsewhere || found == Found.OUTAGE && all) {
            hold(Found.ACCOUNT_FAULT);
        } else if (found == Found.FLOWING && (blamesAccount ? refused : soon || silent)) {
            hold(Found.OUTAGE);
        }
        if (found == Found.OUTAGE || found == Found.ACCOUNT_FAULT && row.lastRefused()) {
            cause = row.last().orElse(cause);
        }
    }

    private boolean silentFor(long nanos, long now) {
        return row.calls() > 1 && now - row.began() >= nanos;
    }

    /** The more orders are bad themselves, the less is it a surprise if some more fail, and the longer it takes to say that all do. */
    private long silence() {
        return rules.silence().toNanos() * (1 + blame.suspects() / row.orders());
    }

    Found found() {
        return found;
    }

    /** @return whether calls are to be held back: to see more first, or because it is known that they would fail */
    boolean careful(int many) {
        return found != Found.FLOWING || row.orders() >= many || row.ordersRefused() > 0 && !check.good();
    }

    /** @return different orders, not to blame themselves, that failed since the last success */
    int inARow() {
        return row.orders();
    }

    int suspects() {
        return blame.suspects();
    }

    FailingOrders failingOrders() {
        return FailingOrders.of(failing);
    }

    ProviderState state() {
        return switch (found) {
            case FLOWING -> new ProviderState.Flowing(since, everWorked, because);
            case OUTAGE -> new ProviderState.Outage(since, cause, everWorked);
            case ACCOUNT_FAULT -> new ProviderState.AccountFault(since, cause, everWorked, check.good());
        };
    }

    private void clearRow() {
        row.clear();
        check.clear();
    }

    private void hold(Found now) {
        if (up.running()) {
            up.stopAsOf(row.began());
        }
        if (found == Found.FLOWING) {
            postCheck.beganAt(row.began());
        }
        found = now;
        since = row.since();
        cause = row.last().orElseThrow();
        holds++;
    }

    private void flow(Because why) {
        found = Found.FLOWING;
        since = clock.instant();
        cause = null;
        because = why;
    }
}
