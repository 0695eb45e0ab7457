package org.trustpaybridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.supervision.Endings;
import org.trustpaybridge.supervision.Vital;

/** Workers live on whatever a pass through the routes throws, or the process ends. */
class WorkersTest {

    private final Endings endings = new Endings();
    private final Workers workers = new Workers(2, endings);

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    @Test
    void an_error_of_a_pass_costs_no_worker() throws InterruptedException {
        workers.begin();
        for (int i = 0; i < 10; i++) {
            workers.submit(() -> {
                throw new NoClassDefFoundError("x");
            });
            workers.execute(() -> {
                throw new StackOverflowError();
            });
        }
        CountDownLatch done = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            workers.submit(done::countDown);
        }

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(endings.reasons()).isEmpty();
    }

    @Test
    void a_lack_of_memory_in_a_pass_ends_the_process_though_nobody_asks_for_its_result() {
        workers.submit(() -> {
            throw new OutOfMemoryError("Java heap space");
        });

        await().untilAsserted(() -> assertThat(endings.reasons()).containsExactly("at once: worker: java.lang.OutOfMemoryError: Java heap"
            + " space"));
    }

    @Test
    void a_pool_that_has_too_few_threads_is_missed() {
        List<Vital> vitals = workers.vitals(() -> true);
        Optional<String> before = vitals.get(0).fault().get();

        workers.begin();

        assertThat(before).contains("has 0 threads instead of 2");
        assertThat(vitals.get(0).fault().get()).isEmpty();
    }
}
