package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.management.ObjectName;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trustpaybridge.simulator.FaultPlan;
import org.trustpaybridge.testkit.ReceivedRecord;

/** Repeats, outages, account faults and stuck orders, on a real broker with a provider that can be made to fail. */
class DeliveryOverTheWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static WireRig rig;

    @BeforeAll
    static void start() throws Exception {
        rig = new WireRig(Map.of("RETRY_GIVE_UP_AFTER", "2s", "RETRY_MAX_DELAY", "400ms"));
        rig.publish("warm-up", Events.order("warm-up"));
        rig.kafka.awaitRecord(WireRig.OUT, "warm-up");
    }

    @AfterEach
    void heal() {
        rig.simulator.faults(FaultPlan.NONE);
        await().atMost(PATIENCE).until(() -> Integer.valueOf(0).equals(jmx("InFlight")) && rig.get("/observe/health").contains("\"UP\""));
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
    }

    @Test
    void an_order_that_comes_twice_is_posted_and_published_once() {
        rig.publish("twice", Events.order("twice"));
        rig.publish("twice", Events.order("twice"));
        rig.publish("after-twice", Events.order("after-twice"));

        rig.kafka.awaitRecord(WireRig.OUT, "after-twice");
        awaitNothingInFlight();

        assertThat(rig.simulator.orderPosts("twice")).isEqualTo(1);
        assertThat(published("twice")).hasSize(1);
        assertThat(dead("twice")).isEmpty();
    }

    @Test
    void a_repeat_with_another_amount_becomes_a_dead_letter_that_says_what_was_published() throws Exception {
        rig.publish("dearer", Events.order("dearer", 1000));
        rig.kafka.awaitRecord(WireRig.OUT, "dearer");

        rig.publish("dearer", Events.order("dearer", 2000));

        ReceivedRecord letter = rig.kafka.awaitRecord(WireRig.DEAD, "dearer");
        assertThat(letter.header("bridge-error-code")).contains("ORDER_EXISTS");
        JsonNode existing = JSON.readTree(letter.header("bridge-error-detail").orElseThrow()).path("existing_order");
        assertThat(existing.path("amount").longValue()).isEqualTo(1000);
        assertThat(existing.path("currency").textValue()).isEqualTo("CZK");
        assertThat(existing.path("known_from").textValue()).isEqualTo("payment-url-created");
        assertThat(rig.simulator.orderPosts("dearer")).isEqualTo(1);
    }

    @Test
    void an_order_id_that_the_provider_knows_as_paid_is_looked_up() throws Exception {
        rig.publish("sim-1006-paid", Events.order("sim-1006-paid"));

        ReceivedRecord letter = rig.kafka.awaitRecord(WireRig.DEAD, "sim-1006-paid");
        JsonNode detail = JSON.readTree(letter.header("bridge-error-detail").orElseThrow());
        assertThat(detail.path("existing_order").path("known_from").textValue()).isEqualTo("provider");
        assertThat(detail.path("provider_error_code").intValue()).isEqualTo(1006);
        assertThat(detail.path("existing_order").path("look_up").path("result").textValue()).isNotBlank();
        assertThat(letter.header("__connect.errors.exception.message"))
            .hasValueSatisfying(text -> assertThat(text).contains("order id was used"));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void an_id_that_would_be_another_place_in_the_address_is_not_looked_up(String id) throws Exception {
        rig.simulator.faults(FaultPlan.parse("1006=100%"));
        rig.publish(id, Events.order(id));

        ReceivedRecord letter = rig.kafka.awaitRecord(WireRig.DEAD, id);
        rig.simulator.faults(FaultPlan.NONE);
        JsonNode detail = JSON.readTree(letter.header("bridge-error-detail").orElseThrow());
        assertThat(detail.path("existing_order").path("look_up")).isEqualTo(JSON.readTree("{\"result\":\"not-made\"}"));
        assertThat(detail.path("provider_error_code").intValue()).isEqualTo(1006);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "no-url       | NO_PAYMENT_URL  | data.payment_url is missing",
        "relative-url | BAD_PAYMENT_URL | without a scheme",
        "http-url     | BAD_PAYMENT_URL | scheme http, host",
        "other-order  | OTHER_ORDER     | data.order_id is"})
    void an_unclear_answer_is_told_with_its_reason_and_its_shape(String fault, String reason, String seen) throws Exception {
        String id = "unclear-" + fault;
        rig.simulator.faults(FaultPlan.parse(fault + "=100%"));
        rig.publish(id, Events.order(id));

        ReceivedRecord letter = rig.kafka.awaitRecord(WireRig.DEAD, id);
        rig.simulator.faults(FaultPlan.NONE);
        JsonNode detail = JSON.readTree(letter.header("bridge-error-detail").orElseThrow());
        assertThat(detail.path("reason").textValue()).isEqualTo(reason);
        assertThat(detail.path("seen").textValue()).contains(seen).doesNotContain("/connect/");
    }

    @Test
    void in_an_outage_no_order_is_dead_lettered_and_all_go_on_by_themselves() throws Exception {
        rig.simulator.faults(FaultPlan.parse("503=100%"));
        List<String> ids = IntStream.range(0, 300).mapToObj(i -> "outage-" + i).toList();
        ids.forEach(id -> rig.publish(id, Events.order(id)));
        await().atMost(PATIENCE).until(() -> "OUTAGE".equals(jmx("ProviderState")));
        assertThat(rig.get("/observe/health/ready")).contains("DOWN").contains("answers nobody");
        long before = rig.simulator.requests();
        await().pollDelay(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(3)).until(() -> true);
        assertThat(rig.simulator.requests() - before).as("calls in two seconds of outage, one each 100 ms at most").isLessThan(30);

        rig.simulator.faults(FaultPlan.NONE);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(published("outage-")).hasSize(300));
        assertThat(dead("outage-")).isEmpty();
        assertThat(rig.get("/observe/health/ready")).contains("UP");
    }

    @Test
    void with_an_account_fault_one_call_at_a_time_probes_and_health_says_why() throws Exception {
        rig.simulator.faults(FaultPlan.parse("401=100%"));
        List<String> ids = IntStream.range(0, 50).mapToObj(i -> "account-" + i).toList();
        ids.forEach(id -> rig.publish(id, Events.order(id)));
        await().atMost(PATIENCE).until(() -> "ACCOUNT_FAULT".equals(jmx("ProviderState")));
        assertThat(rig.get("/observe/health/ready")).contains("DOWN").contains("refuses this account").contains("1032");

        rig.simulator.faults(FaultPlan.NONE);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(published("account-")).hasSize(50));
        assertThat(dead("account-")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"404", "405", "301"})
    void an_address_that_is_not_the_api_is_told_as_that_and_not_as_a_refused_account(String fault) throws Exception {
        rig.simulator.faults(FaultPlan.parse(fault + "=100%"));
        String id = "elsewhere-" + fault;
        rig.publish(id, Events.order(id));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(rig.get("/observe/health/ready")).contains("DOWN")
            .contains("What answers at multisafepay.base-url is not MultiSafepay's API", "HTTP " + fault)
                .doesNotContain("refuses this account"));

        rig.simulator.faults(FaultPlan.NONE);

        rig.kafka.awaitRecord(WireRig.OUT, id);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(rig.get("/observe/health/ready")).contains("UP"));
    }

    @Test
    void one_order_that_alone_keeps_failing_holds_only_itself_and_is_given_up() {
        rig.publish("sim-500-stuck", Events.order("sim-500-stuck"));
        int sent = 0;
        while (dead("sim-500-stuck").isEmpty() && sent < 200) {
            String id = "passes-" + sent++;
            rig.publish(id, Events.order(id));
            rig.kafka.awaitRecord(WireRig.OUT, id);
        }

        assertThat(dead("sim-500-stuck")).singleElement().satisfies(letter ->
            assertThat(letter.header("bridge-error-code")).contains("GAVE_UP"));
        assertThat(rig.simulator.orderPosts("sim-500-stuck")).isGreaterThan(3);
    }

    @Test
    void consumption_is_paused_and_resumed_through_jmx() throws Exception {
        invoke("pauseConsumption");
        await().until(() -> Boolean.TRUE.equals(jmx("ConsumptionPaused")));
        await().pollDelay(Duration.ofMillis(300)).until(() -> true);
        rig.publish("paused", Events.order("paused"));
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        assertThat(published("paused")).isEmpty();

        invoke("resumeConsumption");

        rig.kafka.awaitRecord(WireRig.OUT, "paused");
    }

    @Test
    void after_a_broker_outage_orders_flow_again() {
        rig.broker.stop();
        await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
        rig.broker.start();

        rig.publish("after-outage", Events.order("after-outage"));

        rig.kafka.awaitRecord(WireRig.OUT, "after-outage");
        assertThat(rig.simulator.orderPosts("after-outage")).isEqualTo(1);
    }

    private static List<ReceivedRecord> published(String prefix) {
        return rig.kafka.readAll(WireRig.OUT).stream().filter(each -> each.key().startsWith(prefix)).toList();
    }

    private static List<ReceivedRecord> dead(String prefix) {
        return rig.kafka.readAll(WireRig.DEAD).stream().filter(each -> each.key().startsWith(prefix)).toList();
    }

    private static void awaitNothingInFlight() {
        await().atMost(PATIENCE).until(() -> Integer.valueOf(0).equals(jmx("InFlight")));
    }

    private static Object jmx(String attribute) throws Exception {
        return ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName("org.trustpaybridge:type=Bridge"), attribute);
    }

    private static void invoke(String operation) throws Exception {
        ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName("org.trustpaybridge:type=Bridge"), operation, null, null);
    }
}
