package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trustpaybridge.testkit.HostileProvider;
import org.trustpaybridge.testkit.RawServer;
import org.trustpaybridge.testkit.RawServer.Talk;
import org.trustpaybridge.testkit.ReceivedRecord;

/** Answers that do not belong to the request they follow: no order gets another one's answer, and none is dead-lettered for it. */
class OutOfStepTest {

    private static final int ORDERS = 20;
    private static final String REFUSED = "{\"success\":false,\"data\":{},\"error_code\":1001,\"error_info\":\"Invalid amount\"}";
    private static final String USED_BEFORE = "{\"success\":false,\"data\":{},\"error_code\":1006,\"error_info\":\"Invalid transaction"
        + " ID\"}";
    private static final String SOMEBODY_ELSES = HostileProvider.created("somebody-elses");

    private static WireRig rig;
    private static RawServer server;
    private static volatile RawServer.Script script;
    private static final Map<String, AtomicInteger> POSTS = new ConcurrentHashMap<>();
    private static final AtomicInteger ANSWERS = new AtomicInteger();

    /** What the provider does wrong. */
    enum Fault {
        /** Every third answer is followed at once by another one. */
        SURPLUS_WITH_THE_ANSWER(talk -> each(talk, (request, answer) -> {
            talk.answer(200, answer);
            if (third()) {
                talk.answer(400, REFUSED);
            }
        })),
        /** The same, a moment later. */
        SURPLUS_BETWEEN_TWO_USES(talk -> each(talk, (request, answer) -> {
            talk.answer(200, answer);
            if (third()) {
                talk.pause(5).answer(200, USED_BEFORE);
            }
        })),
        /** When the next request comes in, something is said before its answer. */
        SURPLUS_JUST_BEFORE_THE_ANSWER(talk -> each(talk, (request, answer) -> {
            if (third()) {
                talk.answer(400, REFUSED);
            }
            talk.answer(200, answer);
        })),
        /** The same, while the answer takes its time. */
        SURPLUS_LONG_BEFORE_THE_ANSWER(talk -> each(talk, (request, answer) -> {
            if (third()) {
                talk.answer(404, USED_BEFORE);
            }
            talk.pause(40).answer(200, answer);
        })),
        /** The same with another order's payment URL. */
        SOMEBODY_ELSES_URL(talk -> each(talk, (request, answer) -> {
            if (third()) {
                talk.answer(200, SOMEBODY_ELSES);
            }
            talk.answer(200, answer);
        })),
        /** From the third answer of a connection on, each request gets the answer to the one before it. */
        ONE_BEHIND(talk -> {
            String late = null;
            for (int n = 0; ; n++) {
                RawServer.Request request = talk.request();
                String answer = created(request);
                talk.pause(5).answer(200, late == null || n < 3 ? answer : late);
                late = answer;
            }
        }),
        /** Each connection begins with an answer to nothing. */
        SPEAKS_FIRST(talk -> {
            if (third()) {
                talk.answer(400, REFUSED);
            }
            each(talk, (request, answer) -> talk.answer(200, answer));
        }),
        /** Two connections get each other's answers, now and then. */
        SWAPPED(talk -> each(talk, (request, answer) -> talk.answer(200, swapped(answer))));

        private final RawServer.Script does;

        Fault(RawServer.Script does) {
            this.does = does;
        }
    }

    private static final Queue<String> LEFT_BEHIND = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() throws Exception {
        server = RawServer.start(talk -> script.serve(talk));
        rig = new WireRig(Map.of("MULTISAFEPAY_BASE_URL", "http://127.0.0.1:" + server.port() + "/v1/json", "DELIVERY_CONCURRENCY", "2",
            "RETRY_UNCLEAR_ATTEMPTS", "5"));
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void every_order_gets_its_own_payment_url(Fault fault) {
        // Given
        script = fault.does;
        List<String> orders = IntStream.range(0, ORDERS).mapToObj(n -> "step-" + fault.ordinal() + "-" + n + "x").toList();

        // When
        orders.forEach(id -> rig.publish(id, Events.order(id)));

        // Then
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> keys(WireRig.OUT, orders) + keys(WireRig.DEAD, orders) >= ORDERS);
        assertThat(rig.kafka.readAll(WireRig.DEAD)).extracting(ReceivedRecord::key).doesNotContainAnyElementsOf(orders);
        assertThat(rig.kafka.readAll(WireRig.OUT)).filteredOn(record -> orders.contains(record.key())).hasSize(ORDERS)
            .allSatisfy(record -> assertThat(record.value()).contains("/connect/" + record.key() + "\""));
        assertThat(orders.stream().mapToInt(id -> POSTS.get(id).get()).sum()).as("POSTs").isLessThanOrEqualTo(2 * ORDERS);
    }

    @Test
    void an_order_that_always_gets_another_id_ends_as_unclear_after_the_attempts_for_that() {
        // Given
        script = talk -> each(talk, (request, answer) ->
            talk.answer(200, request.body().contains("renamed") ? SOMEBODY_ELSES : answer));
        List<String> orders = new ArrayList<>(List.of("before-it", "renamed", "after-it"));

        // When
        orders.forEach(id -> rig.publish(id, Events.order(id)));

        // Then
        ReceivedRecord letter = rig.kafka.awaitRecord(WireRig.DEAD, "renamed");
        assertThat(letter.header("bridge-error-code")).contains("PROVIDER_UNCLEAR");
        assertThat(letter.header("bridge-attempts")).contains("5");
        rig.kafka.awaitRecord(WireRig.OUT, "before-it");
        rig.kafka.awaitRecord(WireRig.OUT, "after-it");
    }

    private static long keys(String topic, List<String> orders) {
        return rig.kafka.readAll(topic).stream().filter(record -> orders.contains(record.key())).count();
    }

    @FunctionalInterface
    private interface Answering {
        void to(RawServer.Request request, String answer) throws IOException;
    }

    private static void each(Talk talk, Answering answering) throws IOException {
        while (true) {
            RawServer.Request request = talk.request();
            answering.to(request, created(request));
        }
    }

    private static String created(RawServer.Request request) {
        String id = HostileProvider.orderId(request);
        POSTS.computeIfAbsent(id, key -> new AtomicInteger()).incrementAndGet();
        return HostileProvider.created(id);
    }

    private static boolean third() {
        return ANSWERS.incrementAndGet() % 3 == 0;
    }

    /** Every fourth answer waits for another connection to take it, and that one leaves its own. */
    private static String swapped(String answer) {
        String other = LEFT_BEHIND.poll();
        if (other != null) {
            return other;
        }
        if (ANSWERS.incrementAndGet() % 4 == 0) {
            LEFT_BEHIND.add(answer);
            return SOMEBODY_ELSES;
        }
        return answer;
    }
}
