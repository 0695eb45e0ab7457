package org.trustpaybridge.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.trustpaybridge.testkit.KafkaProbe;
import org.trustpaybridge.testkit.ReceivedRecord;

/** Publishes orders and finds out what became of them, by the topic, partition and offset that both outgoing topics name. */
final class OrderDesk implements AutoCloseable {
    static final String ORDERS = "order-created";
    /** Events of another shape, which a second bridge reads with a mapping. */
    static final String WEBHOOKS = "webhooks";
    static final String PAYMENTS = "payment-url-created";
    static final String DEAD_LETTERS = "order-created.dlq";

    private final KafkaProbe probe;

    OrderDesk(String bootstrapServers) {
        this.probe = new KafkaProbe(bootstrapServers);
    }

    /** Where an order was written. */
    record Receipt(String topic, String partition, String offset) {
    }

    Receipt publish(DemoOrder order) {
        RecordMetadata written = probe.publish(order.topic(), order.key(), order.value(), order.headers().toArray(Header[]::new));
        return new Receipt(order.topic(), Integer.toString(written.partition()), Long.toString(written.offset()));
    }

    /** Waits until all these orders have an outcome; those that have none in time are {@link Outcome.Unknown}. */
    Map<Receipt, Outcome> await(List<Receipt> receipts, Duration patience) {
        Instant deadline = Instant.now().plus(patience);
        Map<Receipt, Outcome> outcomes = new LinkedHashMap<>();
        do {
            collect(PAYMENTS, "source-", Outcome::ofPayment, receipts, outcomes);
            collect(DEAD_LETTERS, "__connect.errors.", Outcome::ofDeadLetter, receipts, outcomes);
        } while (outcomes.size() < receipts.size() && Instant.now().isBefore(deadline));
        receipts.forEach(each -> outcomes.putIfAbsent(each, new Outcome.Unknown()));
        return outcomes;
    }

    private void collect(String topic, String headers, Function<ReceivedRecord, Outcome> reading, List<Receipt> receipts,
                         Map<Receipt, Outcome> outcomes) {
        for (ReceivedRecord record : probe.readAll(topic)) {
            Receipt receipt = new Receipt(record.header(headers + "topic").orElse(""),
                record.header(headers + "partition").orElse(""), record.header(headers + "offset").orElse(""));
            if (receipts.contains(receipt)) {
                outcomes.put(receipt, reading.apply(record));
            }
        }
    }

    @Override
    public void close() {
        probe.close();
    }
}
