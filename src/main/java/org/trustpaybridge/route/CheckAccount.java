package org.trustpaybridge.route;

import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.ProviderGate;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.observe.metrics.BridgeMetrics;
import org.trustpaybridge.order.KnownSecrets;
import org.trustpaybridge.provider.GatewayAnswer;
import org.trustpaybridge.provider.ProviderAnswer;
import org.trustpaybridge.transport.ProviderCall;

/**
 * The question about the account, asked when an order was refused it, or when every order fails: whether the key is good and TrustPay
 * active. It names no order, so that its answer tells a bad account from a bad order.
 */
public final class CheckAccount {

    private static final Logger LOG = LoggerFactory.getLogger(CheckAccount.class);

    private final ProviderGate gate;
    private final BridgeMetrics metrics;
    private final KnownSecrets secrets;

    /**
     * @param gate    told what the provider says
     * @param metrics told of each question
     * @param secrets hidden wherever the provider says one back
     */
    public CheckAccount(ProviderGate gate, BridgeMetrics metrics, KnownSecrets secrets) {
        this.gate = gate;
        this.metrics = metrics;
        this.secrets = secrets;
    }

    /** @return leaves no body */
    public Processor prepare() {
        return exchange -> {
            // It decides about all orders, so nobody else's answer may be taken for it.
            ProviderCall.prepare(exchange, "", true);
            exchange.getMessage().setBody(null);
            metrics.begins(InFlight.of(exchange));
        };
    }

    /** @return judges the answer */
    public Processor judge() {
        return exchange -> {
            ProviderAnswer answer = AnswerReader.take(exchange);
            conclude(exchange, ProviderCall.of(exchange).doubtful() ? Optional.empty() : Optional.of(GatewayAnswer.judge(answer, secrets)));
        };
    }

    /** @return judges that there was no answer */
    public Processor judgeMissing() {
        return exchange -> {
            AnswerReader.fault(exchange);
            conclude(exchange, Optional.empty());
        };
    }

    private void conclude(Exchange exchange, Optional<GatewayAnswer> answer) {
        InFlightRecord inFlight = InFlight.of(exchange);
        metrics.accountChecked(inFlight, answer);
        LogEvent.ACCOUNT_CHECKED.on(LOG)
            .addKeyValue("account", answer.map(given -> given.state().name()).orElse("NO_ANSWER"))
            .addKeyValue("http_status", answer.map(given -> given.cause().httpStatus()).orElse(0))
            .addKeyValue("record", inFlight)
            .log();
        gate.checked(answer);
        if (InFlight.asksForPosts(exchange) && answer.filter(given -> given.state() == GatewayAnswer.State.ACTIVE).isEmpty()) {
            InFlight.askNothingMore(exchange);
            gate.postChecked(false, false);
        }
    }
}
