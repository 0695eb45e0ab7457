package org.trustpaybridge.bench;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Which records are open, partition by partition, and up to where all are done. All but {@link #close} is for the polling thread. */
final class BaselineWindow implements ConsumerRebalanceListener {
    private final Map<TopicPartition, ArrayDeque<Slot>> slots = new HashMap<>();
    private final AtomicInteger open = new AtomicInteger();

    /** A record on its way. */
    static final class Slot {
        private final ConsumerRecord<byte[], byte[]> record;
        private volatile boolean done;

        private Slot(ConsumerRecord<byte[], byte[]> record) {
            this.record = record;
        }

        ConsumerRecord<byte[], byte[]> fetched() {
            return record;
        }
    }

    Slot open(ConsumerRecord<byte[], byte[]> fetched) {
        Slot slot = new Slot(fetched);
        slots.computeIfAbsent(new TopicPartition(fetched.topic(), fetched.partition()), partition -> new ArrayDeque<>()).add(slot);
        open.incrementAndGet();
        return slot;
    }

    /** Called from any thread, once a record. */
    void close(Slot slot) {
        slot.done = true;
        open.decrementAndGet();
    }

    int open() {
        return open.get();
    }

    /** What can be committed now and could not before. */
    Map<TopicPartition, OffsetAndMetadata> finished() {
        Map<TopicPartition, OffsetAndMetadata> finished = new HashMap<>();
        slots.forEach((partition, queue) -> {
            Slot last = null;
            while (!queue.isEmpty() && queue.peek().done) {
                last = queue.poll();
            }
            if (last != null) {
                finished.put(partition, new OffsetAndMetadata(last.record.offset() + 1));
            }
        });
        return finished;
    }

    void awaitIdle(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (open.get() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        slots.keySet().removeAll(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        // What is new has no slots yet.
    }
}
