package org.trustpaybridge.route;

import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.ProviderGate;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.observe.metrics.BridgeMetrics;
import org.trustpaybridge.order.KnownSecrets;
import org.trustpaybridge.provider.PostRefusal;
import org.trustpaybridge.provider.ProviderAnswer;
import org.trustpaybridge.transport.ProviderCall;

/**
 * The question whether the provider takes orders at all, asked when every order here fails although key and gateway are good: by an order
 * that it has to refuse, and that can become nothing.
 */
public final class CheckPosts {

    private static final Logger LOG = LoggerFactory.getLogger(CheckPosts.class);

    private final ProviderGate gate;
    private final InFlightWindow window;
    private final BridgeMetrics metrics;
    private final KnownSecrets secrets;

    /**
     * @param gate    told what the provider says
     * @param window  has the orders tried again where they turn out to be to blame
     * @param metrics told of each question
     * @param secrets hidden wherever the provider says one back
     */
    public CheckPosts(ProviderGate gate, InFlightWindow window, BridgeMetrics metrics, KnownSecrets secrets) {
        this.gate = gate;
        this.window = window;
        this.metrics = metrics;
        this.secrets = secrets;
    }

    /** @return puts the order that has to be refused in the place of the other, of which it leaves nothing */
    public Processor prepare() {
        return exchange -> {
            // It decides about all orders, so nobody else's answer may be taken for it.
            ProviderCall.prepare(exchange, "", true);
            exchange.getMessage().setBody(PostRefusal.order());
            exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
            metrics.begins(InFlight.of(exchange));
        };
    }

    /** @return judges the answer */
    public Processor judge() {
        return exchange -> {
            ProviderAnswer answer = AnswerReader.take(exchange);
            conclude(exchange, ProviderCall.of(exchange).doubtful() ? Optional.empty() : Optional.of(PostRefusal.judge(answer, secrets)));
        };
    }

    /** @return judges that there was no answer */
    public Processor judgeMissing() {
        return exchange -> {
            AnswerReader.fault(exchange);
            conclude(exchange, Optional.empty());
        };
    }

    private void conclude(Exchange exchange, Optional<PostRefusal> answer) {
        InFlightRecord inFlight = InFlight.of(exchange);
        boolean refused = answer.filter(PostRefusal::asItShould).isPresent();
        metrics.postsChecked(inFlight, refused, answer.map(given -> given.cause().httpStatus()).orElse(0));
        LogEvent.POSTS_CHECKED.on(LOG)
            .addKeyValue("refused", refused ? "AS_IT_SHOULD" : answer.isPresent() ? "OTHERWISE" : "NO_ANSWER")
            .addKeyValue("http_status", answer.map(given -> given.cause().httpStatus()).orElse(0))
            .addKeyValue("provider_error_code", answer.map(given -> given.cause().providerErrorCode()).filter(code -> code.isPresent())
                .map(code -> Integer.toString(code.getAsInt())).orElse("-"))
            .addKeyValue("record", inFlight)
            .log();
        if (gate.postChecked(refused, window.allTried())) {
            window.tryAgainNow();
        }
    }
}
