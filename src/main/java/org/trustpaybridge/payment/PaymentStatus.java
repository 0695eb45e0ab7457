package org.trustpaybridge.payment;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The statuses of MultiSafepay's that this program knows, and which of them may follow which. Notifications repeat and overtake each other,
 * so a status that is not new by this table is old news: nothing in it says that it is MultiSafepay's last word. The moves have no circle:
 * no status that was left comes again.
 *
 * <p>MultiSafepay may have others, which are passed on and marked.
 */
public enum PaymentStatus {

    /** The customer is on the page, or went to the bank. */
    INITIALIZED("initialized", Stage.OPEN),
    /** The bank has been told, the money is not there. */
    UNCLEARED("uncleared", Stage.OPEN),
    /** The money is set aside. */
    RESERVED("reserved", Stage.OPEN),
    /** Refused; the customer may try again on the same page. */
    DECLINED("declined", Stage.UNPAID),
    /** Cancelled, by the customer or the shop. */
    CANCELLED("cancelled", Stage.UNPAID),
    /** Cancelled, in TrustPay's word. */
    VOID("void", Stage.UNPAID),
    /** Nobody paid in time. */
    EXPIRED("expired", Stage.UNPAID),
    /** Paid. */
    COMPLETED("completed", Stage.PAID),
    /** Paid, and the shop told that it has sent the goods. */
    SHIPPED("shipped", Stage.PAID),
    /** A part of the money went back. */
    PARTIAL_REFUNDED("partial_refunded", Stage.BACK),
    /** All of it went back. */
    REFUNDED("refunded", Stage.BACK),
    /** The customer's bank took it back. */
    CHARGEDBACK("chargedback", Stage.BACK),
    /** The same, as other documents spell it. */
    CHARGEBACK("chargeback", Stage.BACK);

    private enum Stage { OPEN, UNPAID, PAID, BACK }

    private static final Set<PaymentStatus> CHARGEBACKS = Collections.unmodifiableSet(EnumSet.of(CHARGEDBACK, CHARGEBACK));

    private final String word;
    private final Stage stage;

    PaymentStatus(String word, Stage stage) {
        this.word = word;
        this.stage = stage;
    }

    /** @return as MultiSafepay writes it */
    public String word() {
        return word;
    }

    /**
     * @param word as MultiSafepay writes it
     * @return the status; empty for one that is not known here
     */
    public static Optional<PaymentStatus> of(String word) {
        return Arrays.stream(values()).filter(status -> status.word.equals(word)).findFirst();
    }

    /**
     * @param next another status, or the same
     * @return whether it is news after this one
     */
    public boolean mayBecome(PaymentStatus next) {
        return successors().contains(next);
    }

    /** @return all that may follow */
    public Set<PaymentStatus> successors() {
        EnumSet<PaymentStatus> later = EnumSet.allOf(PaymentStatus.class);
        // A payment that was declined, cancelled or expired may still come: customers try again, and banks are slow.
        later.removeIf(next -> next.stage.ordinal() <= stage.ordinal());
        later.addAll(switch (this) {
            case INITIALIZED -> EnumSet.of(UNCLEARED, RESERVED);
            case UNCLEARED -> EnumSet.of(RESERVED);
            case DECLINED -> EnumSet.of(CANCELLED, VOID, EXPIRED);
            case COMPLETED -> EnumSet.of(SHIPPED);
            case PARTIAL_REFUNDED -> EnumSet.of(REFUNDED, CHARGEDBACK, CHARGEBACK);
            case REFUNDED -> EnumSet.of(CHARGEDBACK, CHARGEBACK);
            case VOID, CANCELLED, EXPIRED, RESERVED, SHIPPED, CHARGEDBACK, CHARGEBACK -> EnumSet.noneOf(PaymentStatus.class);
        });
        return later;
    }

    /**
     * @param other another status
     * @return whether both say the same of the payment
     */
    public boolean same(PaymentStatus other) {
        return this == other || CHARGEBACKS.contains(this) && CHARGEBACKS.contains(other);
    }

    /** @return the table of moves, as it stands in the documentation: a line for each status */
    public static String table() {
        return Arrays.stream(values()).map(status -> "| `" + status.word + "` | " + (status.successors().isEmpty() ? "nothing"
            : status.successors().stream().map(next -> "`" + next.word + "`").collect(Collectors.joining(", "))) + " |\n")
            .collect(Collectors.joining("", "| Status | May be followed by |\n|---|---|\n", ""));
    }

    @Override
    public String toString() {
        return word;
    }
}
