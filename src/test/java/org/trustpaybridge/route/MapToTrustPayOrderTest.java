package org.trustpaybridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.Records;
import org.trustpaybridge.observe.activity.RecentActivity;
import org.trustpaybridge.observe.metrics.BridgeMetrics;
import org.trustpaybridge.order.OrderMapper;
import org.trustpaybridge.order.TrustPayOrder;
import org.trustpaybridge.settings.SettingsLoader;

class MapToTrustPayOrderTest {

    private static final String EVENT = """
        {"order_id":"o-1","currency":"CZK","amount":1000,"description":"Test","customer":{"email":"simonsmit@example.com","locale":"cs_CZ"},
         "payment_options":{"notification_url":"https://example.com/n","redirect_url":"https://example.com/r",
           "cancel_url":"https://example.com/c"}}
        """;

    private final MapToTrustPayOrder step = new MapToTrustPayOrder(
        new OrderMapper(new SettingsLoader(Map.of("MULTISAFEPAY_API_KEY", "k"), new Properties()).load(Optional.empty()).rules()),
        Clock.systemUTC(), new BridgeMetrics(new SimpleMeterRegistry(), new RecentActivity(Clock.systemUTC()), Clock.systemUTC(), () -> 0));

    @Test
    void another_pass_takes_the_order_that_was_mapped_before() {
        // Given
        InFlightRecord inFlight = record(EVENT);
        TrustPayOrder first = pass(inFlight).getMessage().getBody(TrustPayOrder.class);

        // When
        TrustPayOrder second = pass(inFlight).getMessage().getBody(TrustPayOrder.class);

        // Then
        assertThat(first.orderId().text()).isEqualTo("o-1");
        assertThat(second).isSameAs(first);
    }

    @Test
    void what_is_decided_needs_no_order_any_more() {
        // Given
        InFlightRecord inFlight = record(EVENT);
        pass(inFlight);

        // When
        inFlight.decide(new Decision.Skipped(Records.FETCHED));

        // Then
        assertThat(inFlight.mapped()).isEmpty();
    }

    @Test
    void an_event_that_is_none_is_decided_and_not_kept() {
        // Given
        InFlightRecord inFlight = record("{}");

        // When
        Exchange exchange = pass(inFlight);

        // Then
        assertThat(exchange.getProperty("decision")).isEqualTo("dead-letter");
        assertThat(inFlight.mapped()).isEmpty();
    }

    private Exchange pass(InFlightRecord inFlight) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        InFlight.attach(exchange, inFlight);
        step.process(exchange);
        return exchange;
    }

    private static InFlightRecord record(String event) {
        return Records.inFlight(Records.source(0, 1, "o-1", event.getBytes(StandardCharsets.UTF_8), List.of()));
    }
}
