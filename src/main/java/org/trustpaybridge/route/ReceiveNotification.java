package org.trustpaybridge.route;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.observe.metrics.NotificationMetrics;
import org.trustpaybridge.observe.metrics.NotificationOutcome;
import org.trustpaybridge.order.KnownSecrets;
import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.outbound.PaymentStatusChanged;
import org.trustpaybridge.payment.SignatureCheck;
import org.trustpaybridge.payment.SignatureCheck.Verdict;
import org.trustpaybridge.provider.PaymentReport;

/**
 * Looks at a notification: what is signed is MultiSafepay's word, what is not is a hint at most. Of the request only the signed body
 * counts; the address that it came to is signed by nobody. Nothing of the request is left in the message.
 */
public final class ReceiveNotification implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(ReceiveNotification.class);
    private static final Duration SAY_AGAIN = Duration.ofSeconds(15);

    private final SignatureCheck signatures;
    private final NotificationKeys keys;
    private final KnownSecrets secrets;
    private final NotificationMetrics metrics;
    private final Clock clock;
    private final ThrottledLog throttle = new ThrottledLog(SAY_AGAIN, System::nanoTime);

    /**
     * @param signatures checks them
     * @param keys       that may have made one
     * @param secrets    hidden in what MultiSafepay says
     * @param metrics    told of those that are refused
     * @param clock      wall clock
     */
    public ReceiveNotification(SignatureCheck signatures, NotificationKeys keys, KnownSecrets secrets, NotificationMetrics metrics,
                               Clock clock) {
        this.signatures = signatures;
        this.keys = keys;
        this.secrets = secrets;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        Message request = exchange.getMessage();
        boolean post = "POST".equals(request.getHeader(Exchange.HTTP_METHOD, String.class));
        Map<String, String> query = parameters(request.getHeader(Exchange.HTTP_RAW_QUERY, String.class));
        String auth = request.getHeader("Auth", String.class);
        byte[] body = request.getBody(byte[].class);
        request.removeHeaders("*");
        request.setBody(null);
        Notice notice = Notice.begin(exchange);
        if ("pretransaction".equals(query.getOrDefault("payload_type", "").toLowerCase(Locale.ROOT))) {
            // Before there is a payment; whoever says so, nothing is done.
            notice.answer(Notice.Reply.OK, NotificationOutcome.IGNORED);
        } else if (post) {
            signed(notice, query, auth, body == null ? new byte[0] : body);
        } else {
            hint(notice, query);
        }
    }

    private void signed(Notice notice, Map<String, String> query, String auth, byte[] body) {
        Verdict verdict = signatures.check(auth, body, keys.get(), clock.instant());
        if (verdict == Verdict.WRONG) {
            verdict = signatures.check(auth, body, keys.lookedAgain(), clock.instant());
        }
        if (verdict != Verdict.GOOD) {
            refuse(notice, verdict);
        } else if (!query.containsKey("timestamp")) {
            notice.answer(Notice.Reply.OK, NotificationOutcome.IGNORED);
        } else {
            try {
                notice.report(PaymentReport.ofNotification(body, secrets), PaymentStatusChanged.Source.NOTIFICATION,
                    SignatureCheck.signedAt(auth));
            } catch (PaymentReport.NotUnderstoodException e) {
                LogEvent.NOTIFICATION_NOT_UNDERSTOOD.on(LOG).addArgument(e.getMessage()).log();
                notice.answer(Notice.Reply.UNREADABLE, NotificationOutcome.NOT_UNDERSTOOD);
            }
        }
    }

    private void refuse(Notice notice, Verdict verdict) {
        metrics.refused(verdict.word());
        throttle.now(verdict.word()).ifPresent(leftOut -> LogEvent.NOTIFICATION_REFUSED.on(LOG).addKeyValue("reason", verdict.word())
            .addKeyValue("left_out", leftOut).log());
        notice.answer(Notice.Reply.UNSIGNED, NotificationOutcome.REFUSED);
    }

    private static void hint(Notice notice, Map<String, String> query) {
        if (!query.containsKey("timestamp")) {
            notice.answer(Notice.Reply.OK, NotificationOutcome.IGNORED);
            return;
        }
        try {
            OrderId orderId = new OrderId(query.get("transactionid"));
            if (orderId.fitsAPath()) {
                notice.lookUp(orderId);
                return;
            }
        } catch (IllegalArgumentException e) {
            LOG.debug("A hint names no order id", e);
        }
        notice.answer(Notice.Reply.UNREADABLE, NotificationOutcome.BAD_HINT);
    }

    /** Of two with one name the first counts. What is not encoded as it should be is left out. */
    private static Map<String, String> parameters(String query) {
        Map<String, String> found = new HashMap<>();
        for (String pair : query == null ? List.<String>of() : List.of(query.split("&"))) {
            int equals = pair.indexOf('=');
            try {
                found.putIfAbsent(decoded(equals < 0 ? pair : pair.substring(0, equals)), equals < 0 ? ""
                    : decoded(pair.substring(equals + 1)));
            } catch (IllegalArgumentException e) {
                LOG.debug("A parameter of a notification is not encoded as it should be", e);
            }
        }
        return found;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
