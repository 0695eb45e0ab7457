package org.trustpaybridge.kafka.screen;

import java.nio.ByteBuffer;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Values as they are, and no more of them in one poll than there is memory for: Kafka's client bounds the number of records only. It takes
 * a value that is refused for the end of the poll, and offers it again with the next one. The first of a poll is never refused.
 *
 * <p>For the thread that polls.
 *
 * @param <T> {@code byte[]}, or what it is read as
 */
public final class PollBudget<T> implements Deserializer<T> {

    private static final SerializationException SPENT = new SerializationException("the rest comes with the next poll") {

        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    };

    private final long most = HeapShare.poll();
    private long left = most;

    /** A poll begins. */
    public void renew() {
        left = most;
    }

    @Override
    public T deserialize(String topic, byte[] data) {
        return deserialize(topic, null, data == null ? null : ByteBuffer.wrap(data));
    }

    @Override
    public T deserialize(String topic, Headers headers, ByteBuffer data) {
        if (data == null) {
            return null;
        }
        if (data.remaining() > left && left < most) {
            throw SPENT;
        }
        left -= data.remaining();
        return bytes(data);
    }

    @SuppressWarnings("unchecked")
    private static <T> T bytes(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return (T) bytes;
    }

    /**
     * Keys as they are.
     *
     * @param <T> {@code byte[]}, or what it is read as
     */
    public static final class Keys<T> implements Deserializer<T> {

        @Override
        public T deserialize(String topic, byte[] data) {
            return data == null ? null : bytes(ByteBuffer.wrap(data));
        }

        @Override
        public T deserialize(String topic, Headers headers, ByteBuffer data) {
            return data == null ? null : bytes(data);
        }
    }
}
