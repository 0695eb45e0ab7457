package org.trustpaybridge.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class BoundedMemoryTest {

    @Test
    void the_oldest_orders_are_forgotten_with_their_pages() {
        OrderBook book = new OrderBook(100, new Random(1), Clock.systemUTC());
        String firstSession = book.place("order-0", new byte[0], "k").orElseThrow().session();
        book.place("order-0", new byte[0], "k");

        for (int order = 1; order <= 250; order++) {
            book.place("order-" + order, new byte[0], "k");
        }

        assertThat(book.totals()).isEqualTo(new OrderBook.Totals(100, 151, 252, 0));
        assertThat(book.byId("order-150")).isEmpty();
        assertThat(book.byId("order-151")).isPresent();
        assertThat(book.bySession(firstSession)).isEmpty();
    }

    @Test
    void one_order_posted_without_end_keeps_a_bounded_number_of_pages() {
        OrderBook book = new OrderBook(10, new Random(1), Clock.systemUTC());
        String firstSession = book.place("same", new byte[0], "k").orElseThrow().session();

        for (int post = 0; post < 10; post++) {
            book.place("same", new byte[0], "k");
        }

        assertThat(book.bySession(firstSession)).isEmpty();
        assertThat(book.byId("same").orElseThrow().sessions()).isEqualTo(11);
    }

    @Test
    void the_wire_log_is_bounded_in_orders() {
        WireLog wire = new WireLog(3);

        for (String id : List.of("a", "a", "b", "c", "d", "d", "d")) {
            wire.posted(id, new ReceivedRequest("POST", "/", List.of(), new byte[1]));
        }

        assertThat(wire.posts("a")).isZero();
        assertThat(wire.latest("a")).isEmpty();
        assertThat(wire.posts("d")).isEqualTo(3);
        assertThat(wire.ordersByPosts()).isEqualTo(Map.of(1, 2, 3, 1));
    }

    @Test
    void the_wire_log_is_bounded_in_bytes_and_still_counts() {
        WireLog wire = new WireLog(1_000);

        for (int order = 0; order < 64; order++) {
            wire.posted("order-" + order, new ReceivedRequest("POST", "/", List.of(), new byte[1024 * 1024]));
        }

        assertThat(wire.latest("order-0")).isEmpty();
        assertThat(wire.latest("order-32")).isEmpty();
        assertThat(wire.latest("order-63")).isPresent();
        assertThat(wire.posts("order-0")).isEqualTo(1);
    }

    @Test
    void a_running_simulator_forgets_too() throws IOException {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withMaxOrders(5))) {
            for (int order = 1; order <= 12; order++) {
                RawCall.post(simulator, SampleOrder.withId("order-" + order));
            }

            JsonNode stats = SampleOrder.read(simulator.stats());
            assertThat(stats.path("orders").intValue()).isEqualTo(5);
            assertThat(stats.path("orders_forgotten").intValue()).isEqualTo(7);
            assertThat(simulator.orderStatus("order-7")).isEmpty();
            assertThat(simulator.orderStatus("order-8")).contains("initialized");
            assertThat(simulator.lastRequest("order-7")).isEmpty();
        }
    }
}
