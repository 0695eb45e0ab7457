package org.trustpaybridge;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.GlobalOpenTelemetry;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.main.Main;
import org.trustpaybridge.activity.RecentActivity;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.OutcomePolicy;
import org.trustpaybridge.delivery.ProviderGate;
import org.trustpaybridge.delivery.PublishLease;
import org.trustpaybridge.delivery.RetrySchedule;
import org.trustpaybridge.delivery.WindowLimits;
import org.trustpaybridge.delivery.WindowStatus;
import org.trustpaybridge.kafka.BrokerWatch;
import org.trustpaybridge.kafka.CamelKafkaSettings;
import org.trustpaybridge.kafka.ConsumerContext;
import org.trustpaybridge.kafka.ConsumptionSwitch;
import org.trustpaybridge.kafka.DeadLetterReader;
import org.trustpaybridge.kafka.LagWatch;
import org.trustpaybridge.kafka.LedgerReader;
import org.trustpaybridge.kafka.OrderKafkaClientFactory;
import org.trustpaybridge.kafka.PublishedBefore;
import org.trustpaybridge.ledger.DeadLetteredRecords;
import org.trustpaybridge.ledger.PublishedOrders;
import org.trustpaybridge.management.BridgeManagement;
import org.trustpaybridge.metrics.BridgeMetrics;
import org.trustpaybridge.metrics.EngineGauges;
import org.trustpaybridge.metrics.EngineSources;
import org.trustpaybridge.metrics.JvmMeters;
import org.trustpaybridge.metrics.PartitionCollector;
import org.trustpaybridge.order.OrderMapper;
import org.trustpaybridge.provider.AnswerJudge;
import org.trustpaybridge.route.AdmitRecord;
import org.trustpaybridge.route.AllowedHeaders;
import org.trustpaybridge.management.BridgeHealthCheck;
import org.trustpaybridge.route.CheckDeadLetters;
import org.trustpaybridge.route.CheckLedger;
import org.trustpaybridge.route.CheckStillOurs;
import org.trustpaybridge.route.ComposeRecord;
import org.trustpaybridge.route.FinishRecord;
import org.trustpaybridge.route.JudgeAnswer;
import org.trustpaybridge.route.KeepForLater;
import org.trustpaybridge.route.LookUpOrder;
import org.trustpaybridge.route.MapToTrustPayOrder;
import org.trustpaybridge.route.PrepareCall;
import org.trustpaybridge.route.ProviderClient;
import org.trustpaybridge.management.ProviderLog;
import org.trustpaybridge.route.TraceCall;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;
import org.trustpaybridge.status.BearerToken;
import org.trustpaybridge.status.BridgeState;
import org.trustpaybridge.status.Instance;
import org.trustpaybridge.status.ManagementServer;
import org.trustpaybridge.status.StatusPage;
import org.trustpaybridge.status.StatusReport;
import org.trustpaybridge.tracing.PostSpans;

/**
 * Camel Main with everything that the routes refer to. This is the one place that says which object does what: the names bound here are
 * the names that stand in {@code routes/*.camel.yaml}.
 */
public final class BridgeMain extends Main {

    /** Shorter than the session time-out of the consumer in {@code routes/order-created.camel.yaml}. */
    private static final Duration LEASE = Duration.ofSeconds(4);
    /** Longer than its heartbeat interval. */
    private static final Duration QUARANTINE = Duration.ofSeconds(3);
    /** What publishing takes at most while Kafka is well. */
    private static final Duration PUBLISHING = Duration.ofSeconds(5);

    /** What an orderly stop takes at most beside the calls under way. */
    private static final Duration STOPPING = Duration.ofSeconds(20);

    private PublishedBefore publishedBefore;
    private BridgeManagement management;
    private LagWatch lagWatch;
    private JvmMeters jvmMeters;

    /**
     * @param settings what the operator said
     * @param routes   folder with the routes
     * @param version  version of the program, for the provider's logs
     */
    public BridgeMain(Settings settings, Path routes, String version) {
        setAppName("trustpay-bridge");
        configureCamel(settings, routes);
        bindBeans(settings, version, Clock.systemUTC());
    }

    private void configureCamel(Settings settings, Path routes) {
        addInitialProperty("camel.main.name", "trustpay-bridge");
        addInitialProperty("camel.main.shutdown-timeout", Long.toString(settings.provider().responseTimeout().plus(STOPPING).toSeconds()));
        // Kafka's client gives up on an unknown host at once; a bridge that starts before its broker waits for it.
        addInitialProperty("camel.component.kafka.create-consumer-backoff-max-attempts", Integer.toString(Integer.MAX_VALUE));
        addInitialProperty("camel.component.kafka.subscribe-consumer-backoff-max-attempts", Integer.toString(Integer.MAX_VALUE));
        // Timers for each route and each step that sends: much to pay for what the bridge's own metrics tell better, and JMX as well.
        addInitialProperty("camel.metrics.enable-exchange-event-notifier", "false");
        addInitialProperty("camel.metrics.enable-route-policy", "false");
        addInitialProperty("camel.metrics.route-policy-level", "route");
        // The operator's own settings of Camel win over what was set so far, and not over what follows.
        CamelKafkaSettings.apply(this, settings.properties());
        addOverrideProperty("camel.main.routes-include-pattern", "file:" + routes + "/*.camel.yaml");
        addOverrideProperty("camel.main.message-history", "false");
        addOverrideProperty("camel.main.stream-caching-enabled", "false");
        addOverrideProperty("camel.main.allow-use-original-message", "false");
        // It would share the management server's router on the same port, without the token.
        addOverrideProperty("camel.server.enabled", "false");
        addOverrideProperty("camel.management.enabled", "true");
        addOverrideProperty("camel.management.host", settings.text(Setting.MANAGEMENT_HOST));
        addOverrideProperty("camel.management.port", settings.text(Setting.MANAGEMENT_PORT));
        addOverrideProperty("camel.management.path", "/");
        addOverrideProperty("camel.management.health-check-enabled", "true");
        addOverrideProperty("camel.management.metrics-enabled", "true");
        addOverrideProperty("camel.metrics.enabled", "true");
        // Shows the details of the bridge's own check: partitions, records in flight, state of the provider.
        addOverrideProperty("camel.health.exposure-level", "full");
    }

    private void bindBeans(Settings settings, String version, Clock clock) {
        Settings.Delivery delivery = settings.delivery();
        RetrySchedule schedule = new RetrySchedule(delivery.initialDelay(), delivery.maxDelay(), new java.util.Random());
        ProviderGate gate = new ProviderGate(delivery.maxDelay(), clock, System::nanoTime);
        InFlightWindow window = new InFlightWindow(WindowLimits.forConcurrency(delivery.concurrency()), MapToTrustPayOrder::orderIdOf,
            clock, System::nanoTime, gate);
        OutcomePolicy policy = new OutcomePolicy(schedule, delivery.giveUpAfter(), delivery.unclearAttempts(), clock, gate,
            window::retryNow);
        PublishedOrders published = new PublishedOrders(delivery.ledgerRetention(), clock);
        DeadLetteredRecords deadLettered = new DeadLetteredRecords();
        LedgerReader ledger = new LedgerReader(settings.text(Setting.TOPIC_PAYMENT_URL_CREATED), published, clock);
        publishedBefore = new PublishedBefore(ledger, new DeadLetterReader(settings.text(Setting.TOPIC_DEAD_LETTER),
            settings.text(Setting.TOPIC_ORDER_CREATED), delivery.ledgerRetention(), deadLettered, clock));
        PublishLease lease = new PublishLease(LEASE, QUARANTINE, System::nanoTime);
        ConsumptionSwitch consumption = new ConsumptionSwitch();
        BrokerWatch brokerWatch = new BrokerWatch(settings.text(Setting.KAFKA_BROKERS), clock);
        lagWatch = new LagWatch(() -> window.status().partitions().stream().map(WindowStatus.Partition::id).toList());
        gate.whenChanged(new ProviderLog(window, clock));
        management = new BridgeManagement(window, gate, published, ledger, consumption);
        bindKafka(settings, window, lease, consumption, brokerWatch);
        RecentActivity activity = new RecentActivity(clock);
        BridgeMetrics metrics = bindMetrics(activity, new EngineSources(window::status, gate::state, published::size, published::bytes, ledger::complete,
            () -> !brokerWatch.reached() || !brokerWatch.waitingFor().isEmpty(), () -> Optional.ofNullable(brokerWatch.lastPoll()),
            consumption::paused, lagWatch::lags), clock, delivery.concurrency(), version);
        bindSteps(settings, version, clock, new Engine(schedule, gate, window, policy, published, deadLettered, lease, metrics));
        bindStatus(settings, new StatusReport(new Instance(version, settings.text(Setting.KAFKA_GROUP_ID)),
            new BridgeState(window, gate, brokerWatch, ledger, consumption, clock), window, published, lagWatch, activity, clock));
        bind("bridgeHealthCheck", new BridgeHealthCheck(window, gate, brokerWatch, publishedBefore, clock));
    }

    /** Camel looks for a factory of its management server among the beans. */
    private void bindStatus(Settings settings, StatusReport report) {
        ManagementServer server = new ManagementServer(settings.managementToken().map(BearerToken::new), new StatusPage(report));
        bind("managementServer", server);
        addMainListener(server.pageBehindServer());
    }

    /** Camel serves the registry that it finds under this name. */
    private BridgeMetrics bindMetrics(RecentActivity activity, EngineSources sources, Clock clock, int concurrency, String version) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        EngineGauges.register(registry, sources, clock, concurrency, version);
        registry.getPrometheusRegistry().register(new PartitionCollector(sources));
        jvmMeters = JvmMeters.register(registry);
        bind(MicrometerConstants.METRICS_REGISTRY_NAME, registry);
        return new BridgeMetrics(registry, activity, clock, System::nanoTime);
    }

    private void bindKafka(Settings settings, InFlightWindow window, PublishLease lease, ConsumptionSwitch consumption,
                           BrokerWatch brokerWatch) {
        Duration drain = settings.provider().responseTimeout().plus(PUBLISHING);
        bind("orderWindow", new OrderKafkaClientFactory(
            new ConsumerContext(window, publishedBefore, lease, consumption, brokerWatch, drain), lagWatch));
        bind("noHeaders", new AllowedHeaders(Set.of()));
    }

    private void bindSteps(Settings settings, String version, Clock clock, Engine engine) {
        Settings.Provider provider = settings.provider();
        BridgeMetrics metrics = engine.metrics();
        JudgeAnswer judgeAnswer = new JudgeAnswer(new AnswerJudge(clock, provider.baseUrl()), engine.policy(), engine.gate(), metrics);
        LookUpOrder lookUp = new LookUpOrder(engine.policy(), metrics);
        CheckLedger checkLedger = new CheckLedger(engine.published(), clock, metrics);
        bind("admitRecord", new AdmitRecord(engine.window(), settings.delivery().initialDelay(), metrics));
        bind("mapToTrustPayOrder", new MapToTrustPayOrder(new OrderMapper(settings.rules()), clock));
        bind("checkLedger", checkLedger);
        bind("checkLedgerAgain", checkLedger.again());
        bind("checkDeadLetters", new CheckDeadLetters(engine.deadLettered(), clock));
        bindCall(settings, new PrepareCall(metrics), judgeAnswer);
        bind("providerClient", new ProviderClient(provider.apiKey(), provider.responseTimeout(), "trustpay-bridge/" + version));
        bind("prepareLookUp", lookUp.prepare());
        bind("judgeLookUp", lookUp.judge());
        bind("judgeMissingLookUp", lookUp.judgeMissing());
        bind("checkBeforeCalling", CheckStillOurs.beforeCalling(engine.window(), engine.lease(), clock, metrics));
        bind("checkBeforePublishing", CheckStillOurs.beforePublishing(engine.window(), engine.lease(), clock, metrics));
        bind("composePaymentUrlCreated", ComposeRecord.paymentUrl(metrics));
        bind("composeDeadLetter", ComposeRecord.deadLetter(metrics));
        bind("finishRecord", new FinishRecord(engine.published(), clock, metrics));
        bind("keepForLater", new KeepForLater(engine.schedule(), metrics));
    }

    /** While tracing is off, nothing of it stands in the way of a call. */
    private void bindCall(Settings settings, PrepareCall prepare, JudgeAnswer judge) {
        boolean traced = Boolean.parseBoolean(settings.text(Setting.TRACING_ENABLED));
        bind("providerHeaders", new AllowedHeaders(Set.of("retry-after"), traced ? TraceCall.HEADERS : Set.of()));
        if (traced) {
            TraceCall trace = new TraceCall(new PostSpans(GlobalOpenTelemetry.get(), settings.provider().baseUrl()));
            bind("prepareCall", trace.begins(prepare));
            bind("judgeAnswer", trace.ends(judge));
            bind("judgeMissingAnswer", trace.ends(judge.ofMissingAnswer()));
        } else {
            bind("prepareCall", prepare);
            bind("judgeAnswer", judge);
            bind("judgeMissingAnswer", judge.ofMissingAnswer());
        }
    }

    @Override
    protected void doStart() throws Exception {
        management.register();
        super.doStart();
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        publishedBefore.close();
        lagWatch.close();
        jvmMeters.close();
        management.unregister();
    }

    /** The objects that the steps of the routes share. */
    private record Engine(RetrySchedule schedule, ProviderGate gate, InFlightWindow window, OutcomePolicy policy,
                          PublishedOrders published, DeadLetteredRecords deadLettered, PublishLease lease, BridgeMetrics metrics) {
    }
}
