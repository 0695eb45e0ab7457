package org.trustpaybridge.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import org.apache.hc.core5.concurrent.Cancellable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.supervision.Vital;

/** The one thread that cuts calls, and how it is missed. */
class DeadlinesTest {

    private final Deadlines deadlines = new Deadlines();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() {
        end.countDown();
        deadlines.close();
    }

    @Test
    void nobody_misses_a_thread_that_has_nothing_to_do() {
        deadlines.watch(call(Duration.ofMinutes(1), () -> true));

        await().untilAsserted(() -> assertThat(missed()).isEmpty());
    }

    @Test
    void a_thread_that_ended_while_a_call_is_open_is_missed_until_the_next_call_begins_another() {
        // Given
        ProviderCall hangs = call(Duration.ofMillis(1), () -> {
            throw new AssertionError("as any error but one of linkage");
        });

        // When
        deadlines.watch(hangs);

        // Then
        await().dontCatchUncaughtExceptions().untilAsserted(() -> assertThat(ended()).contains("has ended"));
        deadlines.forget(hangs);
        deadlines.watch(call(Duration.ofMinutes(1), () -> true));
        await().dontCatchUncaughtExceptions().untilAsserted(() -> assertThat(ended()).isEmpty());
    }

    @Test
    void a_thread_that_stands_still_while_a_call_is_open_is_missed() {
        // Given
        ProviderCall hangs = call(Duration.ofMillis(1), () -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        });

        // When
        deadlines.watch(hangs);

        // Then
        Vital moves = deadlines.vitals().get(1);
        await().pollInterval(Duration.ofMillis(300)).untilAsserted(() ->
            assertThat(moves.fault().get()).contains("gives no sign of life for 60 s"));
        deadlines.forget(hangs);
        assertThat(moves.fault().get()).isEmpty();
    }

    private Optional<String> ended() {
        return deadlines.vitals().get(0).fault().get();
    }

    private Optional<String> missed() {
        return ended().or(() -> deadlines.vitals().get(1).fault().get());
    }

    private static ProviderCall call(Duration time, Cancellable request) {
        ProviderCall call = ProviderCall.of(null);
        call.begins(request, time);
        return call;
    }
}
