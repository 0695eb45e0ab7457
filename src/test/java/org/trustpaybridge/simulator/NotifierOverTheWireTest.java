package org.trustpaybridge.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notifications that a shop does not acknowledge, and those that somebody asks for. */
class NotifierOverTheWireTest {

    private static Simulator simulator;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        simulator = Simulator.start(SimulatorOptions.defaults().withNotifyInterval(Duration.ofMillis(60)));
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @Test
    void what_is_not_acknowledged_comes_three_times_more_and_no_more() throws Exception {
        try (Shop shop = new Shop()) {
            shop.answers(503, "Later");
            place("again-1", shop);

            assertThat(change("again-1", "completed").statusCode()).isEqualTo(200);

            await().until(() -> shop.notifications().size() == 4);
            await().during(Duration.ofMillis(300)).until(() -> shop.notifications().size() == 4);
            assertThat(shop.notifications()).allSatisfy(visit -> assertThat(visit.auth()).isNotBlank());
        }
    }

    @Test
    void after_an_acknowledgement_it_does_not_come_again() throws Exception {
        try (Shop shop = new Shop()) {
            shop.answers(503, "Later");
            place("again-2", shop);
            change("again-2", "completed");
            await().until(() -> shop.notifications().size() >= 1);

            shop.answers(200, "OK");

            int then = shop.notifications().size();
            await().during(Duration.ofMillis(300)).until(() -> shop.notifications().size() <= Math.max(then + 1, 2));
        }
    }

    @Test
    void duplicates_late_ones_and_those_before_the_payment_come_when_asked_for() throws Exception {
        try (Shop shop = new Shop()) {
            place("asked-1", shop);

            change("asked-1", "partial_refunded 300 pretransaction times=2 late=completed");

            await().until(() -> shop.notifications().size() == 4);
            assertThat(shop.notifications().stream().filter(visit -> visit.target().endsWith("&payload_type=pretransaction"))).hasSize(1);
            assertThat(shop.notifications().stream().map(visit -> new String(visit.body(), StandardCharsets.UTF_8))
                .filter(body -> body.contains("\"status\":\"partial_refunded\"") && body.contains("\"amount_refunded\":300"))).hasSize(2);
            assertThat(simulator.orderStatus("asked-1")).contains("partial_refunded");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "paid", "completed x=1 ! ", "refunded -5"})
    void what_is_no_status_is_refused(String body) throws Exception {
        assertThat(change("nobody", body).statusCode()).isEqualTo(400);
    }

    @Test
    void an_order_that_is_not_there_cannot_change() throws Exception {
        assertThat(change("nobody", "completed").statusCode()).isEqualTo(404);
    }

    private static void place(String orderId, Shop shop) throws Exception {
        HttpRequest order = HttpRequest.newBuilder(URI.create(simulator.baseUri() + "/orders")).header("api_key", "test-key")
            .POST(HttpRequest.BodyPublishers.ofString(SampleOrder.forShop(orderId, shop).toString())).build();
        assertThat(CLIENT.send(order, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> change(String orderId, String body) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(simulator.baseUri().resolve("/simulator/orders/" + orderId))
            .PUT(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
