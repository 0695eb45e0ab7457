package org.trustpaybridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.condition.Condition.Name;
import org.trustpaybridge.delivery.PublishLease;

class MembershipTest {

    private final Moving clock = new Moving();
    private final Membership membership = new Membership(clock);

    @Test
    void a_coordinator_that_answers_each_heartbeat_too_late_is_told_until_it_answers_in_time() {
        PublishLease lease = new PublishLease(Duration.ofSeconds(4), Duration.ofSeconds(3), clock::nanos);
        heartbeats(lease, Duration.ofSeconds(5), 5);
        assertThat(names()).isEmpty();

        heartbeats(lease, Duration.ofSeconds(5), 15);

        assertThat(names()).containsExactly(Name.MEMBERSHIP_UNCONFIRMED);
        heartbeats(lease, Duration.ofSeconds(2), 8);
        assertThat(names()).isEmpty();
    }

    @Test
    void nothing_is_said_of_a_member_of_which_nobody_polls() {
        membership.looked(false);

        clock.add(Duration.ofMinutes(5));

        assertThat(names()).isEmpty();
        membership.looked(false);
        assertThat(names()).isEmpty();
    }

    @Test
    void a_member_that_is_given_up_again_and_again_is_told_until_that_is_over() {
        for (int i = 0; i < 2; i++) {
            membership.lost();
            clock.add(Duration.ofSeconds(20));
        }
        assertThat(names()).isEmpty();

        membership.lost();

        assertThat(names()).containsExactly(Name.MEMBERSHIP_LOST);
        clock.add(Duration.ofMinutes(3));
        assertThat(names()).isEmpty();
    }

    private void heartbeats(PublishLease lease, Duration every, int count) {
        for (int i = 0; i < count; i++) {
            for (int second = 0; second < every.toSeconds(); second++) {
                clock.add(Duration.ofSeconds(1));
                membership.looked(lease.valid());
            }
            lease.renew();
            membership.looked(lease.valid());
        }
    }

    private List<Name> names() {
        return membership.get().stream().map(Condition::name).toList();
    }

    private static final class Moving extends Clock {
        private Instant now = Instant.parse("2026-11-28T08:00:00Z");

        void add(Duration duration) {
            now = now.plus(duration);
        }

        long nanos() {
            return now.toEpochMilli() * 1_000_000;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
