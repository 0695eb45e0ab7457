package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.testkit.HostileAnswers;
import org.trustpaybridge.testkit.HostileProvider;
import org.trustpaybridge.testkit.RawServer;

/** Whatever comes as an answer: no worker is held longer than its time-out, no order is lost or tried for ever, and the rest flows. */
class HostileProviderTest {

    private static final Duration RESPONSE = Duration.ofMillis(1500);

    private static WireRig rig;
    private static HostileProvider provider;

    @BeforeAll
    static void start() throws Exception {
        provider = new HostileProvider();
        rig = new WireRig(Map.of("MULTISAFEPAY_BASE_URL", provider.baseUri().toString(), "MULTISAFEPAY_CONNECT_TIMEOUT", "1s",
            "RETRY_UNCLEAR_ATTEMPTS", "3", "RETRY_GIVE_UP_AFTER", "1h"));
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        provider.close();
    }

    @Test
    void every_wrong_answer_is_cut_in_time_and_its_order_is_tried_again() {
        // Given
        Map<String, RawServer.Script> wrong = new LinkedHashMap<>();
        HostileAnswers.floods().forEach((name, script) -> wrong.put("flood of " + name, script));
        HostileAnswers.drips().forEach((name, script) -> wrong.put("drip of " + name, script));
        HostileAnswers.silences().forEach(wrong::put);
        HostileAnswers.nonsense().forEach(wrong::put);
        Map<String, String> orders = provider.answers("hostile", wrong);

        // When
        orders.values().forEach(id -> rig.publish(id, Events.order(id)));

        // Then
        orders.forEach((name, id) -> {
            rig.kafka.awaitRecord(WireRig.OUT, id);
            assertThat(provider.held(id)).as(name).isNotNull().isLessThan(RESPONSE.plusSeconds(1));
            assertThat(provider.posts(id)).as("POSTs after %s", name).isEqualTo(2);
        });
        assertThat(rig.kafka.readAll(WireRig.DEAD)).isEmpty();
    }
}
