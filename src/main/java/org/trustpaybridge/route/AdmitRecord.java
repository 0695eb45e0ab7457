package org.trustpaybridge.route;

import java.time.Duration;
import java.util.function.Consumer;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.observe.metrics.BridgeMetrics;
import org.trustpaybridge.observe.metrics.RetryReason;

/**
 * Ties an exchange to its record, so that the record's books are kept whatever becomes of the exchange. When the exchange is done, on
 * whichever thread, its pass is over.
 */
public final class AdmitRecord implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(AdmitRecord.class);

    private final InFlightWindow window;
    private final Duration fallback;
    private final Consumer<InFlightRecord> onPassEnded;
    private final BridgeMetrics metrics;

    /**
     * @param window   books of the records in flight
     * @param fallback wait of a record whose exchange ended without saying what became of it
     * @param onPassEnded told of every pass that is over, before the window is
     * @param metrics  counts those
     */
    public AdmitRecord(InFlightWindow window, Duration fallback, Consumer<InFlightRecord> onPassEnded, BridgeMetrics metrics) {
        this.window = window;
        this.fallback = fallback;
        this.onPassEnded = onPassEnded;
        this.metrics = metrics;
    }

    @Override
    public void process(Exchange exchange) {
        InFlightRecord inFlight = (InFlightRecord) exchange.getMessage().getBody();
        exchange.getMessage().removeHeaders("*");
        InFlight.attach(exchange, inFlight);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                passEnded(done, inFlight);
            }
        });
        window.passBegan(inFlight);
    }

    private void passEnded(Exchange done, InFlightRecord inFlight) {
        if (inFlight.verdict().isEmpty()) {
            metrics.retried(RetryReason.PASS_WITHOUT_VERDICT);
            // The message of the exception is left out: it could quote the event.
            LogEvent.NO_VERDICT.on(LOG).addKeyValue("record", inFlight)
                .addKeyValue("cause", done.getException() == null ? "none" : done.getException().getClass().getName())
                .log();
        }
        onPassEnded.accept(inFlight);
        window.passEnded(inFlight, fallback);
    }
}
