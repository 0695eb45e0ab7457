package org.trustpaybridge.observe.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.trustpaybridge.delivery.DeadLetterReason;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.Excerpt;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.observe.activity.RecentActivity;
import org.trustpaybridge.order.Repair;
import org.trustpaybridge.provider.Failure;
import org.trustpaybridge.provider.GatewayAnswer;
import org.trustpaybridge.provider.Lookup;
import org.trustpaybridge.provider.Outcome;
import org.trustpaybridge.provider.OutcomeKind;

/**
 * What the steps of the routes count and measure. The meters are made beforehand, so that an order on its way makes none, looks none up by
 * its labels and waits for nobody.
 *
 * <p>Safe for use by several threads.
 */
public final class BridgeMetrics {

    private final MeterRegistry registry;
    private final RecentActivity activity;
    private final Clock clock;
    private final LongSupplier nanoTime;

    private final Counter published;
    private final Counter repeated;
    private final Counter skipped;
    private final Counter tooLarge;
    private final Map<DeadLetterReason.Code, Counter> deadLetters = new EnumMap<>(DeadLetterReason.Code.class);
    private final Timer publishedLatency;
    private final Timer repeatedLatency;
    private final Timer skippedLatency;
    private final Timer deadLetterLatency;
    private final Timer publishingUrl;
    private final Timer publishingDeadLetter;
    private final CallTimers<OutcomeKind> posts;
    private final CallTimers<LookUpOutcome> lookUps;
    private final CallTimers<AccountOutcome> accountChecks;
    private final CallTimers<PostCheckOutcome> postChecks;
    private final Map<String, Counter> retries = new HashMap<>();
    private final Map<String, Counter> outOfStep = new HashMap<>();
    private final Map<String, Counter> schemaFetches = new HashMap<>();
    private final Map<FailureLabels, Counter> failures = new ConcurrentHashMap<>();
    private final Map<String, Counter> repairs = new ConcurrentHashMap<>();
    private final Counter[][] ledgerHits = new Counter[2][2];

    /**
     * @param registry where the meters are kept
     * @param activity told of the same for people who look now
     * @param clock    wall clock, against which the time of a record is held
     * @param nanoTime monotonic time in nanoseconds
     */
    public BridgeMetrics(MeterRegistry registry, RecentActivity activity, Clock clock, LongSupplier nanoTime) {
        this.registry = registry;
        this.activity = activity;
        this.clock = clock;
        this.nanoTime = nanoTime;
        published = Meters.counter(registry, Metric.RECORDS_FINISHED, "published", Label.NONE);
        repeated = Meters.counter(registry, Metric.RECORDS_FINISHED, "repeat", Label.NONE);
        skipped = Meters.counter(registry, Metric.RECORDS_FINISHED, "skipped", Label.NONE);
        tooLarge = Meters.counter(registry, Metric.RECORDS_TOO_LARGE);
        for (DeadLetterReason.Code code : DeadLetterReason.Code.values()) {
            deadLetters.put(code, Meters.counter(registry, Metric.RECORDS_FINISHED, "dead-letter", code.name()));
        }
        publishedLatency = Meters.timer(registry, Metric.RECORD_LATENCY, Buckets.LATENCY, "published");
        repeatedLatency = Meters.timer(registry, Metric.RECORD_LATENCY, Buckets.LATENCY, "repeat");
        skippedLatency = Meters.timer(registry, Metric.RECORD_LATENCY, Buckets.LATENCY, "skipped");
        deadLetterLatency = Meters.timer(registry, Metric.RECORD_LATENCY, Buckets.LATENCY, "dead-letter");
        publishingUrl = Meters.timer(registry, Metric.PUBLISH, Buckets.PUBLISH, "payment-url");
        publishingDeadLetter = Meters.timer(registry, Metric.PUBLISH, Buckets.PUBLISH, "dead-letter");
        posts = new CallTimers<>(registry, "create", OutcomeKind.values());
        posts.of(OutcomeKind.CREATED, StatusClass.SUCCESS);
        lookUps = new CallTimers<>(registry, "look-up", LookUpOutcome.values());
        postChecks = new CallTimers<>(registry, "check-posts", PostCheckOutcome.values());
        accountChecks = new CallTimers<>(registry, "check-account", AccountOutcome.values());
        Label.RETRY_REASON.values().forEach(reason -> retries.put(reason, Meters.counter(registry, Metric.RETRIES, reason)));
        Label.FOUND_BY.values().forEach(found -> outOfStep.put(found, Meters.counter(registry, Metric.OUT_OF_STEP, found)));
        Label.SCHEMA_OUTCOME.values().forEach(word -> schemaFetches.put(word, Meters.counter(registry, Metric.SCHEMA_FETCHES, word)));
        for (int result = 0; result < 2; result++) {
            for (int stage = 0; stage < 2; stage++) {
                ledgerHits[result][stage] =
                    Meters.counter(registry, Metric.LEDGER_HITS, Label.RESULT.values().get(result), Label.STAGE.values().get(stage));
            }
        }
    }

    /** @param inFlight a record for which a call, or publishing, begins now */
    public void begins(InFlightRecord inFlight) {
        inFlight.stepBegan(nanoTime.getAsLong());
    }

    /**
     * @param inFlight   a record whose POST was judged
     * @param outcome    what it came to
     * @param httpStatus status of the answer; 0 without one
     */
    public void posted(InFlightRecord inFlight, Outcome outcome, int httpStatus) {
        posts.of(outcome.kind(), StatusClass.of(httpStatus)).record(since(inFlight), TimeUnit.NANOSECONDS);
        if (outcome.kind() != OutcomeKind.CREATED) {
            outcome.failure().ifPresent(failure -> failed(outcome.kind(), failure));
        }
    }

    private void failed(OutcomeKind kind, Failure failure) {
        failures.computeIfAbsent(FailureLabels.of(kind, failure), labels -> Meters.counter(registry, Metric.PROVIDER_FAILURES,
            labels.outcome().name(), labels.reason(), labels.errorCode(), labels.status())).increment();
    }

    /**
     * @param inFlight a record whose order id was looked up
     * @param lookup   what that told
     */
    public void lookedUp(InFlightRecord inFlight, Lookup lookup) {
        LookUpOutcome outcome = lookup.inconclusive() ? LookUpOutcome.INCONCLUSIVE
            : lookup.money().isPresent() ? LookUpOutcome.FOUND : LookUpOutcome.UNKNOWN_ORDER;
        lookUps.of(outcome, StatusClass.of(lookup.cause().httpStatus())).record(since(inFlight), TimeUnit.NANOSECONDS);
    }

    /**
     * @param inFlight a record that was refused the account
     * @param answer   what the provider said of the account; empty for no answer
     */
    public void accountChecked(InFlightRecord inFlight, Optional<GatewayAnswer> answer) {
        AccountOutcome outcome = AccountOutcome.of(answer.map(GatewayAnswer::state));
        accountChecks.of(outcome, StatusClass.of(answer.map(given -> given.cause().httpStatus()).orElse(0)))
            .record(since(inFlight), TimeUnit.NANOSECONDS);
    }

    /**
     * @param inFlight   a record in whose pass the provider was sent an order that it has to refuse
     * @param asItShould whether it did so
     * @param httpStatus status of the answer; 0 without one
     */
    public void postsChecked(InFlightRecord inFlight, boolean asItShould, int httpStatus) {
        postChecks.of(asItShould ? PostCheckOutcome.REJECTED : PostCheckOutcome.INCONCLUSIVE, StatusClass.of(httpStatus))
            .record(since(inFlight), TimeUnit.NANOSECONDS);
    }

    /** @param reason why a record is passed through again */
    public void retried(RetryReason reason) {
        retries.get(reason.name()).increment();
        activity.triedAgain(reason.name());
    }

    /** @param failure the failed call after which a record is passed through again */
    public void retried(Failure failure) {
        retries.get(failure.reason()).increment();
        activity.triedAgain(failure.reason());
    }

    /** @param outcome what a question for a schema came to, one of the values of the label */
    public void schemaFetched(String outcome) {
        schemaFetches.get(outcome).increment();
    }

    /** @param found how a connection to the provider was found out of step */
    public void outOfStep(String found) {
        outOfStep.get(found).increment();
    }

    /**
     * @param conflict  whether the amount or the currency differ from what was published
     * @param afterCall whether that was noticed only after the POST
     */
    public void ledgerHit(boolean conflict, boolean afterCall) {
        ledgerHits[conflict ? 1 : 0][afterCall ? 1 : 0].increment();
    }

    /** @param repair a member that was repaired or left out so that its order could be sent */
    public void repaired(Repair repair) {
        repairs.computeIfAbsent(repair.toString(), first ->
            Meters.counter(registry, Metric.REPAIRS, repair.member(), repair.kind().word())).increment();
    }

    /**
     * @param inFlight a record that is done with
     * @param decision what became of it
     */
    public void finished(InFlightRecord inFlight, Decision decision) {
        activity.finished(inFlight.orderId(), inFlight, decision, clock.millis() - inFlight.fetchedAt().toEpochMilli());
        if (decision instanceof Decision.PaymentUrl) {
            publishingUrl.record(since(inFlight), TimeUnit.NANOSECONDS);
            published.increment();
            latency(publishedLatency, inFlight);
        } else if (decision instanceof Decision.DeadLetter deadLetter) {
            publishingDeadLetter.record(since(inFlight), TimeUnit.NANOSECONDS);
            deadLetters.get(deadLetter.reason().code()).increment();
            inFlight.source().excerpt().filter(Excerpt::tooLarge).ifPresent(excerpt -> tooLarge.increment());
            latency(deadLetterLatency, inFlight);
        } else if (decision instanceof Decision.Skipped) {
            skipped.increment();
            latency(skippedLatency, inFlight);
        } else {
            repeated.increment();
            latency(repeatedLatency, inFlight);
        }
    }

    private long since(InFlightRecord inFlight) {
        return nanoTime.getAsLong() - inFlight.stepBegan();
    }

    /** A record without a time says nothing of its latency; one from the future took no time. */
    private void latency(Timer timer, InFlightRecord inFlight) {
        Instant from = inFlight.source().timestamp();
        if (from.toEpochMilli() >= 0) {
            long millis = clock.millis() - from.toEpochMilli();
            timer.record(Math.max(0, millis), TimeUnit.MILLISECONDS);
        }
    }

    /** What the question about the account came to. */
    private enum AccountOutcome {
        ACTIVE, REFUSED, INCONCLUSIVE;

        static AccountOutcome of(Optional<GatewayAnswer.State> state) {
            return state.map(said -> switch (said) {
                case ACTIVE -> ACTIVE;
                case INACTIVE, KEY_REFUSED, ACCOUNT_REFUSED -> REFUSED;
                case NOT_THE_API, BUSY, UNCLEAR -> INCONCLUSIVE;
            }).orElse(INCONCLUSIVE);
        }
    }

    /** What a POST that has to be refused came to. */
    private enum PostCheckOutcome { REJECTED, INCONCLUSIVE }

    /** What a look-up came to. */
    private enum LookUpOutcome { FOUND, UNKNOWN_ORDER, INCONCLUSIVE }

    /** Upper bounds of the buckets, at the places where somebody may want to set an objective. */
    private static final class Buckets {

        static final Duration[] LATENCY = seconds(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600);
        static final Duration[] PUBLISH = seconds(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10);

        static Duration[] seconds(double... bounds) {
            Duration[] durations = new Duration[bounds.length];
            for (int i = 0; i < bounds.length; i++) {
                durations[i] = Duration.ofMillis(Math.round(bounds[i] * 1000));
            }
            return durations;
        }
    }
}
