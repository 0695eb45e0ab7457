package org.trustpaybridge.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeParseException;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.trustpaybridge.kafka.screen.Excerpts;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.outbound.PaymentUrlCreated;

/** A topic of small events of the bridge's, keyed by order id, without which nothing goes on. */
interface EventTail extends Tail {

    /** @return the type of the events, as their header has it */
    String eventType();

    /** @return what is said of a record that is no such event */
    LogEvent strange();

    /** @return who says so */
    Logger log();

    /**
     * @param event has a key and a value
     * @throws IOException              when the value cannot be read
     * @throws IllegalArgumentException when it is no event of the bridge's
     * @throws DateTimeParseException   the same
     */
    void read(ConsumerRecord<byte[], byte[]> event) throws IOException;

    /**
     * @param event has a key
     * @return the order that it is about
     * @throws IllegalArgumentException when that can be none
     */
    static OrderId orderId(ConsumerRecord<byte[], byte[]> event) {
        return new OrderId(new String(event.key(), StandardCharsets.UTF_8));
    }

    @Override
    default long most() {
        return Long.MAX_VALUE;
    }

    @Override
    default Map<String, Object> fetching() {
        return Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000);
    }

    /** What is not known might be done again. */
    @Override
    default boolean dispensable() {
        return false;
    }

    @Override
    default void doneWithout(RuntimeException cause) {
        throw new IllegalStateException("nothing goes on without " + topic());
    }

    @Override
    default boolean ofBridge(ConsumerRecord<byte[], byte[]> event) {
        Header type = event.headers().lastHeader(PaymentUrlCreated.TYPE_HEADER);
        return type != null && type.value() != null && eventType().equals(new String(type.value(), StandardCharsets.UTF_8));
    }

    @Override
    default void note(ConsumerRecord<byte[], byte[]> event) {
        if (event.key() == null || event.value() == null) {
            return;
        }
        try {
            // The bridge writes none that large.
            if (Excerpts.of(event).isPresent()) {
                throw new IllegalArgumentException("too large");
            }
            read(event);
        } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
            strange().on(log()).addKeyValue("record", event.topic() + "-" + event.partition() + "@" + event.offset()).log();
        }
    }
}
