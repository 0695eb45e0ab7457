package org.trustpaybridge.route;

import java.time.Duration;
import java.util.concurrent.ExecutionException;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.observe.metrics.NotificationMetrics;
import org.trustpaybridge.observe.metrics.NotificationOutcome;
import org.trustpaybridge.payment.PaymentStatus;
import org.trustpaybridge.provider.PaymentReport;
import org.trustpaybridge.transport.CallFailedException;

/** How a notification ends: published, held, and in each case answered. */
public final class NotificationEnd {

    private static final Logger LOG = LoggerFactory.getLogger("org.trustpaybridge.Outcome");

    private static final Duration SAY_AGAIN = Duration.ofSeconds(15);

    private final ThrottledLog throttle = new ThrottledLog(SAY_AGAIN, System::nanoTime);
    private final NotificationTrouble trouble;
    private final NotificationMetrics metrics;

    /**
     * @param trouble told of what fails and of what works
     * @param metrics told of each notification
     */
    public NotificationEnd(NotificationTrouble trouble, NotificationMetrics metrics) {
        this.trouble = trouble;
        this.metrics = metrics;
    }

    /** @return Kafka has acknowledged the change */
    public Processor published() {
        return exchange -> {
            Notice notice = Notice.of(exchange);
            PaymentReport report = notice.report();
            notice.answer(Notice.Reply.OK, NotificationOutcome.PUBLISHED);
            trouble.over();
            LogEvent.STATUS_PUBLISHED.on(LOG).addKeyValue("order_id", report.orderId().text()).addKeyValue("status", report.status())
                .addKeyValue("status_known", PaymentStatus.of(report.status()).isPresent())
                .addKeyValue("previous_status", notice.before().status().map(Object::toString).orElse("-"))
                .addKeyValue("source", notice.source().word()).log();
        };
    }

    /** @return something failed: nothing was published, or nobody knows whether it was. MultiSafepay is to send it again */
    public Processor held() {
        return exchange -> {
            Notice notice = Notice.of(exchange);
            Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
            if (notice.report() == null) {
                // Anybody can send hints, so what becomes of them says nothing of the notifications that are signed.
                throttle.now("").ifPresent(leftOut -> LogEvent.LOOK_UP_FAILED.on(LOG).addKeyValue("cause", inWords(caught))
                    .addKeyValue("left_out", leftOut).log());
                notice.answer(Notice.Reply.LATER, NotificationOutcome.LOOK_UP_FAILED);
                return;
            }
            if (caught instanceof NotKnownException) {
                trouble.notKnown(caught.getMessage());
            } else {
                trouble.notPublished(inWords(caught));
            }
            notice.answer(Notice.Reply.LATER, NotificationOutcome.HELD);
        };
    }

    /** @return makes the answer, in which there is nothing of the request */
    public Processor answer() {
        return exchange -> {
            Notice notice = Notice.of(exchange);
            if (notice.outcome() != NotificationOutcome.REFUSED) {
                metrics.ended(notice.outcome());
            }
            exchange.getMessage().removeHeaders("*");
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, notice.reply().status());
            exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "text/plain");
            exchange.getMessage().setBody(notice.reply().text());
        };
    }

    /** Words of exceptions may have anything in them, but those of this program. */
    private static String inWords(Throwable failure) {
        Throwable cause = failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof CallFailedException failed) {
            return "MultiSafepay cannot be asked: " + failed.fault().name();
        }
        boolean own = cause instanceof java.io.IOException && cause.getMessage() != null && cause.getMessage().startsWith("MultiSafepay ");
        return own ? cause.getMessage() : "publishing failed: " + (cause == null ? "no exception" : cause.getClass().getSimpleName());
    }
}
