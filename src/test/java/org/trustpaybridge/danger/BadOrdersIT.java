package org.trustpaybridge.danger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trustpaybridge.testkit.ProcessRig;
import org.trustpaybridge.testkit.RawServer;
import org.trustpaybridge.testkit.ReceivedRecord;

/** Orders that the provider never takes, among good ones, against the packaged program: they hold nobody, and are given up on time. */
@ExtendWith(SharedRig.class)
class BadOrdersIT {
    private static final Duration GIVE_UP = Duration.ofSeconds(8);
    /** From the last of its time on: a try, its call, and a machine that is busy with other things. */
    private static final Duration SLACK = Duration.ofSeconds(40);

    private static ProcessRig rig;

    @BeforeAll
    static void start(ProcessRig shared) {
        rig = shared;
    }

    @AfterEach
    void heal() {
        rig.faults("none");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void bad_orders_of_all_kinds_hold_nobody_and_are_given_up() {
        try (BadOrders scene = new BadOrders(rig, "kinds", 4, GIVE_UP, Map.of())) {
            scene.bad("500", 150);
            for (String fault : List.of("403-message", "1032", "timeout", "404", "bad-head", "reset", "html")) {
                scene.among(20, 10, fault, 5);
            }
            scene.among(30, 10, "none", 0);

            assertThat(scene.awaitGood(Duration.ofSeconds(30))).isLessThan(BadOrders.CALL.multipliedBy(2));
            scene.awaitDead(GIVE_UP.plus(SLACK));

            assertThat(scene.conditionsSeen()).contains("ORDERS_FAIL_ALONE").doesNotContain("ACCOUNT_FAULT", "WRONG_BASE_URL", "NO_ANSWER");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void answers_that_are_none_and_answers_too_many_concern_their_orders_alone() {
        try (OddAnswers provider = new OddAnswers();
             BadOrders scene = new BadOrders(rig, "odd", 4, GIVE_UP,
                 Map.of("MULTISAFEPAY_BASE_URL", provider.baseUri().toString(), "RETRY_UNCLEAR_ATTEMPTS", "3"))) {
            int number = 0;
            for (Map.Entry<String, RawServer.Script> answer : OddAnswers.all().entrySet()) {
                String id = "odd " + number++ + " a=\"b\" event=TPB0001 \u202e";
                provider.always(id, answer.getValue());
                scene.bad(id);
                scene.among(6, 10, "none", 0);
            }
            scene.among(30, 10, "none", 0);

            scene.awaitGood(Duration.ofSeconds(30));
            List<ReceivedRecord> letters = scene.awaitDead(GIVE_UP.plus(SLACK));

            assertThat(letters).extracting(letter -> letter.header("bridge-error-code").orElseThrow())
                .containsOnly("GAVE_UP", "PROVIDER_UNCLEAR");
            assertThat(rig.kafka().readAll(scene.topics().out())).allSatisfy(url -> assertThat(url.value())
                .contains("/connect/" + url.key()));
            assertThat(scene.conditionsSeen()).doesNotContain("OUTAGE", "ACCOUNT_FAULT", "WRONG_BASE_URL", "NO_ANSWER", "RECORDS_STUCK");
            assertThat(scene.bridge().process().standardOutput()).filteredOn(line -> line.contains("odd 0 ")).isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("order_id=\"odd 0 a=\\\"b\\\" event=TPB0001 \\u202e\""));
        }
    }

    @Test
    @Tag("chaos")
    @Timeout(200)
    void a_real_outage_ends_no_good_order_and_the_bad_ones_are_given_up_after_it() {
        try (BadOrders scene = new BadOrders(rig, "outage", 4, GIVE_UP, Map.of())) {
            scene.bad("500", 30);
            scene.among(50, 10, "none", 0);
            rig.faults("503=100%");
            scene.among(200, 10, "403-message", 20);
            assertThat(scene.dead()).allSatisfy(letter -> assertThat(letter.key()).startsWith("sim-"));
            scene.awaitCondition("OUTAGE", Duration.ofSeconds(5));

            rig.faults("none");
            scene.awaitGood(BadOrders.LONGEST_WAIT.plus(BadOrders.CALL).plus(Duration.ofSeconds(10)));
            scene.among(50, 10, "timeout", 5);
            scene.among(30, 10, "none", 0);
            scene.awaitGood(Duration.ofSeconds(30));
            scene.awaitDead(GIVE_UP.plus(SLACK));
        }
    }

    /** As in a shop at night; before somebody succeeds again, only what the provider has to refuse tells. */
    @Test
    @Tag("chaos")
    @Timeout(300)
    void behind_the_last_good_order_bad_ones_are_given_up_on_time_though_nobody_comes() {
        Duration giveUp = Duration.ofSeconds(20);
        Duration call = Duration.ofSeconds(30);
        try (BadOrders scene = new BadOrders(rig, "behind", 4, giveUp, Map.of("MULTISAFEPAY_RESPONSE_TIMEOUT", call.toSeconds() + "s"))) {
            scene.good(20);
            scene.awaitGood(Duration.ofSeconds(30));
            scene.bad("500", 4);
            scene.bad("403-message", 3);
            scene.bad("timeout", 3);

            // The time of all runs from when the last of them has failed for the first time.
            List<ReceivedRecord> letters = scene.awaitDead(call.plus(giveUp).plus(BadOrders.LONGEST_WAIT).plus(call).plus(SLACK));

            assertThat(letters).allSatisfy(letter -> assertThat(letter.header("bridge-error-code")).contains("GAVE_UP"));
            // As a condition it may last for a moment only: their time has run while the last ones hung.
            assertThat(scene.bridge().process().standardOutput()).anyMatch(line -> line.contains("TPB0212"))
                .anyMatch(line -> line.contains("TPB0207"));
            assertThat(scene.conditionsSeen()).doesNotContain("NO_ANSWER");
            scene.awaitCondition("FLOWING", Duration.ofSeconds(10));
        }
    }

    @ParameterizedTest
    @Tag("chaos")
    @Timeout(200)
    @CsvSource({"true", "false"})
    void posts_that_fail_while_key_and_gateway_are_good_end_no_order(boolean refusalsFailToo) {
        try (OddAnswers provider = new OddAnswers();
             BadOrders scene = new BadOrders(rig, refusalsFailToo ? "posts-fail" : "orders-fail", 4, GIVE_UP,
                 Map.of("MULTISAFEPAY_BASE_URL", provider.baseUri().toString()))) {
            scene.good(20);
            scene.awaitGood(Duration.ofSeconds(30));
            provider.allPostsFail = refusalsFailToo;
            provider.ordersFail = true;

            scene.among(refusalsFailToo ? 10 : 40, refusalsFailToo ? 10 : 1, "none", 0);
            Danger.waiting(Duration.ofSeconds(60)).until(() -> provider.withoutId.get() >= 8);
            assertThat(scene.dead()).isEmpty();
            assertThat(scene.conditionsSeen()).contains("OUTAGE");
            provider.ordersFail = false;
            provider.allPostsFail = false;

            scene.awaitGood(BadOrders.LONGEST_WAIT.plus(BadOrders.CALL).plus(Duration.ofSeconds(20)));
            scene.awaitCondition("FLOWING", Duration.ofSeconds(10));
            assertThat(scene.dead()).isEmpty();
        }
    }

    @ParameterizedTest
    @Tag("chaos")
    @Timeout(300)
    @CsvSource({"500,150,BEFORE,5,1,60", "500,1000,BEFORE,10,1,8", "403-message,1,AMONG,5,1,8", "403-message,10,AMONG,5,12,8",
        "403-message,1000,BEFORE,10,1,8",
        "1032,10,AMONG,10,1,8", "1032,130,BEFORE,10,12,8", "404,130,AMONG,10,1,8", "404,1000,AMONG,10,12,8", "1032,1000,AMONG,10,12,8",
        "timeout,10,AMONG,10,1,8", "timeout,130,BEFORE,10,12,8"})
    void so_many_bad_orders(String fault, int count, String place, int rate, int partitions, int giveUpSeconds) {
        String name = fault + "x" + count + place.toLowerCase(java.util.Locale.ROOT);
        try (BadOrders scene = new BadOrders(rig, name, partitions, Duration.ofSeconds(giveUpSeconds), Map.of())) {
            if (place.equals("BEFORE")) {
                scene.bad(fault, count);
            }
            scene.among(15 * rate, rate, fault, place.equals("AMONG") ? count : 0);
            scene.among(3 * rate, rate, "none", 0);

            assertThat(scene.awaitGood(Duration.ofSeconds(40))).isLessThan(BadOrders.CALL.multipliedBy(2));
            List<ReceivedRecord> letters = scene.awaitDead(Duration.ofSeconds(giveUpSeconds).plus(SLACK));

            assertThat(letters).allSatisfy(letter -> assertThat(letter.header("bridge-error-code")).contains("GAVE_UP"));
            assertThat(scene.latest(letters)).isLessThan(Duration.ofSeconds(giveUpSeconds).plus(SLACK));
            if (place.equals("AMONG")) {
                // Before the first success nobody can know better.
                assertThat(scene.conditionsSeen()).doesNotContain("OUTAGE", "ACCOUNT_FAULT", "WRONG_BASE_URL", "NO_ANSWER");
            }
        }
    }
}
