package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trustpaybridge.testkit.ReceivedRecord;

/** What a bridge knows after it starts anew, and after Camel itself stops or suspends its routes. */
class RestartTest {

    private WireRig rig;

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void a_bridge_that_starts_reads_the_ledger_before_it_posts() throws Exception {
        rig = new WireRig(Map.of());
        rig.publish("known", Events.order("known"));
        rig.kafka.awaitRecord(WireRig.OUT, "known");
        rig.kafka.publish(WireRig.OUT, "garbage", "no event");
        rig.kafka.publish(WireRig.OUT, "no-value".getBytes(StandardCharsets.UTF_8), null);
        rig.restartBridge();

        rig.publish("known", Events.order("known"));
        rig.publish("garbage", Events.order("garbage"));

        rig.kafka.awaitRecord(WireRig.OUT, each -> "garbage".equals(each.key()) && each.value().contains("payment_url"),
            Duration.ofSeconds(30));
        await().untilAsserted(() -> assertThat(jmx("InFlight")).isEqualTo(0));
        assertThat(rig.simulator.orderPosts("known")).isEqualTo(1);
        assertThat(rig.simulator.orderPosts("garbage")).as("an event of others is no proof of a payment URL").isEqualTo(1);
    }

    @Test
    void orders_wait_while_the_ledger_cannot_be_read() throws Exception {
        rig = new WireRig(Map.of("TOPIC_PAYMENT_URL_CREATED", "not-there-yet"));
        rig.publish("early", Events.order("early"));
        await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
        assertThat(rig.simulator.orderPosts("early")).isZero();
        assertThat(rig.get("/observe/health/ready")).contains("DOWN").contains("ledger");

        rig.broker.createTopic("not-there-yet", 1, Map.of());

        rig.kafka.awaitRecord("not-there-yet", "early");
    }

    @Test
    void a_route_that_is_suspended_and_resumed_through_jmx_neither_loses_nor_doubles_an_order() throws Exception {
        rig = new WireRig(Map.of());
        rig.publish("before", Events.order("before"));
        rig.kafka.awaitRecord(WireRig.OUT, "before");
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName consumer = server.queryNames(
            new ObjectName("org.apache.camel:context=trustpay-bridge,type=consumers,name=KafkaConsumer*"), null)
            .iterator().next();
        server.invoke(consumer, "suspend", null, null);
        await().until(() -> (Boolean) server.getAttribute(consumer, "KafkaPaused"));
        rig.publish("during", Events.order("during"));
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        assertThat(rig.simulator.orderPosts("during")).isZero();

        server.invoke(consumer, "resume", null, null);

        rig.kafka.awaitRecord(WireRig.OUT, "during");
        assertThat(rig.simulator.orderPosts("before")).isEqualTo(1);
        assertThat(rig.simulator.orderPosts("during")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"routes, order-created, suspend, resume", "routes, order-created, stop, start",
        "consumers, KafkaConsumer*, suspend, resume"})
    void orders_that_nobody_fetches_because_somebody_halted_the_route_are_told_until_it_goes_on(String type, String name, String halt,
        String go)
        throws Exception {
        rig = new WireRig(Map.of());
        rig.publish("before", Events.order("before"));
        rig.kafka.awaitRecord(WireRig.OUT, "before");
        await().until(() -> rig.get("/observe/health/ready").contains("\"orders\",\"status\":\"UP\""));
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName halted = server.queryNames(new ObjectName("org.apache.camel:context=trustpay-bridge,type=" + type + ",*"), null).stream()
            .filter(each -> each.getKeyProperty("name").replace("\"", "").startsWith(name.replace("*", ""))).findFirst().orElseThrow();

        server.invoke(halted, halt, null, null);

        await().untilAsserted(() -> assertThat(rig.get("/observe/health/ready"))
            .contains("\"orders\",\"status\":\"DOWN\"", "order-created is",
            "somebody did that through JMX"));
        assertThat(rig.get("/status")).contains("NOT_FETCHING").doesNotContain("FLOWING\"", "STANDING_BY");
        assertThat(rig.get("/observe/metrics")).contains("trustpay_bridge_condition{condition=\"NOT_FETCHING\"} 1.0");
        server.invoke(halted, go, null, null);
        await().untilAsserted(() -> assertThat(rig.get("/observe/health/ready")).contains("\"orders\",\"status\":\"UP\""));
        rig.publish("after", Events.order("after"));
        rig.kafka.awaitRecord(WireRig.OUT, "after");
    }

    @Test
    void a_route_that_is_stopped_and_started_through_jmx_under_load_neither_loses_nor_doubles_an_order() throws Exception {
        rig = new WireRig(Map.of());
        rig.publish("warm-up", Events.order("warm-up"));
        rig.kafka.awaitRecord(WireRig.OUT, "warm-up");
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName route = new ObjectName("org.apache.camel:context=trustpay-bridge,type=routes,name=\"order-created\"");
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 100; i++) {
                String id = "load-" + round + "-" + i;
                rig.kafka.publishSoon(WireRig.IN, id.getBytes(StandardCharsets.UTF_8), Events.order(id).getBytes(StandardCharsets.UTF_8));
            }
            long before = rig.simulator.requests();
            await().until(() -> rig.simulator.requests() > before);

            server.invoke(route, "stop", null, null);
            server.invoke(route, "start", null, null);
        }

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() ->
            assertThat(rig.kafka.readAll(WireRig.OUT)).extracting(ReceivedRecord::key).hasSize(501).doesNotHaveDuplicates());
        await().untilAsserted(() -> assertThat(jmx("InFlight")).isEqualTo(0));
        assertThat(rig.kafka.readAll(WireRig.DEAD)).isEmpty();
    }

    @Test
    void a_dead_letter_that_cannot_be_written_is_held_and_written_when_it_can_be() throws Exception {
        rig = new WireRig(Map.of("TOPIC_DEAD_LETTER", "dead-later"));
        rig.publish("poison", "no order");
        rig.publish("good", Events.order("good"));
        rig.kafka.awaitRecord(WireRig.OUT, "good");
        assertThat(jmx("InFlight")).isEqualTo(1);

        rig.broker.createTopic("dead-later", 1, Map.of());

        assertThat(rig.kafka.awaitRecord("dead-later", each -> true, Duration.ofSeconds(90)).value()).isEqualTo("no order");
    }

    @Test
    void a_record_as_large_as_the_broker_takes_fits_with_its_error_headers() throws Exception {
        rig = new WireRig(Map.of());
        StringBuilder text = new StringBuilder("{\"order_id\":\"large\",\"note\":\"");
        Random random = new Random(1);
        while (text.length() < 1_048_400) {
            text.append((char) ('a' + random.nextInt(26)));
        }

        rig.publish("large", text.append("\"}").toString());

        ReceivedRecord letter = rig.kafka.awaitRecord(WireRig.DEAD, "large");
        assertThat(letter.value()).isEqualTo(text.toString());
        assertThat(letter.header("bridge-error-code")).contains("INVALID_EVENT");
    }

    private static Object jmx(String attribute) throws Exception {
        return ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName("org.trustpaybridge:type=Bridge"), attribute);
    }
}
