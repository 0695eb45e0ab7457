package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.testkit.ReceivedRecord;

/** Bad orders behind the last good one, and outages that look like them, on a real broker. */
class BadOrdersBehindTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, String> SHORT = Map.of("RETRY_GIVE_UP_AFTER", "4s", "RETRY_MAX_DELAY", "500ms");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Firewall provider;
    /** Between that provider and a broker. */
    private static WireRig outages;

    @BeforeAll
    static void start() throws Exception {
        provider = new Firewall();
        Map<String, String> settings = new HashMap<>(SHORT);
        settings.put("MULTISAFEPAY_BASE_URL", provider.baseUrl());
        outages = new WireRig(settings);
    }

    @AfterAll
    static void stop() throws Exception {
        outages.close();
        provider.close();
    }

    @Test
    void bad_orders_behind_the_last_good_one_are_given_up_and_health_is_up_again_though_nobody_comes() throws Exception {
        try (Logged logged = new Logged(); WireRig rig = new WireRig(SHORT)) {
            goodOrders(rig, 20);
            long requests = rig.simulator.requests();

            for (int i = 0; i < 12; i++) {
                String id = "sim-" + List.of("500", "403-message", "timeout", "1032").get(i % 4) + "-behind-" + i;
                rig.publish(id, Events.order(id));
            }

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(health(rig)).isEqualTo("DOWN"));
            await().atMost(PATIENCE).until(() -> rig.kafka.readAll(WireRig.DEAD).size() == 12);
            assertThat(rig.kafka.readAll(WireRig.DEAD)).allSatisfy(letter -> {
                assertThat(letter.header("bridge-error-code")).contains("GAVE_UP");
                assertThat(letter.header("__connect.errors.exception.message")).hasValueSatisfying(text ->
                    assertThat(text).contains("refused as it should"));
            });
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(health(rig)).isEqualTo("UP"));
            assertThat(logged.with("TPB0212")).isNotEmpty();
            assertThat(rig.get("/observe/metrics")).containsPattern(
                "provider_calls_seconds_count\\{call=\"check-posts\",outcome=\"REJECTED\",status=\"4xx\"} [1-9]");
            assertThat(rig.simulator.requests()).isGreaterThan(requests);
            assertThat(rig.kafka.readAll(WireRig.OUT)).hasSize(20);
        }
    }

    /** Key and gateway are good by the provider's word. What each POST gets is no proof, whatever it is. */
    @Test
    void an_outage_of_posts_alone_gives_up_nothing_and_sends_next_to_nothing() throws Exception {
        goodOrders(outages, 5);
        int published = published(outages);
        provider.withoutId.clear();
        provider.ordersFail = 500;
        provider.withoutIdFail = 500;
        IntStream.range(0, 10).forEach(i -> outages.publish("waits-" + i, Events.order("waits-" + i)));

        long began = System.nanoTime();
        for (int status : new int[] {500, 429, 200, 403}) {
            provider.withoutIdFail = status;
            int before = provider.withoutId.size();
            await().atMost(PATIENCE).until(() -> provider.withoutId.size() >= before + 3);
            assertThat(outages.get("/observe/health")).contains("DOWN", "The provider answers nobody");
        }
        assertThat(outages.kafka.readAll(WireRig.DEAD)).isEmpty();
        assertThat(provider.withoutId).containsOnly("{\"type\":\"redirect\",\"gateway\":\"TRUSTPAY\"}")
            .hasSizeLessThanOrEqualTo((int) (Duration.ofNanos(System.nanoTime() - began).toMillis() / 500) + 1);
        provider.ordersFail = 0;

        await().atMost(PATIENCE).until(() -> published(outages) == published + 10);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(health(outages)).isEqualTo("UP"));
        int asked = provider.withoutId.size();
        goodOrders(outages, 5);
        assertThat(provider.withoutId).hasSize(asked);
    }

    @Test
    void a_provider_that_refuses_wrong_orders_and_takes_no_right_one_costs_no_order_while_others_come() throws Exception {
        goodOrders(outages, 5);
        int published = published(outages);
        provider.withoutId.clear();
        provider.withoutIdFail = 0;
        provider.ordersFail = 500;

        int[] sent = {0};
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1200)).until(() -> {
            outages.publish("comes-" + sent[0], Events.order("comes-" + sent[0]++));
            return sent[0] == 8;
        });
        assertThat(provider.withoutId).isNotEmpty();
        assertThat(outages.kafka.readAll(WireRig.DEAD)).isEmpty();
        provider.ordersFail = 0;

        await().atMost(PATIENCE).until(() -> published(outages) == published + 8);
        assertThat(outages.kafka.readAll(WireRig.DEAD)).isEmpty();
    }

    private static int published(WireRig rig) {
        return rig.kafka.readAll(WireRig.OUT).size();
    }

    private static void goodOrders(WireRig rig, int count) {
        String prefix = "good-" + System.nanoTime() + "-";
        IntStream.range(0, count).forEach(i -> rig.publish(prefix + i, Events.order(prefix + i)));
        await().atMost(PATIENCE).until(() -> rig.kafka.readAll(WireRig.OUT).stream().map(ReceivedRecord::key)
            .filter(key -> key.startsWith(prefix)).count() == count);
    }

    private static String health(WireRig rig) throws Exception {
        return JSON.readTree(rig.get("/observe/health")).path("status").asText();
    }
}
