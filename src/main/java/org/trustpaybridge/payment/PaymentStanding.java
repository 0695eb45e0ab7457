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
 * @param others    tells the last four words that are not known here from others, 16 bits each; 0: there were none
 * @param changedAt when the last change was told, to the second
 */
public record PaymentStanding(Optional<PaymentStatus> status, Optional<PaymentStatus> financial, long refunded, long others,
                              Instant changedAt) {

    private static final int MARK_BITS = 16;
    private static final int MARK = (1 << MARK_BITS) - 1;

    /** Nothing was published. */
    public static final PaymentStanding NONE = new PaymentStanding(Optional.empty(), Optional.empty(), 0, 0, Instant.EPOCH);

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
            boolean more = reported.refunded().orElse(refunded) > refunded;
            return more || !marked(mark(reported.status())) ? News.CHANGE : News.REPEAT;
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
        if (money.isEmpty() && reported.financial().isPresent()) {
            return marked(financialMark(reported)) ? News.REPEAT : News.CHANGE;
        }
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
    public PaymentStanding after(Reported reported, Instant at) {
        if (judge(reported) != News.CHANGE) {
            return this;
        }
        Optional<PaymentStatus> next = PaymentStatus.of(reported.status());
        Optional<PaymentStatus> money = reported.financial().flatMap(PaymentStatus::of)
            .filter(found -> financial.isEmpty() || financial.get().mayBecome(found)).or(() -> financial);
        return new PaymentStanding(next.or(() -> status), money, Math.max(refunded, reported.refunded().orElse(refunded)),
            marks(next, reported), Instant.ofEpochSecond(at.getEpochSecond()));
    }

    private long marks(Optional<PaymentStatus> next, Reported reported) {
        long marks = next.isPresent() ? others : with(others, mark(reported.status()));
        boolean strange = reported.financial().isPresent() && reported.financial().flatMap(PaymentStatus::of).isEmpty();
        return strange ? with(marks, financialMark(reported)) : marks;
    }

    private static long with(long marks, int mark) {
        return holds(marks, mark) ? marks : marks << MARK_BITS | mark;
    }

    private boolean marked(int mark) {
        return holds(others, mark);
    }

    private static boolean holds(long marks, int mark) {
        for (long rest = marks; rest != 0; rest >>>= MARK_BITS) {
            if ((rest & MARK) == mark) {
                return true;
            }
        }
        return false;
    }

    private static int financialMark(Reported reported) {
        return mark("financial_status " + reported.financial().orElseThrow());
    }

    /** Never 0. Of two words in sixty thousand one has the mark of the other. */
    private static int mark(String word) {
        return 1 + Math.floorMod(word.hashCode(), MARK);
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
