package org.trustpaybridge.route;

import java.io.IOException;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.Consequence;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.OutcomePolicy;
import org.trustpaybridge.delivery.ProviderGate;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.observe.metrics.BridgeMetrics;
import org.trustpaybridge.order.TrustPayOrder;
import org.trustpaybridge.provider.AnswerJudge;
import org.trustpaybridge.provider.Failure;
import org.trustpaybridge.provider.Lookup;
import org.trustpaybridge.provider.Outcome;
import org.trustpaybridge.provider.OutcomeKind;
import org.trustpaybridge.provider.ProviderAnswer;
import org.trustpaybridge.provider.Reason;
import org.trustpaybridge.provider.TransportFault;
import org.trustpaybridge.transport.ProviderCall;

/** Judges the provider's answer, or that there was none, and has the record know the consequence. */
public final class JudgeAnswer implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(JudgeAnswer.class);

    private final AnswerJudge judge;
    private final OutcomePolicy policy;
    private final ProviderGate gate;
    private final BridgeMetrics metrics;

    /**
     * @param judge   knows the provider's answers
     * @param policy  knows their consequences
     * @param gate    knows whether orders flow
     * @param metrics told of each call
     */
    public JudgeAnswer(AnswerJudge judge, OutcomePolicy policy, ProviderGate gate, BridgeMetrics metrics) {
        this.judge = judge;
        this.policy = policy;
        this.gate = gate;
        this.metrics = metrics;
    }

    /** @throws IOException when the answer breaks off while it is read */
    @Override
    public void process(Exchange exchange) throws IOException {
        TrustPayOrder order = PrepareCall.orderOf(exchange);
        ProviderAnswer answer = AnswerReader.take(exchange);
        conclude(exchange, order, believed(exchange, judge.judge(answer, order.orderId())), answer.status());
    }

    /**
     * What ends an order without a payment URL, or counts against it or the account, is believed only if it can be nobody else's answer.
     * Otherwise the order is tried again, on a connection that is opened for it; what comes there is believed, so that this has an end.
     */
    private static Outcome believed(Exchange exchange, Outcome outcome) {
        ProviderCall call = ProviderCall.of(exchange);
        InFlightRecord inFlight = InFlight.of(exchange);
        boolean otherOrder = outcome.failure().filter(failure -> failure.reason().equals(Reason.OTHER_ORDER.name())).isPresent();
        boolean doubtful = otherOrder ? call.namesOtherOrder() : call.doubtful();
        if (otherOrder || doubtful) {
            inFlight.doubtConnection();
        }
        if (!doubtful || outcome.kind() == OutcomeKind.CREATED || outcome.kind() == OutcomeKind.TRANSIENT) {
            return outcome;
        }
        if (outcome.kind() == OutcomeKind.UNCLEAR) {
            inFlight.countUnclearAnswer();
        }
        return Outcome.transportFailure(TransportFault.OUT_OF_STEP);
    }

    /** @return a processor that judges the exception which stands in the place of an answer */
    public Processor ofMissingAnswer() {
        return exchange -> conclude(exchange, PrepareCall.orderOf(exchange), Outcome.transportFailure(AnswerReader.fault(exchange)), 0);
    }

    private void conclude(Exchange exchange, TrustPayOrder order, Outcome outcome, int httpStatus) {
        InFlightRecord inFlight = InFlight.of(exchange);
        metrics.posted(inFlight, outcome, httpStatus);
        Consequence consequence = policy.judge(inFlight, order, outcome);
        inFlight.follow(consequence);
        if (consequence instanceof Consequence.LookUp && !order.orderId().fitsAPath()) {
            consequence = policy.judge(inFlight, order, Lookup.notAsked());
            inFlight.follow(consequence);
        }
        InFlight.showDecision(exchange);
        if (consequence instanceof Consequence.LookUp) {
            InFlight.askForOrder(exchange);
        } else if (outcome.kind() == OutcomeKind.ACCOUNT_FAULT && gate.wantsCheck()) {
            InFlight.askForAccount(exchange);
        } else if (mayBeTheOrder(outcome.kind()) && gate.wantsPostCheck(inFlight)) {
            InFlight.askForPosts(exchange);
        }
        if (consequence instanceof Consequence.TryAgain again) {
            outcome.failure().ifPresent(failure -> {
                metrics.retried(failure);
                log(inFlight, order, outcome, failure, again);
            });
        }
    }

    private static boolean mayBeTheOrder(OutcomeKind kind) {
        return kind == OutcomeKind.TRANSIENT || kind == OutcomeKind.ACCOUNT_FAULT;
    }

    /** While calls are held back, one line said so; the probes that fail meanwhile are for those who look closer. */
    private void log(InFlightRecord inFlight, TrustPayOrder order, Outcome outcome, Failure failure, Consequence.TryAgain again) {
        LogEvent.ORDER_TRIED_AGAIN.on(LOG, gate.flowing())
            .addKeyValue("outcome", outcome.kind())
            .addKeyValue("reason", failure.reason())
            .addKeyValue("http_status", failure.httpStatus())
            .addKeyValue("provider_error_code", failure.providerErrorCode().isPresent() ? failure.providerErrorCode().getAsInt() : "-")
            .addKeyValue("order_id", order.orderId())
            .addKeyValue("record", inFlight)
            .addKeyValue("posts", inFlight.posts())
            .addKeyValue("retry_in_ms", again.delay().toMillis())
            .log();
    }
}
