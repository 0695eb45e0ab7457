package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.testkit.TransactionalPublisher;

/** A shop that publishes in transactions: only what it committed becomes payments, and nothing is left over that would look like work. */
class TransactionalShopTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static WireRig rig;
    private TransactionalPublisher shop;

    @BeforeAll
    static void start() throws Exception {
        rig = new WireRig(Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
    }

    @BeforeEach
    void open() {
        shop = new TransactionalPublisher(rig.broker.bootstrapServers(), "shop");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void an_aborted_order_is_never_posted_and_the_committed_ones_around_it_are() {
        shop.begin().publish(WireRig.IN, 0, "t-before", Events.order("t-before")).commit();
        shop.begin().publish(WireRig.IN, 0, "t-aborted", Events.order("t-aborted")).abort();

        shop.begin().publish(WireRig.IN, 0, "t-after", Events.order("t-after")).commit();

        rig.kafka.awaitRecord(WireRig.OUT, "t-before");
        rig.kafka.awaitRecord(WireRig.OUT, "t-after");
        assertThat(rig.simulator.orderPosts("t-aborted")).isZero();
        awaitNothingLeft();
    }

    @Test
    void a_transaction_that_is_aborted_last_leaves_no_lag() {
        shop.begin().publish(WireRig.IN, 1, "t-first", Events.order("t-first")).commit();
        rig.kafka.awaitRecord(WireRig.OUT, "t-first");

        shop.begin().publish(WireRig.IN, 1, "t-last", Events.order("t-last")).abort();

        awaitNothingLeft();
        assertThat(rig.simulator.orderPosts("t-last")).isZero();
    }

    @Test
    void a_partition_with_nothing_but_aborted_orders_has_no_lag_also_after_a_restart() {
        shop.begin().publish(WireRig.IN, 2, "t-only", Events.order("t-only")).abort();
        awaitNothingLeft();

        rig.restartBridge();

        awaitNothingLeft();
        shop.begin().publish(WireRig.IN, 2, "t-second", Events.order("t-second")).abort();
        awaitNothingLeft();
        assertThat(rig.simulator.orderPosts("t-only") + rig.simulator.orderPosts("t-second")).isZero();
    }

    @Test
    void what_was_aborted_while_the_bridge_was_away_leaves_no_lag() {
        rig.stopBridge();
        shop.begin().publish(WireRig.IN, 0, "t-away", Events.order("t-away")).abort();

        rig.startBridge();

        awaitNothingLeft();
        assertThat(rig.simulator.orderPosts("t-away")).isZero();
    }

    @Test
    void an_order_behind_an_open_transaction_waits_for_its_end_and_is_shown_as_held() {
        // Given
        shop.begin().publish(WireRig.IN, 1, "t-open", Events.order("t-open"));
        rig.kafka.publishTo(WireRig.IN, 1, "t-behind", Events.order("t-behind"));
        await().atMost(PATIENCE).until(() -> held() == 2);
        assertThat(rig.simulator.orderPosts("t-open") + rig.simulator.orderPosts("t-behind")).isZero();
        shop.die();

        // When
        shop.comeBack();

        // Then
        rig.kafka.awaitRecord(WireRig.OUT, "t-behind");
        assertThat(rig.simulator.orderPosts("t-open")).isZero();
        await().atMost(PATIENCE).until(() -> held() == 0);
        awaitNothingLeft();
    }

    private static double held() throws Exception {
        return Scrape.of(rig.get("/observe/metrics")).sum("trustpay_bridge_partition_held_records");
    }

    /** In Kafka's own view, in the metric and on the page, and the commit is the end, never beyond it. */
    private static void awaitNothingLeft() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).untilAsserted(() -> {
            Map<TopicPartition, Long> ends = rig.kafka.endOffsets(WireRig.IN);
            rig.kafka.committedOffsets(WireRig.GROUP).forEach((partition, committed) ->
                assertThat(committed.offset()).as(partition.toString()).isEqualTo(ends.get(partition)));
            assertThat(rig.kafka.lag(WireRig.GROUP, WireRig.IN)).isZero();
            Scrape scrape = Scrape.of(rig.get("/observe/metrics"));
            assertThat(scrape.named("trustpay_bridge_partition_lag_records")).hasSize(3)
                .allSatisfy(lag -> assertThat(lag.value()).isZero());
            JsonNode page = JSON.readTree(rig.get("/status"));
            assertThat(page.at("/orders/in_kafka").asInt(-1)).isZero();
            page.at("/partitions/shown").forEach(row -> assertThat(row.path("lag").asInt(-1)).as(row.toString()).isZero());
        });
    }
}
