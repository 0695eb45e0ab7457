package org.trustpaybridge.route;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.ledger.PaymentStandings;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.observe.metrics.NotificationOutcome;
import org.trustpaybridge.payment.PaymentStanding;
import org.trustpaybridge.payment.PaymentStanding.News;
import org.trustpaybridge.provider.PaymentReport;

/**
 * Decides whether what MultiSafepay says is news. What was published is never known too much, only too little for a moment; so a repeat is
 * told at once, and before a change is believed all is read that any instance has published.
 *
 * <p>Those of one order go one after the other here, until the first is acknowledged. Two instances that decide at the same moment both
 * publish; then both events have the same {@code ce_id}.
 */
public final class DecideNews implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(DecideNews.class);
    /** Orders share a lane here and there; that costs a moment. */
    private static final int LANES = 64;

    private final PaymentStandings standings;
    private final Supplier<CompletableFuture<Void>> caughtUp;
    private final Duration patience;
    private final Semaphore[] lanes = Stream.generate(() -> new Semaphore(1)).limit(LANES).toArray(Semaphore[]::new);

    /**
     * @param standings what was published, as far as it is known
     * @param caughtUp  completed when all that is published at the moment of the call is known
     * @param patience  longest wait for that, and for another one of the same order
     */
    public DecideNews(PaymentStandings standings, Supplier<CompletableFuture<Void>> caughtUp, Duration patience) {
        this.standings = standings;
        this.caughtUp = caughtUp;
        this.patience = patience;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Notice notice = Notice.of(exchange);
        PaymentReport report = notice.report();
        PaymentStanding.Reported reported = new PaymentStanding.Reported(report.status(), report.financial(), report.refunded());
        if (!enterLane(exchange, report)) {
            notice.answer(Notice.Reply.LATER, NotificationOutcome.HELD);
            return;
        }
        PaymentStanding standing = standings.of(report.orderId());
        if (standing.judge(reported) == News.CHANGE) {
            catchUp();
            standing = standings.of(report.orderId());
            if (standing.equals(PaymentStanding.NONE) && standings.full()) {
                throw new NotKnownException("this instance has no memory for more than " + standings.most() + " orders (-Xmx)");
            }
        }
        switch (standing.judge(reported)) {
            case CHANGE -> notice.publish(standing);
            case REPEAT -> notice.answer(Notice.Reply.OK, NotificationOutcome.REPEAT);
            case OVERTAKEN -> {
                LogEvent.NOTIFICATION_OLD.on(LOG).addKeyValue("order_id", report.orderId().text()).addKeyValue("status", report.status())
                    .addKeyValue("published", standing.status().map(Object::toString).orElse("-")).log();
                notice.answer(Notice.Reply.OK, NotificationOutcome.OVERTAKEN);
            }
        }
    }

    private void catchUp() throws NotKnownException, InterruptedException, ExecutionException {
        CompletableFuture<Void> known = caughtUp.get();
        try {
            known.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            known.cancel(false);
            throw new NotKnownException("what was published before is not known yet");
        }
    }

    /**
     * Left when the notification is answered, whatever the answer.
     *
     * @return whether it came free in time; why the one before takes so long is for that one to say
     */
    private boolean enterLane(Exchange exchange, PaymentReport report) throws InterruptedException {
        Semaphore lane = lanes[Math.floorMod(report.orderId().text().hashCode(), LANES)];
        if (!lane.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                lane.release();
            }
        });
        return true;
    }
}
