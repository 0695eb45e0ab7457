package org.trustpaybridge.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks every tenth of a second at how far the programs are, and what they have taken so far. */
final class Sampler implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(100);
    private static final Duration STANDSTILL = Duration.ofSeconds(60);

    private final List<Program> programs;
    private final ProcessHandle provider;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> out;
    private final List<TopicPartition> dead;
    private final List<Sample> samples = new ArrayList<>();

    /**
     * One look.
     *
     * @param atMillis  since 1970
     * @param published records in the outbound topic
     * @param cpu       seconds that all instances of the program took so far
     * @param providerCpu seconds that the provider took so far
     * @param megabytes resident memory of the largest instance; 0 where it is not known
     */
    record Sample(long atMillis, long published, double cpu, double providerCpu, long megabytes) {
    }

    Sampler(String brokers, String out, String dead, List<Program> programs, ProcessHandle provider) {
        this.programs = programs;
        this.provider = provider;
        this.consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", brokers, "enable.auto.commit", "false"),
            new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.out = partitions(out);
        this.dead = partitions(dead);
    }

    private List<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream().map(each -> new TopicPartition(topic, each.partition())).toList();
    }

    /**
     * Samples until so many orders are published. @throws IllegalStateException if a program ends, or gives an order up, or stands still
     */
    void until(long orders) {
        long lastProgress = System.nanoTime();
        Sample last = sample();
        while (last.published() < orders) {
            LockSupport.parkNanos(STEP.toNanos());
            Sample next = sample();
            if (next.published() > last.published()) {
                lastProgress = System.nanoTime();
            }
            last = next;
            Program ended = programs.stream().filter(program -> !program.isAlive()).findFirst().orElse(null);
            if (ended != null) {
                throw new IllegalStateException("A program has ended. See " + ended.log() + "\n" + ended.lastWords());
            }
            if (System.nanoTime() - lastProgress > STANDSTILL.toNanos()) {
                throw new IllegalStateException(("Only %,d of %,d orders are published, and none for %d s;"
                    + " %d are dead letters. See %s").formatted(
                    last.published(), orders, STANDSTILL.toSeconds(), end(dead), programs.get(0).log()));
            }
        }
    }

    private Sample sample() {
        // The count first: what is published later is then paid for later too.
        long published = end(out);
        double cpu = programs.stream().mapToDouble(Program::cpuSeconds).sum();
        Sample sample = new Sample(System.currentTimeMillis(), published, cpu, Program.cpuSeconds(provider),
            programs.stream().map(Program::residentMegabytes).flatMapToLong(OptionalLong::stream).max().orElse(0));
        samples.add(sample);
        return sample;
    }

    private long end(List<TopicPartition> partitions) {
        return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }

    /** The first look at which so many orders were published. */
    Sample at(long orders) {
        return samples.stream().filter(sample -> sample.published() >= orders).findFirst().orElseThrow();
    }

    /** The first look at or after a time, or the last. */
    Sample atTime(long millis) {
        return samples.stream().filter(sample -> sample.atMillis() >= millis).findFirst().orElse(samples.get(samples.size() - 1));
    }

    @Override
    public void close() {
        consumer.close(Duration.ofSeconds(5));
    }

    /** What one core is asked for while nothing is to be done, as a share of it. */
    static double idleCores(List<Program> programs, Duration settle, Duration watched) {
        pause(settle);
        double before = programs.stream().mapToDouble(Program::cpuSeconds).sum();
        long start = System.nanoTime();
        pause(watched);
        return (programs.stream().mapToDouble(Program::cpuSeconds).sum() - before) / ((System.nanoTime() - start) / 1e9);
    }

    private static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
