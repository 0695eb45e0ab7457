package org.trustpaybridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.payment.PaymentStanding;
import org.trustpaybridge.payment.PaymentStanding.Reported;
import org.trustpaybridge.payment.PaymentStatus;

class PaymentStandingsTest {

    private static final Instant AT = Instant.parse("2026-11-28T10:00:00Z");

    private final PaymentStandings standings = new PaymentStandings();

    @Test
    void nothing_is_known_of_an_order_before_anything_was_published() {
        assertThat(standings.of(new OrderId("a"))).isEqualTo(PaymentStanding.NONE);
    }

    @Test
    void all_of_a_standing_is_kept_and_orders_are_told_apart() {
        Reported first = new Reported("completed", Optional.of("uncleared"), OptionalLong.of(0));
        Reported second = new Reported("partial_refunded", Optional.of("refunded"), OptionalLong.of(Long.MAX_VALUE));

        standings.note(new OrderId("a"), first, AT);
        standings.note(new OrderId("a"), second, AT.plusSeconds(5));
        standings.note(new OrderId("b"), new Reported("strange", Optional.empty(), OptionalLong.empty()), AT);

        assertThat(standings.of(new OrderId("a"))).isEqualTo(PaymentStanding.NONE.after(first, AT).after(second, AT.plusSeconds(5)))
            .returns(Optional.of(PaymentStatus.PARTIAL_REFUNDED), PaymentStanding::status)
            .returns(Long.MAX_VALUE, PaymentStanding::refunded)
            .returns(AT.plusSeconds(5), PaymentStanding::changedAt);
        assertThat(standings.of(new OrderId("b")).judge(new Reported("strange", Optional.empty(), OptionalLong.empty())))
            .isEqualTo(PaymentStanding.News.REPEAT);
        assertThat(standings.size()).isEqualTo(2);
    }

    @Test
    void of_more_orders_than_there_is_memory_for_nothing_is_known_and_that_is_said() {
        PaymentStandings few = new PaymentStandings(2);
        Reported completed = new Reported("completed", Optional.empty(), OptionalLong.of(0));
        few.note(new OrderId("a"), completed, AT);
        few.note(new OrderId("b"), completed, AT);
        few.note(new OrderId("a"), completed, AT);
        assertThat(few.full()).isFalse();

        few.note(new OrderId("c"), completed, AT);

        assertThat(few.full()).isTrue();
        assertThat(few.of(new OrderId("b")).status()).contains(PaymentStatus.COMPLETED);
        assertThat(few.of(new OrderId("c"))).isEqualTo(PaymentStanding.NONE);
        assertThat(few.size()).isEqualTo(2);
    }

    /** Three instances of a shop of a million orders a year have room for it. */
    @Test
    void a_hundred_thousand_orders_take_less_than_55_bytes_each() {
        Reported completed = new Reported("completed", Optional.of("completed"), OptionalLong.of(0));
        for (int i = 0; i < 100_000; i++) {
            standings.note(new OrderId("order-" + i), completed, AT);
        }

        assertThat(standings.size()).isEqualTo(100_000);
        assertThat(standings.bytes()).isLessThan(55 * 100_000);
        assertThat(standings.of(new OrderId("order-99999")).status()).contains(PaymentStatus.COMPLETED);
        assertThat(standings.of(new OrderId("order-100000"))).isEqualTo(PaymentStanding.NONE);
    }
}
