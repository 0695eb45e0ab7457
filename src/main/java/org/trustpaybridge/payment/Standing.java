package org.trustpaybridge.payment;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the payment of an order stands, by all that was published of it.
 *
 * @param status    the last status that is known here; empty when none was
 * @param financial the last financial status that is known here; empty when none was
 * @param refunded  minor units that went back so far
 * @param other     tells the last status that is not known here from others; 0: there was none
 * @param changedAt when the last change was told, to the second
 */
public record Standing(Optional<PaymentStatus> status, Optional<PaymentStatus> financial, long refunded, int other, Instant changedAt) {

    /** Nothing was published. */
    public static final Standing NONE = new Standing(Optional.empty(), Optional.empty(), 0, 0, Instant.EPOCH);

    /** What a report is, beside what was published before. */
    public enum News {
        /** A change. */
        CHANGE,
        /** It says what was published. */
        REPEAT,
        /** It says what was so before: another one has overtaken it. */
        OVERTAKEN
    }

    /**
     * @param reported what MultiSafepay says of the payment
     * @return whether that is news
     */
    public News judge(Reported reported) {
        Optional<PaymentStatus> next = PaymentStatus.of(reported.status());
        if (next.isEmpty()) {
            return mark(reported.status()) == other ? News.REPEAT : News.CHANGE;
        }
        if (status.isEmpty()) {
            return News.CHANGE;
        }
        if (!status.get().same(next.get())) {
            return status.get().mayBecome(next.get()) ? News.CHANGE : News.OVERTAKEN;
        }
        long now = reported.refunded().orElse(refunded);
        if (now != refunded) {
            return now > refunded ? News.CHANGE : News.OVERTAKEN;
        }
        Optional<PaymentStatus> money = reported.financial().flatMap(PaymentStatus::of);
        if (money.isEmpty() || financial.filter(money.get()::same).isPresent()) {
            return News.REPEAT;
        }
        return financial.isEmpty() || financial.get().mayBecome(money.get()) ? News.CHANGE : News.OVERTAKEN;
    }

    /**
     * @param reported what was published
     * @param at       when it was told
     * @return how it stands then; as before, if that was no news
     */
    public Standing after(Reported reported, Instant at) {
        if (judge(reported) != News.CHANGE) {
            return this;
        }
        Optional<PaymentStatus> next = PaymentStatus.of(reported.status());
        Optional<PaymentStatus> money = reported.financial().flatMap(PaymentStatus::of)
            .filter(found -> financial.isEmpty() || financial.get().mayBecome(found)).or(() -> financial);
        return new Standing(next.or(() -> status), money, Math.max(refunded, reported.refunded().orElse(refunded)),
            next.isPresent() ? other : mark(reported.status()), Instant.ofEpochSecond(at.getEpochSecond()));
    }

    /** Of two words in four thousand million one has the mark of the other. */
    private static int mark(String word) {
        return word.hashCode() == 0 ? 1 : word.hashCode();
    }

    /**
     * What MultiSafepay says of a payment.
     *
     * @param status    the status, in its word
     * @param financial the financial status, in its word, where there is one
     * @param refunded  minor units that went back so far, where it is said
     */
    public record Reported(String status, Optional<String> financial, OptionalLong refunded) {
    }
}
