package org.trustpaybridge.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** A record that was read from a topic, with its key, value and headers as bytes and as text. */
public record ReceivedRecord(ConsumerRecord<byte[], byte[]> raw) {

    public String topic() {
        return raw.topic();
    }

    public int partition() {
        return raw.partition();
    }

    public long offset() {
        return raw.offset();
    }

    /** The key as UTF-8 text; {@code null} if the record has none. */
    public String key() {
        return text(raw.key());
    }

    /** The value as UTF-8 text; {@code null} if the record has none. */
    public String value() {
        return text(raw.value());
    }

    /** The last header of this name as UTF-8 text; empty if there is none, or it has no value. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(raw.headers().lastHeader(name)).map(Header::value).map(ReceivedRecord::text);
    }

    /** All headers of this name as UTF-8 text, in their order. */
    public List<String> headers(String name) {
        return StreamSupport.stream(raw.headers().headers(name).spliterator(), false).map(each -> text(each.value())).toList();
    }

    /** The names of all headers, in their order, repeats included. */
    public List<String> headerNames() {
        return StreamSupport.stream(raw.headers().spliterator(), false).map(Header::key).toList();
    }

    private static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return topic() + "-" + partition() + "@" + offset() + " key=" + key() + " headers=" + headerNames() + " value=" + value();
    }
}
