package org.trustpaybridge.delivery;

import java.time.Duration;
import java.util.Optional;

import org.trustpaybridge.provider.Failure;
import org.trustpaybridge.provider.GatewayAnswer;

/**
 * The question whether the account is good, which names no order: asked when an order is refused the account, before others are held for
 * it. Guarded by the gate.
 */
final class AccountCheck {

    /** For failures that begin so soon after an answer it need not be asked again. */
    private static final Duration GOOD_FOR = Duration.ofSeconds(1);

    private enum State { NOT_ASKED, ASKED, GOOD, REFUSED, UNKNOWN }

    private final long longestCall;
    private final long old;
    private State state = State.NOT_ASKED;
    private boolean asking;
    private long askedAt;
    private boolean wasGood;
    private long wasGoodAt;

    AccountCheck(GateRules rules) {
        this.longestCall = rules.longestCall().toNanos();
        this.old = rules.silence().toNanos() / 2;
    }

    /** Forgets the answer: it was about failures that are over. */
    void clear() {
        state = State.NOT_ASKED;
        asking = false;
    }

    /**
     * While failures last, a good answer is doubted after half the time in which they become everybody's.
     *
     * @return whether the caller is to ask now; nobody else will meanwhile, unless the answer stays away for too long
     */
    boolean ask(long now) {
        boolean lost = asking && now - askedAt > 2 * longestCall;
        boolean wanted = state == State.NOT_ASKED || state == State.GOOD && now - wasGoodAt >= old;
        if (!lost && (asking || !wanted)) {
            return false;
        }
        if (wasGood && now - wasGoodAt < GOOD_FOR.toNanos()) {
            state = State.GOOD;
            return false;
        }
        state = state == State.GOOD ? state : State.ASKED;
        asking = true;
        askedAt = now;
        return true;
    }

    /**
     * @param answer     what was answered; empty for no answer
     * @param everWorked whether an order was taken before
     * @param last       the failure for which it was asked
     */
    void answered(Optional<GatewayAnswer> answer, boolean everWorked, Optional<Failure> last, long now) {
        State read = answer.map(given -> read(given, everWorked, last)).orElse(State.UNKNOWN);
        wasGood = read == State.GOOD;
        wasGoodAt = now;
        state = asking ? read : state;
        asking = false;
    }

    /** @return whether the provider says that key and gateway are good */
    boolean good() {
        return state == State.GOOD;
    }

    /** @return whether it was asked and said neither */
    boolean unknown() {
        return state == State.UNKNOWN;
    }

    /** @return whether it says that they are not */
    boolean refused() {
        return state == State.REFUSED;
    }

    /** A code is the provider's own word. An answer without one may be that of somebody in between who lets orders pass. */
    private static State read(GatewayAnswer answer, boolean everWorked, Optional<Failure> last) {
        return switch (answer.state()) {
            case ACTIVE -> State.GOOD;
            case KEY_REFUSED, ACCOUNT_REFUSED, INACTIVE ->
                answer.cause().providerErrorCode().isPresent() || !everWorked ? State.REFUSED : State.UNKNOWN;
            case NOT_THE_API -> !everWorked && last.filter(Failure::wrongAddress).isPresent() ? State.REFUSED : State.UNKNOWN;
            case BUSY, UNCLEAR -> State.UNKNOWN;
        };
    }
}
