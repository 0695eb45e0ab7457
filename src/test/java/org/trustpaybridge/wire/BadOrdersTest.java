package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.simulator.FaultPlan;
import org.trustpaybridge.testkit.ReceivedRecord;

/**
 * Orders that the provider never takes, among others, on a real broker; what nobody can take is in virtual time in the package delivery.
 */
class BadOrdersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static WireRig rig;

    @BeforeAll
    static void start() throws Exception {
        rig = new WireRig(Map.of("RETRY_GIVE_UP_AFTER", "7s", "RETRY_MAX_DELAY", "2s"));
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
    }

    @Test
    void a_hundred_and_fifty_bad_orders_in_front_hold_no_good_one_and_are_all_given_up_on_time_though_nobody_comes_after_them() {
        List<String> bad = IntStream.range(0, 150).mapToObj(i -> "sim-500-front-" + i).toList();
        List<String> good = IntStream.range(0, 100).mapToObj(i -> "behind-" + i).toList();
        bad.forEach(id -> rig.publish(id, Events.order(id)));

        good.forEach(id -> rig.publish(id, Events.order(id)));

        await().atMost(Duration.ofSeconds(8)).until(() -> published("behind-").size() == 100);
        await().atMost(Duration.ofSeconds(30)).until(() -> dead("sim-500-front-").size() == 150);
        assertThat(dead("sim-500-front-")).allSatisfy(letter -> assertThat(letter.header("bridge-error-code")).contains("GAVE_UP"));
        assertThat(dead("behind-")).isEmpty();
    }

    @Test
    void orders_that_a_firewall_refuses_hold_nobody_and_become_dead_letters_that_say_so() throws Exception {
        List<String> states = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String id = i % 4 == 0 ? "sim-403-message-" + i : "beside-" + i;
            rig.publish(id, Events.order(id));
            if (i % 4 != 0) {
                rig.kafka.awaitRecord(WireRig.OUT, id);
            }
            states.add(health().path("status").asText());
        }

        assertThat(states).containsOnly("UP");
        await().atMost(PATIENCE).until(() -> dead("sim-403-message-").size() == 10);
        assertThat(dead("sim-403-message-")).allSatisfy(letter -> {
            assertThat(letter.header("bridge-error-code")).contains("GAVE_UP");
            assertThat(letter.header("__connect.errors.exception.message")).hasValueSatisfying(text ->
                assertThat(text).contains("HTTP 403", "this order alone"));
        });
    }

    @Test
    void many_orders_that_fail_alone_are_told_in_health_and_metrics_until_they_are_given_up() throws Exception {
        for (int i = 0; i < 8; i++) {
            rig.publish("sim-1032-alone-" + i, Events.order("sim-1032-alone-" + i));
        }
        int[] sent = {0};
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            rig.publish("others-" + sent[0], Events.order("others-" + sent[0]++));
            assertThat(health().path("status").asText()).isEqualTo("DOWN");
        });

        assertThat(rig.get("/observe/health")).contains("8 orders keep failing while others succeed", "HTTP 401, error 1032",
            "order-created-");
        assertThat(rig.get("/observe/metrics")).contains("trustpay_bridge_failing_alone_orders 8.0",
            "trustpay_bridge_condition{condition=\"ORDERS_FAIL_ALONE\"} 1.0", "trustpay_bridge_condition{condition=\"ACCOUNT_FAULT\"} 0.0");
        await().atMost(PATIENCE).until(() -> dead("sim-1032-alone-").size() == 8);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(health().path("status").asText()).isEqualTo("UP"));
        assertThat(rig.get("/observe/metrics")).contains("trustpay_bridge_failing_alone_orders 0.0");
        assertThat(published("others-")).hasSize(sent[0]);
    }

    @Test
    void two_orders_that_nobody_takes_are_an_outage_since_the_first_of_them() throws Exception {
        try (WireRig quiet = new WireRig(Map.of("RETRY_MAX_DELAY", "2s"))) {
            quiet.simulator.faults(FaultPlan.parse("500=100%"));

            quiet.publish("one", Events.order("one"));
            quiet.publish("two", Events.order("two"));

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(quiet.get("/observe/health")).contains("The provider answers nobody",
                "HTTP 500", "Nothing has succeeded since the start", "2 orders wait here, 0 more in Kafka.", "Since 20"));
            JsonNode condition = JSON.readTree(quiet.get("/status")).at("/conditions/0");
            assertThat(condition.path("name").asText()).isEqualTo("OUTAGE");
            long sinceTheSecond = Duration.between(Instant.parse(condition.path("since").asText()), Instant.now()).toMillis();
            assertThat(sinceTheSecond).as("when it began, not when it was noticed").isGreaterThan(4500);
            quiet.simulator.faults(FaultPlan.NONE);
            quiet.kafka.awaitRecord(WireRig.OUT, "one");
            quiet.kafka.awaitRecord(WireRig.OUT, "two");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(quiet.get("/observe/health")).contains("\"UP\""));
        }
    }

    @Test
    void whatever_becomes_of_the_question_about_the_account_a_forbidden_order_holds_nobody() throws Exception {
        try (Firewall firewall = new Firewall();
             WireRig behind = new WireRig(Map.of("MULTISAFEPAY_BASE_URL", firewall.baseUrl(), "RETRY_MAX_DELAY", "2s"))) {
            behind.publish("good", Events.order("good"));
            behind.kafka.awaitRecord(WireRig.OUT, "good");
            for (Firewall.Question question : Firewall.Question.values()) {
                int before = firewall.questions.get();
                firewall.question = question;
                behind.publish("forbidden-" + question, Events.order("forbidden-" + question));
                await().atMost(PATIENCE).until(() -> firewall.questions.get() > before);

                for (int i = 0; i < 10; i++) {
                    long sent = System.nanoTime();
                    behind.publish(question + "-" + i, Events.order(question + "-" + i));
                    behind.kafka.awaitRecord(WireRig.OUT, question + "-" + i);
                    assertThat(Duration.ofNanos(System.nanoTime() - sent)).as("%s %d", question, i).isLessThan(Duration.ofSeconds(2));
                }

                assertThat(behind.kafka.awaitRecord(WireRig.DEAD, "forbidden-" + question).header("bridge-error-code")).contains("GAVE_UP");
                assertThat(JSON.readTree(behind.get("/observe/health")).path("status").asText()).isEqualTo("UP");
            }
        }
    }

    private static JsonNode health() throws Exception {
        return JSON.readTree(rig.get("/observe/health"));
    }

    private static List<ReceivedRecord> published(String prefix) {
        return rig.kafka.readAll(WireRig.OUT).stream().filter(each -> each.key().startsWith(prefix)).toList();
    }

    private static List<ReceivedRecord> dead(String prefix) {
        return rig.kafka.readAll(WireRig.DEAD).stream().filter(each -> each.key().startsWith(prefix)).toList();
    }
}
