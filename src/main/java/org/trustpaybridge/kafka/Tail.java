package org.trustpaybridge.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What of a topic is read, and what for. But for {@link #note}, called by the thread of its {@link TailReader} only. */
interface Tail {

    /** @return the topic */
    String topic();

    /** @return name of the reading thread */
    String threadName();

    /** @return the time before which nothing need be known */
    Instant earliest();

    /** @return how many of the newest records need be known */
    long most();

    /** @return settings of the consumer that suit the size and number of its records */
    Map<String, Object> fetching();

    /** @return whether orders may flow without what is in the topic, when it is not there or may not be read */
    boolean dispensable();

    /** @param event a record of the topic */
    void note(ConsumerRecord<byte[], byte[]> event);

    /** @return whether only a bridge writes such a record, which it does in no transaction */
    boolean ofBridge(ConsumerRecord<byte[], byte[]> event);

    /** @param took how long it took to reach the end of the topic for the first time */
    void endReached(Duration took);

    /** @param cause why the topic cannot be read now, and those who ask have to wait; told every 15 s while it lasts */
    void unreadable(Throwable cause);

    /** @param cause why the topic cannot be read, and those who ask need not wait; told every 15 minutes while it lasts */
    void doneWithout(RuntimeException cause);
}
