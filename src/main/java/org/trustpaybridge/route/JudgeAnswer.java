package org.trustpaybridge.route;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.OutcomePolicy;
import org.trustpaybridge.delivery.Verdict;
import org.trustpaybridge.order.TrustPayOrder;
import org.trustpaybridge.provider.AnswerJudge;
import org.trustpaybridge.provider.Outcome;
import org.trustpaybridge.provider.ProviderAnswer;
import org.trustpaybridge.provider.TransportFault;

/** Judges the provider's answer, or that there was none, and has the record know the consequence. */
public final class JudgeAnswer implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(JudgeAnswer.class);
    private static final String RETRY_AFTER = "Retry-After";

    private final AnswerJudge judge;
    private final OutcomePolicy policy;

    /**
     * @param judge  knows the provider's answers
     * @param policy knows their consequences
     */
    public JudgeAnswer(AnswerJudge judge, OutcomePolicy policy) {
        this.judge = judge;
        this.policy = policy;
    }

    /** @throws IOException when the answer breaks off while it is read */
    @Override
    public void process(Exchange exchange) throws IOException {
        int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        Optional<String> retryAfter = Optional.ofNullable(exchange.getMessage().getHeader(RETRY_AFTER, String.class));
        byte[] body = bodyOf(exchange);
        exchange.getMessage().setBody(null);
        exchange.getMessage().removeHeaders("*");
        TrustPayOrder order = PrepareCall.orderOf(exchange);
        conclude(exchange, order, judge.judge(new ProviderAnswer(status, retryAfter, body), order.orderId()));
    }

    /** @return a processor that judges the exception which stands in the place of an answer */
    public Processor ofMissingAnswer() {
        return exchange -> {
            exchange.getMessage().setBody(null);
            exchange.getMessage().removeHeaders("*");
            Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
            conclude(exchange, PrepareCall.orderOf(exchange), Outcome.transportFailure(fault(cause)));
        };
    }

    private void conclude(Exchange exchange, TrustPayOrder order, Outcome outcome) {
        InFlightRecord inFlight = InFlight.of(exchange);
        policy.apply(inFlight, order, outcome);
        InFlight.showDecision(exchange);
        inFlight.verdict().filter(Verdict.Later.class::isInstance).map(Verdict.Later.class::cast).ifPresent(later ->
            outcome.failure().ifPresent(failure -> LOG.atWarn()
                .addKeyValue("outcome", outcome.kind())
                .addKeyValue("reason", failure.reason())
                .addKeyValue("http_status", failure.httpStatus())
                .addKeyValue("provider_error_code", failure.providerErrorCode().isPresent() ? failure.providerErrorCode().getAsInt() : "-")
                .addKeyValue("order_id", order.orderId())
                .addKeyValue("record", inFlight)
                .addKeyValue("posts", inFlight.posts())
                .addKeyValue("retry_in_ms", later.delay().toMillis())
                .log("The order is tried again")));
    }

    private static byte[] bodyOf(Exchange exchange) throws IOException {
        Object body = exchange.getMessage().getBody();
        if (body instanceof InputStream stream) {
            try (stream) {
                return stream.readAllBytes();
            }
        }
        return body instanceof byte[] bytes ? bytes : new byte[0];
    }

    private static TransportFault fault(Throwable cause) {
        if (cause instanceof AnswerTooLargeException) {
            return TransportFault.ANSWER_TOO_LARGE;
        }
        if (cause instanceof ConnectTimeoutException || cause instanceof HttpHostConnectException
            || cause instanceof java.net.UnknownHostException || cause instanceof java.net.ConnectException
            || cause instanceof java.net.NoRouteToHostException || cause instanceof javax.net.ssl.SSLHandshakeException) {
            return TransportFault.CONNECT_FAILED;
        }
        return cause instanceof SocketTimeoutException ? TransportFault.TIMED_OUT : TransportFault.CONNECTION_LOST;
    }
}
