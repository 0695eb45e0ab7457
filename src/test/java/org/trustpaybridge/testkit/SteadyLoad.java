package org.trustpaybridge.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** Publishes orders at a steady rate, until it is stopped. */
public final class SteadyLoad implements AutoCloseable {
    private final KafkaProbe kafka;
    private final Thread thread;
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private volatile boolean stopping;

    /** Starts at once. Order ids begin with the name of the topic. */
    public SteadyLoad(KafkaProbe kafka, String topic, int ordersPerSecond) {
        this.kafka = kafka;
        long gap = Duration.ofSeconds(1).toNanos() / ordersPerSecond;
        thread = new Thread(() -> run(topic, gap), "load");
        thread.setDaemon(true);
        thread.start();
    }

    /** Stops, and waits until Kafka has everything. */
    public List<String> stop() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        kafka.flush();
        return List.copyOf(ids);
    }

    /** How many were published so far. */
    public int count() {
        return ids.size();
    }

    @Override
    public void close() {
        stop();
    }

    private void run(String topic, long gap) {
        long next = System.nanoTime();
        while (!stopping) {
            String id = topic + "-" + ids.size();
            kafka.publishSoon(topic, id.getBytes(StandardCharsets.UTF_8), OrderEvents.order(id, 1000));
            ids.add(id);
            next += gap;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }
}
