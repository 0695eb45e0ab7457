package org.trustpaybridge.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

/** Who is missed, after how long, and who is not. */
class SupervisorTest {

    private final Endings endings = new Endings();
    private final Pulse pulse = new Pulse();
    private boolean wanted = true;
    private Optional<String> fault = Optional.empty();
    private long nanos;

    @Test
    void a_thread_that_gives_no_sign_of_life_for_too_long_ends_the_process() {
        Supervisor supervisor = supervisor(Vital.moves("The reader", pulse, () -> wanted, Duration.ofSeconds(30)));
        pulse.beat();

        seconds(supervisor, 31);
        assertThat(endings.reasons()).isEmpty();
        seconds(supervisor, 3);

        assertThat(endings.reasons()).first().isEqualTo("orderly: The reader gives no sign of life for 30 s");
    }

    @Test
    void signs_of_life_now_and_then_are_enough() {
        Supervisor supervisor = supervisor(Vital.moves("The reader", pulse, () -> wanted, Duration.ofSeconds(30)));

        for (int i = 0; i < 20; i++) {
            pulse.beat();
            seconds(supervisor, 29);
        }

        assertThat(endings.reasons()).isEmpty();
    }

    @Test
    void nobody_is_missed_who_did_not_begin_or_is_not_to_live_at_the_moment() {
        Supervisor supervisor = supervisor(Vital.moves("The reader", pulse, () -> wanted, Duration.ofSeconds(30)),
            Vital.lives("The reader", pulse, () -> wanted));

        seconds(supervisor, 100);
        wanted = false;
        pulse.beat();
        seconds(supervisor, 100);

        assertThat(endings.reasons()).isEmpty();
    }

    @Test
    void a_thread_that_ended_ends_the_process_soon() throws InterruptedException {
        Supervisor supervisor = supervisor(Vital.lives("The reader", pulse, () -> wanted));
        Thread thread = new Thread(pulse::beat);
        thread.start();
        thread.join();

        seconds(supervisor, 12);

        assertThat(endings.reasons()).first().isEqualTo("orderly: The reader has ended");
    }

    /** SIGSTOP, or a machine that slept: all are late then, and none is to blame. */
    @Test
    void time_in_which_the_process_stood_still_does_not_count() {
        Supervisor supervisor = supervisor(new Vital("It", Duration.ofSeconds(30), () -> fault));
        fault = Optional.of("is late");

        for (int i = 0; i < 10; i++) {
            nanos += TimeUnit.HOURS.toNanos(1);
            supervisor.tick();
        }

        assertThat(endings.reasons()).isEmpty();
    }

    @Test
    void a_fault_that_goes_away_in_time_is_forgiven() {
        Supervisor supervisor = supervisor(new Vital("It", Duration.ofSeconds(30), () -> fault));

        for (int i = 0; i < 10; i++) {
            fault = Optional.of("is late");
            seconds(supervisor, 29);
            fault = Optional.empty();
            seconds(supervisor, 1);
        }

        assertThat(endings.reasons()).isEmpty();
    }

    @Test
    void errors_of_the_virtual_machine_are_found_behind_other_failures_and_no_others_are() {
        endings.ifFatal(new IllegalStateException(new ExecutionException(new OutOfMemoryError("Java heap space"))), "here");
        endings.ifFatal(new InternalError("x"), "there");
        endings.ifFatal(new StackOverflowError(), "record");
        endings.ifFatal(new NoClassDefFoundError("x"), "record");
        endings.ifFatal(null, "record");

        assertThat(endings.reasons()).containsExactly("at once: here: java.lang.OutOfMemoryError: Java heap space",
            "at once: there: java.lang.InternalError: x");
    }

    @Test
    void what_is_larger_than_the_heap_is_told_from_a_heap_that_is_full() {
        Lifeline lifeline = Lifeline.to(endings);
        OutOfMemoryError large = new OutOfMemoryError("Java heap space");

        assertThat(lifeline.tooLarge(new IllegalStateException(large))).isTrue();
        assertThat(lifeline.endsWith(large, "reading")).isFalse();
        assertThat(lifeline.endsWith(new InternalError(), "reading")).isTrue();
        assertThat(new Memory().canBeHad(Integer.MAX_VALUE)).isFalse();
    }

    private Supervisor supervisor(Vital... vitals) {
        return new Supervisor(List.of(vitals), endings, () -> nanos);
    }

    private void seconds(Supervisor supervisor, int count) {
        for (int i = 0; i < count; i++) {
            nanos += TimeUnit.SECONDS.toNanos(1);
            supervisor.tick();
        }
    }
}
