package org.trustpaybridge.kafka;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.ledger.PublishedOrders;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.order.Money;
import org.trustpaybridge.outbound.PaymentUrlCreated;
import org.trustpaybridge.supervision.Lifeline;

/**
 * Reads the outbound topic into {@link PublishedOrders}: first as far back as the ledger remembers, then on and on, whoever publishes.
 * See {@link TopicFollower} for what it knows when.
 */
public final class LedgerReader extends TopicFollower {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerReader.class);
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * @param topic     the outbound topic
     * @param published filled with what is read
     * @param transactions told of those that stay open on the topic
     * @param clock     wall clock
     * @param alive     of the reading thread
     */
    public LedgerReader(String topic, PublishedOrders published, OpenTransactions transactions, Clock clock, Lifeline alive) {
        super(new Outbound(topic, published), transactions, clock, alive);
    }

    private record Outbound(String topic, PublishedOrders published) implements EventTail {

        @Override
        public String threadName() {
            return "ledger";
        }

        @Override
        public Instant earliest() {
            return published.earliest();
        }

        @Override
        public String eventType() {
            return PaymentUrlCreated.EVENT_TYPE;
        }

        @Override
        public LogEvent strange() {
            return LogEvent.LEDGER_RECORD_STRANGE;
        }

        @Override
        public Logger log() {
            return LOG;
        }

        @Override
        public void read(ConsumerRecord<byte[], byte[]> event) throws IOException {
            money(event.value()).ifPresent(money -> published.add(EventTail.orderId(event), money,
                Instant.ofEpochMilli(event.timestamp())));
        }

        @Override
        public void endReached(Duration took) {
            LogEvent.LEDGER_READ.on(LOG).addKeyValue("orders", published.size()).addKeyValue("bytes", published.bytes())
                .addKeyValue("took_ms", took.toMillis()).log();
        }

        @Override
        public void unreadable(Throwable cause) {
            LogEvent.LEDGER_UNREADABLE.on(LOG).addKeyValue("topic", topic)
                .addKeyValue("cause", ReadingFailure.inWords(cause)).log();
        }
    }

    /** Amount and currency, if there is a payment URL beside them. */
    private static Optional<Money> money(byte[] value) throws IOException {
        Long amount = null;
        String currency = null;
        boolean url = false;
        try (JsonParser parser = JSON.createParser(value)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                if ("amount".equals(name) && token == JsonToken.VALUE_NUMBER_INT) {
                    amount = parser.getLongValue();
                } else if ("currency".equals(name) && token == JsonToken.VALUE_STRING) {
                    currency = parser.getText();
                } else if ("payment_url".equals(name)) {
                    url = token == JsonToken.VALUE_STRING;
                } else {
                    parser.skipChildren();
                }
            }
        }
        return url && amount != null && currency != null ? Optional.of(new Money(amount, currency)) : Optional.empty();
    }
}
