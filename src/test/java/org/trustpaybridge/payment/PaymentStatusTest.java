package org.trustpaybridge.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trustpaybridge.payment.PaymentStatus.CANCELLED;
import static org.trustpaybridge.payment.PaymentStatus.CHARGEBACK;
import static org.trustpaybridge.payment.PaymentStatus.CHARGEDBACK;
import static org.trustpaybridge.payment.PaymentStatus.COMPLETED;
import static org.trustpaybridge.payment.PaymentStatus.DECLINED;
import static org.trustpaybridge.payment.PaymentStatus.EXPIRED;
import static org.trustpaybridge.payment.PaymentStatus.INITIALIZED;
import static org.trustpaybridge.payment.PaymentStatus.PARTIAL_REFUNDED;
import static org.trustpaybridge.payment.PaymentStatus.REFUNDED;
import static org.trustpaybridge.payment.PaymentStatus.RESERVED;
import static org.trustpaybridge.payment.PaymentStatus.SHIPPED;
import static org.trustpaybridge.payment.PaymentStatus.UNCLEARED;
import static org.trustpaybridge.payment.PaymentStatus.VOID;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.trustpaybridge.testkit.GeneratedDocument;

class PaymentStatusTest {

    private static final Set<PaymentStatus> UNPAID = EnumSet.of(DECLINED, CANCELLED, VOID, EXPIRED);
    private static final Set<PaymentStatus> PAID = EnumSet.of(COMPLETED, SHIPPED);
    private static final Set<PaymentStatus> BACK = EnumSet.of(PARTIAL_REFUNDED, REFUNDED, CHARGEDBACK, CHARGEBACK);

    /** Written out, not computed: what is not in it is no move. */
    private static final Map<PaymentStatus, Set<PaymentStatus>> MOVES = Map.ofEntries(
        Map.entry(INITIALIZED, union(EnumSet.of(UNCLEARED, RESERVED), UNPAID, PAID, BACK)),
        Map.entry(UNCLEARED, union(EnumSet.of(RESERVED), UNPAID, PAID, BACK)),
        Map.entry(RESERVED, union(UNPAID, PAID, BACK)),
        Map.entry(DECLINED, union(EnumSet.of(CANCELLED, VOID, EXPIRED), PAID, BACK)),
        Map.entry(CANCELLED, union(PAID, BACK)),
        Map.entry(VOID, union(PAID, BACK)),
        Map.entry(EXPIRED, union(PAID, BACK)),
        Map.entry(COMPLETED, union(EnumSet.of(SHIPPED), BACK)),
        Map.entry(SHIPPED, BACK),
        Map.entry(PARTIAL_REFUNDED, EnumSet.of(REFUNDED, CHARGEDBACK, CHARGEBACK)),
        Map.entry(REFUNDED, EnumSet.of(CHARGEDBACK, CHARGEBACK)),
        Map.entry(CHARGEDBACK, EnumSet.noneOf(PaymentStatus.class)),
        Map.entry(CHARGEBACK, EnumSet.noneOf(PaymentStatus.class)));

    @ParameterizedTest
    @MethodSource("pairs")
    void each_move_is_as_the_table_says_in_both_directions(PaymentStatus from, PaymentStatus to) {
        assertThat(from.mayBecome(to)).as("%s to %s", from, to).isEqualTo(MOVES.get(from).contains(to));
        assertThat(from.mayBecome(to) && to.mayBecome(from)).as("no circle between %s and %s", from, to).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void no_status_that_was_left_comes_again(PaymentStatus start) {
        assertThat(reachable(start, EnumSet.noneOf(PaymentStatus.class))).doesNotContain(start);
    }

    @ParameterizedTest
    @EnumSource
    void money_that_came_is_never_taken_for_money_that_may_come(PaymentStatus status) {
        assertThat(reachable(COMPLETED, EnumSet.noneOf(PaymentStatus.class)))
            .isSubsetOf(SHIPPED, PARTIAL_REFUNDED, REFUNDED, CHARGEDBACK, CHARGEBACK);
        assertThat(BACK.contains(status) || status == SHIPPED || status.mayBecome(COMPLETED) || status == COMPLETED)
            .as("a payment that arrives late is told, whatever was so before").isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void a_status_is_known_by_its_word(PaymentStatus status) {
        assertThat(PaymentStatus.of(status.word())).contains(status);
        assertThat(PaymentStatus.of(status.word().toUpperCase(java.util.Locale.ROOT))).isEmpty();
    }

    @Test
    void only_the_two_spellings_of_a_charge_back_are_the_same() {
        assertThat(List.of(PaymentStatus.values())).allSatisfy(one -> assertThat(List.of(PaymentStatus.values())).allSatisfy(other ->
            assertThat(one.same(other)).isEqualTo(one == other || Set.of(CHARGEBACK, CHARGEDBACK).equals(Set.of(one, other)))));
    }

    @Test
    void the_document_has_the_table() throws IOException {
        GeneratedDocument.assertUpToDate(Path.of("docs/payment-status.md"),
            Pattern.compile("<!-- moves -->\\n.*?<!-- end -->", Pattern.DOTALL),
            part -> "\n" + PaymentStatus.table());
    }

    private static Stream<Arguments> pairs() {
        return Stream.of(PaymentStatus.values()).flatMap(from -> Stream.of(PaymentStatus.values()).map(to -> Arguments.of(from, to)));
    }

    private static Set<PaymentStatus> reachable(PaymentStatus from, Set<PaymentStatus> found) {
        from.successors().stream().filter(found::add).forEach(next -> reachable(next, found));
        return found;
    }

    @SafeVarargs
    private static Set<PaymentStatus> union(Set<PaymentStatus>... sets) {
        EnumSet<PaymentStatus> all = EnumSet.noneOf(PaymentStatus.class);
        Stream.of(sets).forEach(all::addAll);
        return all;
    }
}
