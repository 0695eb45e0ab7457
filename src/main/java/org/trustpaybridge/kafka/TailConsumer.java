package org.trustpaybridge.kafka;

import java.time.Duration;
import java.util.Properties;

/** Ends soon: brokers that are gone without a word would take half a minute of it. */
final class TailConsumer extends BoundedConsumer {

    private static final Duration CLOSING = Duration.ofSeconds(1);

    TailConsumer(Properties properties) {
        super(properties);
    }

    @Override
    public void close() {
        super.close(CLOSING);
    }
}
