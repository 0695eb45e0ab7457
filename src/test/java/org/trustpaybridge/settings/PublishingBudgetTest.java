package org.trustpaybridge.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishingBudgetTest {

    @Test
    void the_default_gives_the_numbers_that_the_topics_of_the_readme_are_made_for() {
        PublishingBudget budget = new PublishingBudget(Duration.ofSeconds(4));

        assertThat(budget.session()).hasSeconds(6);
        assertThat(budget.heartbeat()).hasMillis(1500);
        assertThat(budget.lease()).hasSeconds(4);
        assertThat(budget.quarantine()).hasSeconds(3);
        assertThat(budget.delivery()).hasSeconds(8);
        assertThat(budget.topicLimit()).hasMillis(4000);
        assertThat(budget.drain()).hasSeconds(5);
    }

    @Property
    void whatever_the_time_out_a_record_is_refused_before_another_member_may_have_published(
        @ForAll @LongRange(min = 4000, max = 120_000) long millis) {
        PublishingBudget budget = new PublishingBudget(Duration.ofMillis(millis));

        // The check is at most a heartbeat interval behind the last heartbeat; what comes later than the limit after it is refused.
        assertThat(budget.heartbeat().plus(budget.topicLimit())).isLessThan(budget.session());
        assertThat(budget.lease()).isLessThan(budget.session());
        assertThat(budget.quarantine()).isGreaterThan(budget.heartbeat());
        assertThat(budget.heartbeat().multipliedBy(3)).isLessThan(budget.session());
        assertThat(budget.delivery()).isGreaterThanOrEqualTo(budget.timeout());
        assertThat(budget.silence()).isGreaterThan(budget.heartbeat()).isLessThan(budget.session());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3999, 120_001})
    void other_time_outs_are_refused(long millis) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PublishingBudget(Duration.ofMillis(millis)))
            .withMessageContaining("expected 4s to 2m");
    }
}
