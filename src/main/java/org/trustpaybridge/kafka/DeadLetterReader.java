package org.trustpaybridge.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.kafka.screen.Excerpts;
import org.trustpaybridge.ledger.DeadLetteredRecords;
import org.trustpaybridge.ledger.PlacedRecord;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.outbound.DeadLetterHeaders;
import org.trustpaybridge.outbound.DeadLetterRecord;
import org.trustpaybridge.outbound.Trimmed;
import org.trustpaybridge.supervision.Lifeline;

/**
 * Reads the dead-letter topic into {@link DeadLetteredRecords}: the newest dead letters first, then on and on, whoever publishes. Believed
 * are those only that name this program and the inbound topic.
 *
 * <p>Orders flow without it when the topic is not there or may not be read: what is not known is passed through again, never lost.
 */
public final class DeadLetterReader extends TopicFollower {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterReader.class);

    /**
     * @param topic        the dead-letter topic
     * @param inbound      the inbound topic
     * @param retention    how far back it is read
     * @param deadLettered filled with what is read
     * @param transactions told of those that stay open on the topic
     * @param clock        wall clock
     * @param alive        of the reading thread
     */
    public DeadLetterReader(String topic, String inbound, Duration retention, DeadLetteredRecords deadLettered,
                            OpenTransactions transactions, Clock clock, Lifeline alive) {
        super(new DeadLetters(topic, inbound, retention, deadLettered, clock), transactions, clock, alive);
    }

    private record DeadLetters(String topic, String inbound, Duration retention, DeadLetteredRecords deadLettered, Clock clock)
        implements Tail {

        @Override
        public String threadName() {
            return "dead-letters";
        }

        @Override
        public Instant earliest() {
            return clock.instant().minus(retention);
        }

        @Override
        public long most() {
            return DeadLetteredRecords.REMEMBERED;
        }

        /** Bad records can be as large as the broker takes. */
        @Override
        public Map<String, Object> fetching() {
            return Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 50, ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
        }

        @Override
        public boolean dispensable() {
            return true;
        }

        @Override
        public boolean ofBridge(ConsumerRecord<byte[], byte[]> letter) {
            return DeadLetterRecord.CONNECTOR_NAME.equals(text(letter, DeadLetterHeaders.CONNECTOR_NAME));
        }

        @Override
        public void note(ConsumerRecord<byte[], byte[]> letter) {
            if (!ofBridge(letter) || !inbound.equals(text(letter, DeadLetterHeaders.TOPIC))) {
                return;
            }
            try {
                int partition = Integer.parseInt(text(letter, DeadLetterHeaders.PARTITION));
                long offset = Long.parseLong(text(letter, DeadLetterHeaders.OFFSET));
                deadLettered.add(placed(partition, offset, letter), Instant.ofEpochMilli(letter.timestamp()));
            } catch (NumberFormatException e) {
                LOG.debug("A dead letter at {}@{} does not say where its record lies", letter.partition(), letter.offset());
            }
        }

        /** Of a record that was trimmed the letter has the fingerprints. */
        private static PlacedRecord placed(int partition, long offset, ConsumerRecord<byte[], byte[]> letter) {
            return Optional.ofNullable(letter.headers().lastHeader(DeadLetterHeaders.TRIMMED)).map(Header::value).flatMap(Trimmed::read)
                .map(trimmed -> new PlacedRecord(partition, offset, trimmed.key(), trimmed.value()))
                .or(() -> Excerpts.of(letter).map(whole -> new PlacedRecord(partition, offset, whole.key(), whole.value())))
                .orElseGet(() -> new PlacedRecord(partition, offset, letter.key(), letter.value()));
        }

        private static String text(ConsumerRecord<byte[], byte[]> letter, String name) {
            Header header = letter.headers().lastHeader(name);
            return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
        }

        @Override
        public void endReached(Duration took) {
            LogEvent.DEAD_LETTERS_READ.on(LOG).addKeyValue("dead_letters", deadLettered.size())
                .addKeyValue("took_ms", took.toMillis()).log();
        }

        @Override
        public void unreadable(Throwable cause) {
            LogEvent.DEAD_LETTERS_UNREADABLE.on(LOG).addKeyValue("topic", topic)
                .addKeyValue("cause", ReadingFailure.inWords(cause)).log();
        }

        @Override
        public void doneWithout(RuntimeException cause) {
            LogEvent.DEAD_LETTERS_UNKNOWN.on(LOG).addKeyValue("topic", topic)
                .addKeyValue("cause", cause.getClass().getSimpleName()).log();
        }
    }
}
