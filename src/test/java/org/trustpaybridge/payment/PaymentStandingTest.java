package org.trustpaybridge.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trustpaybridge.payment.PaymentStanding.News.CHANGE;
import static org.trustpaybridge.payment.PaymentStanding.News.OVERTAKEN;
import static org.trustpaybridge.payment.PaymentStanding.News.REPEAT;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.payment.PaymentStanding.Reported;

class PaymentStandingTest {

    private static final Instant AT = Instant.ofEpochSecond(1_700_000_000);

    @Test
    void the_first_thing_that_is_heard_is_news_whatever_it_is() {
        assertThat(List.of("initialized", "completed", "refunded", "something_new")).allSatisfy(status ->
            assertThat(PaymentStanding.NONE.judge(reported(status))).isEqualTo(CHANGE));
    }

    @Test
    void the_same_again_is_a_repeat() {
        assertThat(after("completed").judge(reported("completed"))).isEqualTo(REPEAT);
        assertThat(after("something_new").judge(reported("something_new"))).isEqualTo(REPEAT);
        assertThat(after("chargedback").judge(reported("chargeback"))).isEqualTo(REPEAT);
    }

    @Test
    void what_was_overtaken_never_takes_a_completed_order_back() {
        assertThat(List.of("initialized", "uncleared", "reserved", "declined", "cancelled", "void", "expired")).allSatisfy(status -> {
            assertThat(after("completed").judge(reported(status))).isEqualTo(OVERTAKEN);
            assertThat(after("completed").after(reported(status), AT)).isEqualTo(after("completed"));
        });
    }

    @Test
    void each_further_part_that_goes_back_is_a_change_and_less_is_old_news() {
        PaymentStanding standing = after("completed").after(reported("partial_refunded", 300), AT);

        assertThat(standing.judge(reported("partial_refunded", 300))).isEqualTo(REPEAT);
        assertThat(standing.judge(reported("partial_refunded", 500))).isEqualTo(CHANGE);
        assertThat(standing.judge(reported("partial_refunded", 200))).isEqualTo(OVERTAKEN);
        assertThat(standing.judge(reported("partial_refunded"))).as("no amount is said").isEqualTo(REPEAT);
        assertThat(standing.judge(reported("completed", 0))).isEqualTo(OVERTAKEN);
        assertThat(standing.judge(reported("refunded", 1000))).isEqualTo(CHANGE);
    }

    @Test
    void money_that_comes_after_the_order_is_a_change_of_its_own() {
        PaymentStanding shipped = PaymentStanding.NONE.after(new Reported("shipped", Optional.of("initialized"), OptionalLong.of(0)), AT);

        assertThat(shipped.judge(new Reported("shipped", Optional.of("completed"), OptionalLong.of(0)))).isEqualTo(CHANGE);
        assertThat(shipped.after(new Reported("shipped", Optional.of("completed"), OptionalLong.of(0)), AT)
            .judge(new Reported("shipped", Optional.of("initialized"), OptionalLong.of(0)))).isEqualTo(OVERTAKEN);
        assertThat(shipped.judge(new Reported("shipped", Optional.empty(), OptionalLong.empty()))).isEqualTo(REPEAT);
        Reported strange = new Reported("shipped", Optional.of("strange"), OptionalLong.empty());
        assertThat(shipped.judge(strange)).as("a word that nobody knows is passed on, once").isEqualTo(CHANGE);
        assertThat(shipped.after(strange, AT).judge(strange)).isEqualTo(REPEAT);
    }

    @Test
    void a_status_that_nobody_knows_is_news_and_changes_nothing_of_what_is_known() {
        PaymentStanding standing = after("completed").after(reported("on_the_moon"), AT);

        assertThat(standing.status()).contains(PaymentStatus.COMPLETED);
        assertThat(standing.judge(reported("on_the_moon"))).isEqualTo(REPEAT);
        assertThat(standing.judge(reported("on_mars"))).isEqualTo(CHANGE);
        assertThat(standing.judge(reported("initialized"))).isEqualTo(OVERTAKEN);
        assertThat(standing.judge(reported("completed"))).isEqualTo(REPEAT);
        assertThat(standing.judge(reported("refunded"))).isEqualTo(CHANGE);
    }

    @Test
    void words_that_nobody_knows_are_told_once_each_also_when_they_take_turns_and_money_in_them_is_not_held_back() {
        PaymentStanding standing = after("completed");
        for (String word : List.of("on_hold", "in_review")) {
            standing = standing.after(new Reported(word, Optional.empty(), OptionalLong.of(0)), AT);
        }

        assertThat(standing.judge(new Reported("on_hold", Optional.empty(), OptionalLong.of(0)))).isEqualTo(REPEAT);
        assertThat(standing.judge(new Reported("in_review", Optional.empty(), OptionalLong.of(0)))).isEqualTo(REPEAT);
        assertThat(standing.judge(new Reported("on_hold", Optional.empty(), OptionalLong.of(500)))).isEqualTo(CHANGE);
    }

    /** However notifications are repeated and mixed up, each change is told once at most, and the last one stands. */
    @Property(tries = 300)
    void in_any_order_each_change_is_news_once_at_most_and_the_end_is_the_same(@ForAll Random random) {
        List<Reported> all = new ArrayList<>();
        for (int copy = 0; copy < 3; copy++) {
            all.addAll(List.of(reported("initialized", 0), reported("uncleared", 0), reported("completed", 0), reported("shipped", 0),
                reported("partial_refunded", 300), reported("partial_refunded", 700), reported("refunded", 1000)));
        }
        Collections.shuffle(all, random);
        PaymentStanding standing = PaymentStanding.NONE;
        List<Reported> news = new ArrayList<>();
        for (Reported each : all) {
            if (standing.judge(each) == CHANGE) {
                news.add(each);
            }
            standing = standing.after(each, AT);
        }

        assertThat(news).doesNotHaveDuplicates().endsWith(reported("refunded", 1000));
        assertThat(standing.status()).contains(PaymentStatus.REFUNDED);
        assertThat(standing.refunded()).isEqualTo(1000);
    }

    private static PaymentStanding after(String status) {
        return PaymentStanding.NONE.after(reported(status), AT);
    }

    private static Reported reported(String status) {
        return new Reported(status, Optional.of(status), OptionalLong.empty());
    }

    private static Reported reported(String status, long refunded) {
        return new Reported(status, Optional.of(status), OptionalLong.of(refunded));
    }
}
