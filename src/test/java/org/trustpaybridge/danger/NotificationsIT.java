package org.trustpaybridge.danger;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.FreePorts;
import org.trustpaybridge.testkit.Notification;
import org.trustpaybridge.testkit.ProcessRig;
import org.trustpaybridge.testkit.ReceivedRecord;
import org.trustpaybridge.testkit.Topics;

/** Two instances get the same notifications, at once and again, and one of them is killed on the way. */
@ExtendWith(SharedRig.class)
@Tag("chaos")
class NotificationsIT {

    private static final Logger LOG = LoggerFactory.getLogger(NotificationsIT.class);
    private static final String KEY = "test-key";
    private static final String TOPIC = "status-of-two";
    private static final int ORDERS = 40;
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static ProcessRig rig;

    @BeforeAll
    static void start(ProcessRig shared) {
        rig = shared;
    }

    @AfterAll
    static void heal() {
        rig.closeBridges();
    }

    @Test
    void each_change_is_one_event_by_its_id_and_what_comes_again_is_none_though_one_instance_is_killed() throws Exception {
        // Given
        rig.broker().createTopic(TOPIC, 3);
        Topics topics = rig.topics("notified", 3);
        int one = FreePorts.one();
        int two = FreePorts.one();
        BridgeProcess first = rig.startBridge(topics, settings(one));
        BridgeProcess second = rig.startBridge(topics, settings(two));
        first.awaitReady();
        second.awaitReady();
        ready(one);
        ready(two);

        // When
        sendToBoth(0, one, two);
        first.process().kill();
        Map<String, Long> atOnce = counts();
        sendAgain(two);
        first = rig.startBridge(topics, settings(one)).awaitReady();
        ready(one);
        sendAgain(one);

        // Then
        assertThat(counts()).as("what comes again is no event").isEqualTo(atOnce);
        assertThat(atOnce.keySet().stream().filter(id -> id.startsWith("two-"))).hasSize(ORDERS);
        Map<String, List<String>> ids = rig.kafka().readAll(TOPIC).stream().collect(Collectors.groupingBy(ReceivedRecord::key,
            Collectors.mapping(each -> each.header("ce_id").orElseThrow(), Collectors.toList())));
        assertThat(ids).allSatisfy((order, all) -> {
            assertThat(all.stream().distinct()).as("one change has one id").hasSize(1);
            assertThat(all).as("each instance publishes it once at most").hasSizeLessThanOrEqualTo(2);
        });
        LOG.warn("Of {} changes that both instances heard of at the same moment, {} were published twice", ORDERS,
            ids.values().stream().filter(all -> all.size() > 1).count());
    }

    private static Map<String, String> settings(int port) {
        Map<String, String> settings = new HashMap<>();
        settings.put("NOTIFICATIONS_ENABLED", "true");
        settings.put("NOTIFICATIONS_PORT", Integer.toString(port));
        settings.put("TOPIC_PAYMENT_STATUS_CHANGED", TOPIC);
        return settings;
    }

    private static void ready(int port) {
        Danger.waiting(Duration.ofSeconds(30)).ignoreExceptions().until(() ->
            Notification.of(KEY, "ready", "initialized").sendTo(port).statusCode() == 200);
    }

    private static void sendToBoth(int from, int one, int two) {
        for (int order = from; order < ORDERS; order++) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int port : new int[] {one, two, one, two}) {
                answers.add(CLIENT.sendAsync(Notification.of(KEY, "two-" + order, "completed").to(
                    "http://127.0.0.1:" + port + "/notifications?transactionid=two&timestamp=1"), HttpResponse.BodyHandlers.ofString()));
            }
            answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        }
    }

    private static void sendAgain(int port) throws Exception {
        for (int order = 0; order < ORDERS; order++) {
            assertThat(Notification.of(KEY, "two-" + order, "completed").sendTo(port).statusCode()).isEqualTo(200);
            assertThat(Notification.of(KEY, "two-" + order, "initialized").sendTo(port).statusCode()).isEqualTo(200);
        }
    }

    private static Map<String, Long> counts() {
        return rig.kafka().readAll(TOPIC).stream().collect(Collectors.groupingBy(ReceivedRecord::key, Collectors.counting()));
    }
}
