package org.trustpaybridge.assembly;

import java.time.Clock;
import java.util.Set;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.api.GlobalOpenTelemetry;
import org.apache.camel.util.concurrent.SynchronousExecutorService;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.PublishGate;
import org.trustpaybridge.observe.metrics.BridgeMetrics;
import org.trustpaybridge.observe.tracing.PostSpans;
import org.trustpaybridge.order.JsonFactories;
import org.trustpaybridge.order.KnownSecrets;
import org.trustpaybridge.order.OrderMapper;
import org.trustpaybridge.provider.AnswerJudge;
import org.trustpaybridge.route.AdmitRecord;
import org.trustpaybridge.route.AllowedHeaders;
import org.trustpaybridge.route.CheckAccount;
import org.trustpaybridge.route.CheckDeadLetters;
import org.trustpaybridge.route.CheckLedger;
import org.trustpaybridge.route.CheckPosts;
import org.trustpaybridge.route.CheckStillOurs;
import org.trustpaybridge.route.ComposeRecord;
import org.trustpaybridge.route.FinishRecord;
import org.trustpaybridge.route.HoldBack;
import org.trustpaybridge.route.JudgeAnswer;
import org.trustpaybridge.route.KeepForLater;
import org.trustpaybridge.route.LookUpOrder;
import org.trustpaybridge.route.MapEvent;
import org.trustpaybridge.route.MapToTrustPayOrder;
import org.trustpaybridge.route.PrepareCall;
import org.trustpaybridge.route.Steps;
import org.trustpaybridge.route.TraceCall;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;

/**
 * The steps of the routes. Needs the books of {@link DeliveryAssembly}, the readers of {@link KafkaAssembly} and somebody who counts.
 *
 * @param settings what the operator said
 * @param delivery books
 * @param kafka    readers
 * @param metrics  told what the steps do
 * @param secrets  hidden wherever the provider says one back
 * @param clock    wall clock
 */
record RouteAssembly(Settings settings, DeliveryAssembly delivery, KafkaAssembly kafka, BridgeMetrics metrics, KnownSecrets secrets,
                     Clock clock) {

    /** A step is bound here, and named in {@code routes/*.camel.yaml}. */
    void bindTo(Beans beans) {
        beans.bind("kafka", Publishing.component(settings));
        beans.bind("orderWindow", kafka.clientFactory());
        beans.bind("onProducerThread", new SynchronousExecutorService());
        beans.bind("noHeaders", new AllowedHeaders(Set.of()));
        beans.bind("orderJson", new ObjectMapper(JsonFactories.shared().build()));
        bindMapping(beans);
        bindMemory(beans);
        bindCall(beans);
        bindQuestions(beans);
        bindPublishing(beans);
    }

    private void bindMapping(Beans beans) {
        beans.bind("admitRecord", new AdmitRecord(delivery.window(), settings.delivery().initialDelay(), delivery.publishing()::passEnded,
            metrics));
        beans.bind("mapEvent", new MapEvent(clock));
        beans.bind("mapToTrustPayOrder", new MapToTrustPayOrder(new OrderMapper(settings.rules()), clock, metrics));
    }

    private void bindMemory(Beans beans) {
        CheckLedger checkLedger = new CheckLedger(delivery.published(), clock, metrics);
        CheckDeadLetters checkDeadLetters = new CheckDeadLetters(delivery.deadLettered(), clock);
        beans.bind("checkLedger", checkLedger);
        beans.bind("checkRepeat", new Steps(checkLedger.afterDoubt(), checkDeadLetters));
        beans.bind("checkAgain", new Steps(checkLedger.again(), checkDeadLetters));
    }

    /** While tracing is off, nothing of it stands in the way of a call. */
    private void bindCall(Beans beans) {
        InFlightWindow window = delivery.window();
        PublishGate publishGate = delivery.publishing().gate();
        beans.bind("checkBeforeCalling", new Steps(
            CheckStillOurs.beforeCalling(window, publishGate, delivery.lease(), clock, metrics), new HoldBack(window)));
        beans.bind("checkBeforePublishing", beforePublishing());
        PrepareCall prepare = new PrepareCall(metrics);
        JudgeAnswer judge = new JudgeAnswer(new AnswerJudge(clock, settings.provider().baseUrl(), secrets),
            delivery.policy(), delivery.gate(), metrics);
        boolean traced = Boolean.parseBoolean(settings.text(Setting.TRACING_ENABLED));
        beans.bind("providerHeaders", new AllowedHeaders(Set.of("retry-after"), traced ? TraceCall.HEADERS : Set.of()));
        if (traced) {
            TraceCall trace = new TraceCall(new PostSpans(GlobalOpenTelemetry.get(), settings.provider().baseUrl()));
            beans.bind("prepareCall", trace.begins(prepare));
            beans.bind("judgeAnswer", trace.ends(judge));
            beans.bind("judgeMissingAnswer", trace.ends(judge.ofMissingAnswer()));
        } else {
            beans.bind("prepareCall", prepare);
            beans.bind("judgeAnswer", judge);
            beans.bind("judgeMissingAnswer", judge.ofMissingAnswer());
        }
    }

    private CheckStillOurs beforePublishing() {
        return CheckStillOurs.beforePublishing(delivery.window(), delivery.publishing().gate(), delivery.lease(), clock, metrics);
    }

    private void bindQuestions(Beans beans) {
        LookUpOrder lookUp = new LookUpOrder(delivery.policy(), metrics, secrets);
        beans.bind("prepareLookUp", lookUp.prepare());
        beans.bind("judgeLookUp", lookUp.judge());
        beans.bind("judgeMissingLookUp", lookUp.judgeMissing());
        CheckAccount checkAccount = new CheckAccount(delivery.gate(), metrics, secrets);
        beans.bind("prepareAccountCheck", checkAccount.prepare());
        beans.bind("judgeAccountCheck", checkAccount.judge());
        beans.bind("judgeMissingAccountCheck", checkAccount.judgeMissing());
        CheckPosts checkPosts = new CheckPosts(delivery.gate(), delivery.window(), metrics, secrets);
        beans.bind("preparePostCheck", checkPosts.prepare());
        beans.bind("judgePostCheck", checkPosts.judge());
        beans.bind("judgeMissingPostCheck", checkPosts.judgeMissing());
    }

    private void bindPublishing(Beans beans) {
        PublishGate publishGate = delivery.publishing().gate();
        beans.bind("composePaymentUrlCreated", ComposeRecord.paymentUrl(metrics));
        beans.bind("composeDeadLetter", ComposeRecord.deadLetter(kafka.consumers().originals(), beforePublishing(), metrics));
        beans.bind("finishRecord", new FinishRecord(delivery.published(), publishGate, clock, metrics));
        beans.bind("keepForLater", new KeepForLater(delivery.schedule(), publishGate, delivery.publishing().stuck(),
            kafka.consumers().publishedBefore()::caughtUp, settings.oversizeHeld(), metrics, System::nanoTime));
    }
}
