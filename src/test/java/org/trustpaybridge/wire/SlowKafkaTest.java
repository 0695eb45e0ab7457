package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.testkit.BrokerSettings;
import org.trustpaybridge.testkit.FreePorts;
import org.trustpaybridge.testkit.ReceivedRecord;
import org.trustpaybridge.testkit.SlowAcknowledgements;

/** A broker that acknowledges late, and one that holds producers back by a quota. */
class SlowKafkaTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        ((Logger) LoggerFactory.getLogger("org.trustpaybridge")).addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        ((Logger) LoggerFactory.getLogger("org.trustpaybridge")).detachAppender(log);
    }

    @Test
    void with_a_longer_publish_timeout_acknowledgements_that_come_five_seconds_late_are_waited_for() throws Exception {
        slowly(Map.of("PUBLISH_TIMEOUT", "20s"), rig -> {
            List<String> ids = publishOrders(rig, "slow-", 40);

            assertPublishedOnce(rig, ids);
            assertThat(troubles()).isEmpty();
        });
    }

    @Test
    void with_the_default_they_are_looked_for_and_no_order_is_published_or_posted_twice_and_the_log_says_what_to_raise() throws Exception {
        slowly(Map.of(), rig -> {
            List<String> ids = publishOrders(rig, "slow-", 4);

            assertPublishedOnce(rig, ids);
            assertThat(troubles()).isNotEmpty().noneMatch(line -> line.contains("TPB0107")).anyMatch(line -> line.contains("TPB0704"));
        });
    }

    @Test
    void with_a_longer_publish_timeout_a_quota_of_a_thousand_bytes_a_second_only_takes_its_time() throws Exception {
        try (WireRig rig = new WireRig(Map.of("PUBLISH_TIMEOUT", "60s"))) {
            limit(rig, "60s");
            quota(rig);

            List<String> ids = new ArrayList<>();
            for (String wave : List.of("first-", "second-", "third-")) {
                ids.addAll(publishOrders(rig, wave, 8));
                await().atMost(PATIENCE).until(() -> rig.simulator.orderPosts(ids.get(ids.size() - 1)) == 1);
            }

            assertPublishedOnce(rig, ids);
            assertThat(troubles()).isEmpty();
        }
    }

    private interface Scene {
        void play(WireRig rig) throws Exception;
    }

    private static void slowly(Map<String, String> overrides, Scene scene) throws Exception {
        List<Integer> ports = FreePorts.pick(2);
        Map<String, String> settings = new HashMap<>(overrides);
        settings.put("KAFKA_BROKERS", "127.0.0.1:" + ports.get(0));
        try (SlowAcknowledgements slow = SlowAcknowledgements.on(ports.get(0), ports.get(1));
             WireRig rig = new WireRig(SlowAcknowledgements.behind(BrokerSettings.defaults(), ports.get(1), ports.get(0)), settings)) {
            limit(rig, overrides.getOrDefault("PUBLISH_TIMEOUT", "4s"));
            slow.delay(Duration.ofSeconds(5));
            scene.play(rig);
            slow.delay(Duration.ZERO);
        }
    }

    /** As the documentation asks for it. */
    private static void limit(WireRig rig, String publishTimeout) {
        rig.broker.configure(WireRig.OUT, Map.of("message.timestamp.before.max.ms", publishTimeout.replace("s", "000")));
    }

    /** For the bridge's clients as for all others that name themselves. */
    private static void quota(WireRig rig) throws Exception {
        try (Admin admin = rig.broker.admin()) {
            Map<String, String> everybody = new HashMap<>();
            everybody.put(ClientQuotaEntity.CLIENT_ID, null);
            admin.alterClientQuotas(List.of(new ClientQuotaAlteration(new ClientQuotaEntity(everybody),
                List.of(new ClientQuotaAlteration.Op("producer_byte_rate", 1000.0))))).all().get();
        }
    }

    private static List<String> publishOrders(WireRig rig, String prefix, int count) {
        List<String> ids = IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
        ids.forEach(id -> rig.kafka.publishSoon(WireRig.IN, bytes(id), bytes(Events.order(id))));
        return ids;
    }

    private static void assertPublishedOnce(WireRig rig, List<String> ids) {
        await().atMost(PATIENCE).until(() -> rig.kafka.lag(WireRig.GROUP, WireRig.IN) == 0);
        List<ReceivedRecord> published = rig.kafka.readAll(WireRig.OUT);
        Map<String, Set<String>> values = published.stream()
            .collect(Collectors.groupingBy(ReceivedRecord::key, Collectors.mapping(ReceivedRecord::value, Collectors.toSet())));
        assertThat(values.values()).as("different URLs of an order").allMatch(each -> each.size() == 1);
        assertThat(published).extracting(ReceivedRecord::key).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(ids).allSatisfy(id -> assertThat(rig.simulator.orderPosts(id)).as("POSTs of %s", id).isEqualTo(1));
        assertThat(rig.kafka.readAll(WireRig.DEAD)).isEmpty();
    }

    private List<String> troubles() {
        return List.copyOf(log.list).stream().map(event -> event.getKeyValuePairs() + " " + event.getFormattedMessage())
            .filter(line -> line.matches(".*TPB(0107|0110|07).*")).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
