package org.trustpaybridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.payment.PaymentStatus;
import org.trustpaybridge.payment.Standing;
import org.trustpaybridge.payment.Standing.Reported;

class PaymentStandingsTest {

    private static final Instant AT = Instant.parse("2026-11-28T10:00:00Z");

    private final PaymentStandings standings = new PaymentStandings();

    @Test
    void nothing_is_known_of_an_order_before_anything_was_published() {
        assertThat(standings.of(new OrderId("a"))).isEqualTo(Standing.NONE);
    }

    @Test
    void all_of_a_standing_is_kept_and_orders_are_told_apart() {
        Reported first = new Reported("completed", Optional.of("uncleared"), OptionalLong.of(0));
        Reported second = new Reported("partial_refunded", Optional.of("refunded"), OptionalLong.of(Long.MAX_VALUE));

        standings.note(new OrderId("a"), first, AT);
        standings.note(new OrderId("a"), second, AT.plusSeconds(5));
        standings.note(new OrderId("b"), new Reported("strange", Optional.empty(), OptionalLong.empty()), AT);

        assertThat(standings.of(new OrderId("a"))).isEqualTo(Standing.NONE.after(first, AT).after(second, AT.plusSeconds(5)))
            .returns(Optional.of(PaymentStatus.PARTIAL_REFUNDED), Standing::status).returns(Long.MAX_VALUE, Standing::refunded)
            .returns(AT.plusSeconds(5), Standing::changedAt);
        assertThat(standings.of(new OrderId("b")).judge(new Reported("strange", Optional.empty(), OptionalLong.empty())))
            .isEqualTo(Standing.News.REPEAT);
        assertThat(standings.size()).isEqualTo(2);
    }

    /** Three instances of a shop of a million orders a year have room for it. */
    @Test
    void a_hundred_thousand_orders_take_less_than_fifty_bytes_each() {
        Reported completed = new Reported("completed", Optional.of("completed"), OptionalLong.of(0));
        for (int i = 0; i < 100_000; i++) {
            standings.note(new OrderId("order-" + i), completed, AT);
        }

        assertThat(standings.size()).isEqualTo(100_000);
        assertThat(standings.bytes()).isLessThan(50 * 100_000);
        assertThat(standings.of(new OrderId("order-99999")).status()).contains(PaymentStatus.COMPLETED);
        assertThat(standings.of(new OrderId("order-100000"))).isEqualTo(Standing.NONE);
    }
}
