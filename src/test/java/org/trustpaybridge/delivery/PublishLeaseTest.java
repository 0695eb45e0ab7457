package org.trustpaybridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class PublishLeaseTest {

    private final AtomicLong nanos = new AtomicLong();
    private final PublishLease lease = new PublishLease(Duration.ofSeconds(4), Duration.ofSeconds(3), nanos::get);

    @Test
    void before_the_first_proof_nothing_is_published_and_after_it_at_once() {
        PublishLease fresh = new PublishLease(Duration.ofSeconds(4), Duration.ofSeconds(3), nanos::get);
        pass(Duration.ofSeconds(60));
        assertThat(fresh.valid()).isFalse();

        fresh.renew();

        assertThat(fresh.valid()).isTrue();
    }

    @Test
    void while_heartbeats_are_answered_publishing_is_safe() {
        lease.renew();
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofSeconds(4));
            assertThat(lease.valid()).isTrue();
            lease.renew();
        }

        assertThat(lease.valid()).isTrue();
    }

    @Test
    void without_an_answer_it_ends() {
        lease.renew();
        pass(Duration.ofMillis(4001));

        assertThat(lease.valid()).isFalse();
    }

    @Test
    void after_a_pause_of_the_process_the_first_answer_is_not_enough() {
        lease.renew();
        pass(Duration.ofSeconds(12));

        lease.renew();

        assertThat(lease.valid()).isFalse();
    }

    @Test
    void when_a_heartbeat_had_the_time_to_bring_the_news_publishing_goes_on() {
        lease.renew();
        pass(Duration.ofSeconds(12));
        lease.renew();
        pass(Duration.ofSeconds(3));
        lease.renew();

        assertThat(lease.valid()).isTrue();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
