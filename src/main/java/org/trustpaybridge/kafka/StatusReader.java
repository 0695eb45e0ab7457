package org.trustpaybridge.kafka;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.ledger.PaymentStandings;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.outbound.PaymentStatusChanged;
import org.trustpaybridge.payment.PaymentStanding;
import org.trustpaybridge.supervision.Lifeline;
import org.trustpaybridge.supervision.Vital;

/**
 * Reads the topic of status changes into {@link PaymentStandings}: all of it, then on and on, whoever publishes. See {@link TopicFollower}
 * for what it knows when.
 */
public final class StatusReader extends TopicFollower {

    private static final Logger LOG = LoggerFactory.getLogger(StatusReader.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final String THREAD = "The thread that reads status changes";
    /** Longer than a reader waits for several answers of Kafka, one after the other. */
    private static final Duration SILENCE = Duration.ofSeconds(120);

    /**
     * @param topic        the topic
     * @param standings    filled with what is read
     * @param transactions told of those that stay open on the topic
     * @param clock        wall clock
     * @param alive        of the reading thread
     */
    public StatusReader(String topic, PaymentStandings standings, OpenTransactions transactions, Clock clock, Lifeline alive) {
        super(new Changes(topic, standings), transactions, clock, alive);
    }

    /** @return why the topic cannot be read now; empty while it can be */
    public Optional<String> fault() {
        return reader().fault().map(TailReader.Fault::cause);
    }

    /**
     * @param wanted whether the reading thread is to live at the moment
     * @return what is to be asked about it
     */
    public Collection<Vital> vitals(BooleanSupplier wanted) {
        return List.of(Vital.lives(THREAD, reader().pulse(), wanted), Vital.moves(THREAD, reader().pulse(), wanted, SILENCE));
    }

    private record Changes(String topic, PaymentStandings standings) implements EventTail {

        @Override
        public String threadName() {
            return "payment-status";
        }

        /** A payment may be charged back a year later. How far back that is known is a matter of the topic. */
        @Override
        public Instant earliest() {
            return Instant.EPOCH;
        }

        @Override
        public String eventType() {
            return PaymentStatusChanged.EVENT_TYPE;
        }

        @Override
        public LogEvent strange() {
            return LogEvent.STATUS_RECORD_STRANGE;
        }

        @Override
        public Logger log() {
            return LOG;
        }

        @Override
        public void read(ConsumerRecord<byte[], byte[]> event) throws IOException {
            Change change = Change.of(event.value());
            standings.note(EventTail.orderId(event), change.reported(), change.at());
        }

        @Override
        public void endReached(Duration took) {
            LogEvent.STATUSES_READ.on(LOG).addKeyValue("orders", standings.size()).addKeyValue("bytes", standings.bytes())
                .addKeyValue("took_ms", took.toMillis()).log();
        }

        @Override
        public void unreadable(Throwable cause) {
            LogEvent.STATUSES_UNREADABLE.on(LOG).addKeyValue("topic", topic).addKeyValue("cause", ReadingFailure.inWords(cause)).log();
        }
    }

    /** What an event says, as far as it matters for the next one. */
    private record Change(PaymentStanding.Reported reported, Instant at) {

        static Change of(byte[] value) throws IOException {
            String status = null;
            String financial = null;
            String at = null;
            OptionalLong refunded = OptionalLong.empty();
            try (JsonParser parser = JSON.createParser(value)) {
                parser.nextToken();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    JsonToken token = parser.nextToken();
                    String text = token == JsonToken.VALUE_STRING ? parser.getText() : null;
                    switch (name) {
                        case "status" -> status = text;
                        case "financial_status" -> financial = text;
                        case "changed_at" -> at = text;
                        case "amount_refunded" -> refunded = token == JsonToken.VALUE_NUMBER_INT ? OptionalLong.of(parser.getLongValue())
                            : OptionalLong.empty();
                        default -> parser.skipChildren();
                    }
                }
            }
            if (status == null || at == null) {
                throw new IllegalArgumentException("no status, or no time");
            }
            return new Change(new PaymentStanding.Reported(status, Optional.ofNullable(financial), refunded), Instant.parse(at));
        }
    }
}
