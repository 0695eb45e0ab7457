package org.trustpaybridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trustpaybridge.order.Money;
import org.trustpaybridge.order.OrderId;

class PublishedOrdersTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration DAY = Duration.ofHours(24);

    private final MovableClock clock = new MovableClock();
    private final PublishedOrders published = new PublishedOrders(DAY, clock);

    @Test
    void a_published_order_is_found_with_its_money() {
        published.add(new OrderId("a"), new Money(1999, "SEK"), NOON);

        assertThat(published.find(new OrderId("a"))).contains(new Money(1999, "SEK"));
        assertThat(published.find(new OrderId("b"))).isEmpty();
    }

    @Test
    void it_is_remembered_for_the_retention_and_forgotten_soon_after() {
        published.add(new OrderId("a"), new Money(1, "CZK"), NOON);

        clock.now = NOON.plus(DAY);
        assertThat(published.find(new OrderId("a"))).isPresent();
        clock.now = NOON.plus(DAY.multipliedBy(14).dividedBy(12));

        assertThat(published.find(new OrderId("a"))).isEmpty();
        assertThat(published.bytes()).isZero();
    }

    @Test
    void what_was_published_last_counts() {
        published.add(new OrderId("a"), new Money(1, "CZK"), NOON.minus(Duration.ofHours(20)));
        published.add(new OrderId("a"), new Money(2, "CZK"), NOON);

        assertThat(published.find(new OrderId("a"))).contains(new Money(2, "CZK"));
    }

    @Test
    void what_is_older_than_the_retention_is_not_taken_in() {
        published.add(new OrderId("a"), new Money(1, "CZK"), NOON.minus(DAY).minusSeconds(1));

        assertThat(published.size()).isZero();
    }

    /** The index is as full as it gets, has just grown, or is somewhere between. */
    @ParameterizedTest
    @ValueSource(ints = {65_536, 65_537, 100_000})
    void many_orders_take_the_memory_that_is_promised(int orders) {
        for (int i = 0; i < orders; i++) {
            published.add(new OrderId("order-" + i), new Money(i + 1, "EUR"), NOON);
        }

        assertThat(published.size()).isEqualTo(orders);
        assertThat((double) published.bytes() / published.size()).isBetween(36.0, 44.5);
        assertThat(published.find(new OrderId("order-55555"))).contains(new Money(55_556, "EUR"));
        assertThat(published.find(new OrderId("order-100000"))).isEmpty();
    }

    @Property(tries = 200)
    void it_knows_what_a_map_would_know(@ForAll @Size(max = 300) java.util.List<@IntRange(max = 150) Integer> ids) {
        PublishedOrders ledger = new PublishedOrders(DAY, Clock.fixed(NOON, ZoneOffset.UTC));
        Map<Integer, Money> model = new HashMap<>();

        for (int i = 0; i < ids.size(); i++) {
            Money money = new Money(i + 1, i % 2 == 0 ? "CZK" : "EUR");
            ledger.add(new OrderId("o" + ids.get(i)), money, NOON);
            model.put(ids.get(i), money);
        }

        for (int id = 0; id <= 150; id++) {
            assertThat(ledger.find(new OrderId("o" + id)).orElse(null)).isEqualTo(model.get(id));
        }
        assertThat(ledger.size()).isEqualTo(model.size());
    }

    private static final class MovableClock extends Clock {

        private Instant now = NOON;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
