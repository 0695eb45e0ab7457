package org.trustpaybridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.trustpaybridge.condition.Condition;

class NotificationTroubleTest {

    private Instant now = Instant.parse("2026-11-28T12:00:00Z");
    private Optional<String> unreadable = Optional.empty();
    private final NotificationTrouble trouble = new NotificationTrouble(() -> unreadable, new MovedClock());

    @Test
    void what_could_not_be_published_is_told_until_something_is_however_long_that_takes() {
        trouble.notPublished("publishing failed: TopicAuthorizationException");
        now = now.plus(Duration.ofHours(30));
        assertThat(trouble.get()).singleElement().extracting(Condition::name).isEqualTo(Condition.Name.NOTIFICATIONS_HELD);
        trouble.notKnown("what was published before is not known yet");
        now = now.plus(Duration.ofHours(1));
        assertThat(trouble.get()).as("the other trouble is not over by this one").isNotEmpty();

        trouble.over();

        assertThat(trouble.get()).isEmpty();
    }

    @Test
    void what_was_not_known_in_time_and_did_not_come_again_says_nothing_of_now() {
        trouble.notKnown("what was published before is not known yet");
        assertThat(trouble.get()).isNotEmpty();

        now = now.plus(Duration.ofMinutes(21));

        assertThat(trouble.get()).isEmpty();
    }

    @Test
    void a_topic_that_cannot_be_read_for_a_while_is_told_until_it_can_be() {
        unreadable = Optional.of("it is not there");
        assertThat(trouble.get()).isEmpty();
        now = now.plus(Duration.ofSeconds(11));
        assertThat(trouble.get()).singleElement().extracting(Condition::detail).asString().contains("it is not there");

        unreadable = Optional.empty();

        assertThat(trouble.get()).isEmpty();
    }

    private final class MovedClock extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
