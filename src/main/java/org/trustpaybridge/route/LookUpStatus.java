package org.trustpaybridge.route;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.observe.metrics.NotificationOutcome;
import org.trustpaybridge.order.KnownSecrets;
import org.trustpaybridge.outbound.PaymentStatusChanged;
import org.trustpaybridge.provider.Lookup;
import org.trustpaybridge.provider.PaymentReport;
import org.trustpaybridge.provider.ProviderAnswer;
import org.trustpaybridge.transport.ProviderCall;

/**
 * Asks MultiSafepay how the payment of an order stands, after somebody hinted that there is news. Anybody can send hints, so few are looked
 * up at once and in a second; the others are to be sent again.
 */
public final class LookUpStatus {

    private static final Logger LOG = LoggerFactory.getLogger(LookUpStatus.class);
    private static final int AT_ONCE = 4;
    private static final int A_SECOND = 10;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Duration SAY_AGAIN = Duration.ofSeconds(15);

    private final Semaphore free = new Semaphore(AT_ONCE);
    private final KnownSecrets secrets;
    private final Clock clock;
    private final ThrottledLog throttle = new ThrottledLog(SAY_AGAIN, System::nanoTime);
    private long second = System.nanoTime();
    private int begun;

    /**
     * @param secrets hidden wherever the provider says one back
     * @param clock   wall clock
     */
    public LookUpStatus(KnownSecrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /** @return leaves one header, the path of the order; or says that this is not the time */
    public Processor prepare() {
        return exchange -> {
            Notice notice = Notice.of(exchange);
            if (!mayBegin()) {
                throttle.now("").ifPresent(leftOut -> LogEvent.LOOK_UPS_LIMITED.on(LOG).addKeyValue("left_out", leftOut).log());
                notice.answer(Notice.Reply.LATER, NotificationOutcome.HELD);
                return;
            }
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                    free.release();
                }
            });
            // What it tells is published, so nobody else's answer may be taken for it.
            ProviderCall.prepare(exchange, "", true);
            exchange.getMessage().setHeader(Exchange.HTTP_PATH,
                URLEncoder.encode(notice.orderId().text(), StandardCharsets.UTF_8).replace("+", "%20"));
        };
    }

    private synchronized boolean mayBegin() {
        long now = System.nanoTime();
        if (now - second > SECOND) {
            second = now;
            begun = 0;
        }
        if (begun >= A_SECOND || !free.tryAcquire()) {
            return false;
        }
        begun++;
        return true;
    }

    /** @return judges the answer */
    public Processor judge() {
        return exchange -> {
            Notice notice = Notice.of(exchange);
            ProviderAnswer answer = AnswerReader.take(exchange);
            Lookup lookup = Lookup.judge(answer, notice.orderId(), secrets);
            if (ProviderCall.of(exchange).doubtful() || lookup.inconclusive()) {
                throw new IOException("MultiSafepay gave no answer that tells anything: HTTP " + answer.status());
            }
            try {
                PaymentReport.ofAnswer(answer, notice.orderId(), secrets).ifPresentOrElse(
                    report -> notice.report(report, PaymentStatusChanged.Source.LOOK_UP, clock.instant()),
                    () -> notice.answer(Notice.Reply.OK, NotificationOutcome.UNKNOWN_ORDER));
            } catch (PaymentReport.NotUnderstoodException e) {
                LogEvent.LOOK_UP_NOT_UNDERSTOOD.on(LOG).addArgument(e.getMessage()).addKeyValue("order_id", notice.orderId().text()).log();
                notice.answer(Notice.Reply.OK, NotificationOutcome.NOT_UNDERSTOOD);
            }
        };
    }
}
