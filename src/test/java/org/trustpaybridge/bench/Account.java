package org.trustpaybridge.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What became of every order of a round, read from the topics when all is over.
 *
 * <p>The time of an input record is the load's, that of an output record the broker's when it wrote it ({@code LogAppendTime}); both are
 * whole milliseconds of one clock.
 */
final class Account {
    private final long[] inAt;
    private final long[] outAt;
    private final int[] urls;
    private final List<String> faults = new ArrayList<>();
    private long wrongPages;
    private long strangers;

    private Account(int orders) {
        inAt = new long[orders];
        outAt = new long[orders];
        urls = new int[orders];
    }

    /** Reads both topics and the provider's counts. */
    static Account of(String brokers, String in, String out, int orders, JsonNode providerCounts) {
        Account account = new Account(orders);
        account.read(brokers, in, orders, (number, received) -> account.inAt[number] = received.timestamp());
        account.read(brokers, out, orders, account::published);
        account.judge(providerCounts);
        return account;
    }

    private void published(int number, ConsumerRecord<byte[], byte[]> received) {
        urls[number]++;
        outAt[number] = received.timestamp();
        String page = "/connect/" + ProviderStub.session(Load.orderId(number)) + "/";
        if (!new String(received.value(), StandardCharsets.UTF_8).contains(page)) {
            wrongPages++;
        }
    }

    private void judge(JsonNode providerCounts) {
        count("without a payment URL", Arrays.stream(urls).filter(each -> each == 0).count());
        count("with a payment URL that is another one's", wrongPages);
        count("that nobody placed", strangers);
        count("with more than one payment URL", Arrays.stream(urls).filter(each -> each > 1).count());
        providerCounts.path("orders_by_calls").properties().forEach(each -> {
            if (!each.getKey().equals("1")) {
                count("posted " + each.getKey() + " times", each.getValue().asLong());
            }
        });
    }

    private void count(String what, long orders) {
        if (orders > 0) {
            faults.add("%,d %s %s".formatted(orders, orders == 1 ? "order" : "orders", what));
        }
    }

    /** What is wrong; empty when every order has its one payment URL and was posted once. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** When the payment URLs were written, in the order of time. */
    long[] times() {
        long[] times = outAt.clone();
        Arrays.sort(times);
        return times;
    }

    /** Milliseconds from input to output of the orders from this number on, sorted. */
    long[] latencies(int from) {
        long[] latencies = new long[inAt.length - from];
        Arrays.setAll(latencies, i -> outAt[from + i] - inAt[from + i]);
        Arrays.sort(latencies);
        return latencies;
    }

    /** A value of a sorted row that this share of it does not exceed. */
    static long percentile(long[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    private interface Reading {
        void of(int number, ConsumerRecord<byte[], byte[]> received);
    }

    private void read(String brokers, String topic, int orders, Reading reading) {
        Map<String, Integer> numbers = new HashMap<>();
        for (int number = 0; number < orders; number++) {
            numbers.put(Load.orderId(number), number);
        }
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
            Map.of("bootstrap.servers", brokers, "enable.auto.commit", "false", "max.poll.records", 5_000, "isolation.level",
                "read_committed"),
            new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(consumer.partitionsFor(topic).stream().map(each -> new TopicPartition(topic, each.partition())).toList());
            consumer.seekToBeginning(consumer.assignment());
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> received : consumer.poll(Duration.ofMillis(100))) {
                    Integer number = numbers.get(new String(received.key(), StandardCharsets.UTF_8));
                    if (number == null) {
                        strangers++;
                    } else {
                        reading.of(number, received);
                    }
                }
            }
        }
    }
}
