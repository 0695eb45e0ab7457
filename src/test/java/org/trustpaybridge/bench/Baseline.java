package org.trustpaybridge.bench;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.trustpaybridge.order.TrustPayOrder;

/**
 * The same job without a framework: Kafka's own clients, Java's HTTP client and {@link BaselineWindow}. It maps, judges and composes with
 * the bridge's own pure classes, so that the difference is what lies between them. It promises less: no ledger, no order of events with one
 * id, no outage handling, no dead letters, no metrics.
 */
final class Baseline {
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final OrderJob job;
    private final int concurrency;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final BaselineWindow window = new BaselineWindow();
    private final Queue<BaselineWindow.Slot> waiting = new ConcurrentLinkedQueue<>();
    private final Semaphore calls;
    private volatile boolean stopping;

    private Baseline(OrderJob job) {
        this.job = job;
        concurrency = job.concurrency();
        calls = new Semaphore(concurrency);
        consumer = job.consumer(concurrency);
        producer = job.producer();
        consumer.subscribe(List.of(job.inbound()), window);
    }

    public static void main(String[] arguments) {
        // With two cores or one the common pool has no thread to spare, and every answer would be handled by a new thread.
        System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "2");
        Baseline baseline = new Baseline(new OrderJob(System.getenv()));
        CountDownLatch stopped = new CountDownLatch(1);
        OrderJob.untilStopped(() -> {
            baseline.stopping = true;
            baseline.consumer.wakeup();
            try {
                stopped.await(DRAIN.toSeconds() + 5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        baseline.run();
        stopped.countDown();
    }

    private void run() {
        long lastCommit = System.nanoTime();
        boolean full = false;
        while (!stopping) {
            if (full != window.open() >= 2 * concurrency) {
                full = !full;
                if (full) {
                    consumer.pause(consumer.assignment());
                } else {
                    consumer.resume(consumer.assignment());
                }
            }
            try {
                for (ConsumerRecord<byte[], byte[]> fetched : consumer.poll(Duration.ofMillis(full ? 5 : 100))) {
                    waiting.add(window.open(fetched));
                }
            } catch (WakeupException stop) {
                break;
            }
            dispatch();
            if (System.nanoTime() - lastCommit >= COMMIT_INTERVAL.toNanos()) {
                lastCommit = System.nanoTime();
                consumer.commitAsync(window.finished(), null);
            }
        }
        window.awaitIdle(DRAIN);
        consumer.commitSync(window.finished());
        consumer.close();
        producer.close();
    }

    /** Sends as many waiting orders as may be in flight; called from the polling thread and by every answer. */
    private void dispatch() {
        while (!waiting.isEmpty() && calls.tryAcquire()) {
            BaselineWindow.Slot slot = waiting.poll();
            if (slot == null) {
                calls.release();
            } else {
                call(slot);
            }
        }
    }

    private void call(BaselineWindow.Slot slot) {
        TrustPayOrder order = job.order(slot.fetched());
        job.http().sendAsync(job.request(order), HttpResponse.BodyHandlers.ofByteArray()).whenComplete((answer, failure) -> {
            calls.release();
            dispatch();
            if (failure == null) {
                job.event(slot.fetched(), order, answer).ifPresentOrElse(event -> publish(slot, event), () -> again(slot));
            } else {
                again(slot);
            }
        });
    }

    private void publish(BaselineWindow.Slot slot, ProducerRecord<byte[], byte[]> event) {
        producer.send(event, (written, failure) -> {
            if (failure == null) {
                window.close(slot);
            } else {
                System.err.println("Publishing " + new String(event.key(), StandardCharsets.UTF_8) + " failed: " + failure);
                again(slot);
            }
        });
    }

    private void again(BaselineWindow.Slot slot) {
        CompletableFuture.delayedExecutor(RETRY.toMillis(), TimeUnit.MILLISECONDS).execute(() -> {
            waiting.add(slot);
            dispatch();
        });
    }
}
