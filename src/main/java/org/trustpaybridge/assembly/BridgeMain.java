package org.trustpaybridge.assembly;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.GlobalOpenTelemetry;
import org.apache.camel.Processor;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.main.Main;
import org.apache.camel.util.concurrent.SynchronousExecutorService;
import org.trustpaybridge.condition.Conditions;
import org.trustpaybridge.delivery.GateRules;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.OutcomePolicy;
import org.trustpaybridge.delivery.ProviderGate;
import org.trustpaybridge.delivery.PublishLease;
import org.trustpaybridge.delivery.RetrySchedule;
import org.trustpaybridge.delivery.WindowLimits;
import org.trustpaybridge.delivery.WindowStatus;
import org.trustpaybridge.delivery.position.StartFrom;
import org.trustpaybridge.kafka.BrokerWatch;
import org.trustpaybridge.kafka.ConsumerContext;
import org.trustpaybridge.kafka.ConsumptionSwitch;
import org.trustpaybridge.kafka.DeadLetterReader;
import org.trustpaybridge.kafka.GroupConflicts;
import org.trustpaybridge.kafka.LagWatch;
import org.trustpaybridge.kafka.LedgerReader;
import org.trustpaybridge.kafka.Membership;
import org.trustpaybridge.kafka.OpenTransactions;
import org.trustpaybridge.kafka.OrderKafkaClientFactory;
import org.trustpaybridge.kafka.Polling;
import org.trustpaybridge.kafka.PositionCounts;
import org.trustpaybridge.kafka.Positions;
import org.trustpaybridge.kafka.PublishedBefore;
import org.trustpaybridge.kafka.ReadBack;
import org.trustpaybridge.kafka.ReadingFaults;
import org.trustpaybridge.ledger.DeadLetteredRecords;
import org.trustpaybridge.ledger.PublishedOrders;
import org.trustpaybridge.observe.activity.RecentActivity;
import org.trustpaybridge.observe.health.BridgeHealthCheck;
import org.trustpaybridge.observe.http.BearerToken;
import org.trustpaybridge.observe.http.Instance;
import org.trustpaybridge.observe.http.ManagementServer;
import org.trustpaybridge.observe.http.StatusPage;
import org.trustpaybridge.observe.http.StatusReport;
import org.trustpaybridge.observe.jmx.BridgeManagement;
import org.trustpaybridge.observe.metrics.BridgeMetrics;
import org.trustpaybridge.observe.metrics.EngineGauges;
import org.trustpaybridge.observe.metrics.EngineSources;
import org.trustpaybridge.observe.metrics.JvmMeters;
import org.trustpaybridge.observe.metrics.PartitionCollector;
import org.trustpaybridge.observe.metrics.PositionMetrics;
import org.trustpaybridge.observe.state.FlowConditions;
import org.trustpaybridge.observe.state.ProviderConditions;
import org.trustpaybridge.observe.state.ProviderLog;
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
import org.trustpaybridge.route.CheckStillOurs;
import org.trustpaybridge.route.ComposeRecord;
import org.trustpaybridge.route.EventReader;
import org.trustpaybridge.route.FailSafe;
import org.trustpaybridge.route.FinishRecord;
import org.trustpaybridge.route.HoldBack;
import org.trustpaybridge.route.JudgeAnswer;
import org.trustpaybridge.route.KeepForLater;
import org.trustpaybridge.route.LookUpOrder;
import org.trustpaybridge.route.MapEvent;
import org.trustpaybridge.route.MapToTrustPayOrder;
import org.trustpaybridge.route.PrepareCall;
import org.trustpaybridge.route.TraceCall;
import org.trustpaybridge.route.Workers;
import org.trustpaybridge.settings.PublishingBudget;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;
import org.trustpaybridge.supervision.Ending;
import org.trustpaybridge.supervision.Lifeline;
import org.trustpaybridge.supervision.Supervisor;
import org.trustpaybridge.transport.OutOfStepLog;
import org.trustpaybridge.transport.ProviderClient;
import org.trustpaybridge.transport.ProviderConnections;

/**
 * Camel Main with everything that the routes refer to. This is the one place that says which object does what: the names bound here are
 * the names that stand in {@code routes/*.camel.yaml}.
 */
public final class BridgeMain extends Main {

    /** What the polling thread may take between two polls beside waiting for records in flight. */
    private static final Duration BUSY_BESIDES = Duration.ofSeconds(10);

    private static final Duration STARTING = Duration.ofMinutes(1);

    private final Settings settings;
    private final Ending ending;
    private Supervisor supervisor;
    private ConsumerContext consumers;
    private Workers workers;
    private PublishedBefore publishedBefore;
    private Positions positions;
    private PositionMetrics positionMetrics;
    private BridgeManagement management;
    private LagWatch lagWatch;
    private JvmMeters jvmMeters;
    private ProviderClient providerClient;
    private ManagementServer managementServer;

    /**
     * A bridge that is part of another process, which it does not end.
     *
     * @param settings what the operator said
     * @param routes   folder with the routes
     * @param version  version of the program, for the provider's logs
     */
    public BridgeMain(Settings settings, Path routes, String version) {
        this(settings, routes, version, Ending.none());
    }

    /**
     * @param settings what the operator said
     * @param routes   folder with the routes
     * @param version  version of the program, for the provider's logs
     * @param ending   ends the process when it cannot do its work any more
     */
    public BridgeMain(Settings settings, Path routes, String version, Ending ending) {
        setAppName("trustpay-bridge");
        this.settings = settings;
        this.ending = ending;
        CamelSettings.apply(this, settings, routes);
        bindBeans(version, Clock.systemUTC());
    }

    private void bindBeans(String version, Clock clock) {
        Settings.Delivery delivery = settings.delivery();
        RetrySchedule schedule = new RetrySchedule(delivery.initialDelay(), delivery.maxDelay(), new Random());
        ProviderGate gate = new ProviderGate(new GateRules(delivery.maxDelay(),
            settings.provider().responseTimeout(), delivery.concurrency()), clock, System::nanoTime);
        EventReader reader = new EventReader(settings.mapping());
        InFlightWindow window = InFlightWindow.reading(WindowLimits.forConcurrency(delivery.concurrency()), reader::read, clock,
            System::nanoTime, gate);
        OutcomePolicy policy = new OutcomePolicy(schedule, delivery.giveUpAfter(), delivery.unclearAttempts(), clock, gate,
            window::tryAgainNow);
        PublishedOrders published = new PublishedOrders(delivery.ledgerRetention(), clock);
        DeadLetteredRecords deadLettered = new DeadLetteredRecords();
        OpenTransactions transactions = new OpenTransactions(clock);
        LedgerReader ledger = new LedgerReader(settings.text(Setting.TOPIC_PAYMENT_URL_CREATED), published, transactions, clock,
            Lifeline.to(ending));
        publishedBefore = new PublishedBefore(ledger, new DeadLetterReader(settings.text(Setting.TOPIC_DEAD_LETTER),
            settings.text(Setting.TOPIC_ORDER_CREATED), delivery.ledgerRetention(), deadLettered, transactions, clock, Lifeline.to(ending)));
        PublishingBudget budget = settings.budget();
        PublishLease lease = new PublishLease(budget.lease(), budget.quarantine(), System::nanoTime);
        ConsumptionSwitch consumption = new ConsumptionSwitch();
        BrokerWatch brokerWatch = new BrokerWatch(settings.text(Setting.KAFKA_BROKERS), budget.silence(), clock);
        Polling polling = new Polling(new ReadingFaults(clock), new GroupConflicts(clock), new Membership(clock), Lifeline.to(ending));
        lagWatch = new LagWatch(() -> polling.faults().orThoseBeforeTheFailure(
            window.status().partitions().stream().map(WindowStatus.Partition::id).toList()), transactions, Lifeline.to(ending));
        gate.whenChanged(new ProviderLog(window, clock));
        Publishing publishing = Publishing.of(settings, window, clock);
        workers = new Workers(delivery.concurrency(), ending);
        bind("workers", workers);
        positions = new Positions(settings.text(Setting.TOPIC_ORDER_CREATED),
            StartFrom.parse(settings.text(Setting.KAFKA_START_FROM)).orElse(StartFrom.UNSAID), delivery.ledgerRetention(), window.standings(),
            new ReadBack(publishedBefore, published, deadLettered, reader::orderIdOf),
            new PositionCounts(word -> positionMetrics.decided(word), (id, count) -> positionMetrics.deletedUnread(id, count),
                (id, count) -> positionMetrics.passedOver(id, count)), polling.faults(), Lifeline.to(ending), began(clock), clock);
        consumers = new ConsumerContext(window, publishedBefore, positions, lease, consumption, brokerWatch, drain(settings), polling);
        bindKafka(consumers);
        RecentActivity activity = new RecentActivity(clock);
        FlowConditions flow = new FlowConditions(window, gate, brokerWatch, publishedBefore, consumption, busy(settings), clock);
        Conditions conditions = new Conditions(List.of(flow, new ProviderConditions(window, gate, lagWatch::lags, clock), positions,
            polling.faults(), polling.conflicts(), polling.membership(), transactions, publishing.conditions(),
            () -> publishedBefore.unreadable(clock.instant())), flow::otherwise);
        management = new BridgeManagement(conditions, window, gate, published, ledger, consumption, positions);
        EngineSources sources = new EngineSources(window::status, gate::state, published::size, published::bytes, ledger::complete,
            () -> !brokerWatch.reached() || !brokerWatch.waitingFor().isEmpty(), () -> Optional.ofNullable(brokerWatch.lastPoll()),
            consumption::paused, lagWatch::lags, conditions::now, () -> gate.failingOrders().alone().size());
        BridgeMetrics metrics = bindMetrics(activity, sources, clock, delivery.concurrency(), version);
        bindSteps(settings, version, clock, new Engine(schedule, gate, window, policy, published, deadLettered, lease,
            publishing, metrics));
        bindStatus(settings, new StatusReport(new Instance(version, settings.text(Setting.KAFKA_GROUP_ID)),
            conditions, window, published, lagWatch, activity, clock));
        bind("bridgeHealthCheck", new BridgeHealthCheck(conditions, window, gate));
    }

    /** Of the whole process where it has just started, since that takes a few seconds. */
    private static Instant began(Clock clock) {
        Instant process = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        return Duration.between(process, clock.instant()).compareTo(STARTING) < 0 ? process : clock.instant();
    }

    /** A step that is bound may fail with an error too. */
    @Override
    public void bind(String id, Object bean) {
        super.bind(id, bean instanceof Processor step ? new FailSafe(step, ending) : bean);
    }

    /** Camel looks for a factory of its management server among the beans. */
    private void bindStatus(Settings settings, StatusReport report) {
        managementServer = new ManagementServer(settings.managementToken().map(BearerToken::new), new StatusPage(report));
        bind("managementServer", managementServer);
        addMainListener(managementServer.pageBehindServer());
    }

    /** Camel serves the registry that it finds under this name. */
    private BridgeMetrics bindMetrics(RecentActivity activity, EngineSources sources, Clock clock, int concurrency, String version) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        EngineGauges.register(registry, sources, clock, concurrency, version);
        registry.getPrometheusRegistry().register(new PartitionCollector(sources));
        jvmMeters = JvmMeters.register(registry);
        positionMetrics = new PositionMetrics(registry, positions::heldPartitions);
        bind(MicrometerConstants.METRICS_REGISTRY_NAME, registry);
        return new BridgeMetrics(registry, activity, clock, System::nanoTime);
    }

    /** How long records in flight may take to finish. */
    private static Duration drain(Settings settings) {
        return settings.provider().responseTimeout().plus(settings.budget().drain());
    }

    /** How long the polling thread may be busy with something else. */
    private static Duration busy(Settings settings) {
        return drain(settings).plus(BUSY_BESIDES);
    }

    private void bindKafka(ConsumerContext context) {
        bind("orderWindow", new OrderKafkaClientFactory(context, lagWatch));
        bind("onProducerThread", new SynchronousExecutorService());
        bind("noHeaders", new AllowedHeaders(Set.of()));
    }

    private void bindSteps(Settings settings, String version, Clock clock, Engine engine) {
        Settings.Provider provider = settings.provider();
        BridgeMetrics metrics = engine.metrics();
        KnownSecrets secrets = settings.knownSecrets();
        JudgeAnswer judgeAnswer = new JudgeAnswer(new AnswerJudge(clock, provider.baseUrl(), secrets),
            engine.policy(), engine.gate(), metrics);
        LookUpOrder lookUp = new LookUpOrder(engine.policy(), metrics, secrets);
        CheckLedger checkLedger = new CheckLedger(engine.published(), clock, metrics);
        bind("admitRecord", new AdmitRecord(engine.window(), settings.delivery().initialDelay(), engine.publishing()::passEnded, metrics));
        bind("mapEvent", new MapEvent(clock));
        bind("mapToTrustPayOrder", new MapToTrustPayOrder(new OrderMapper(settings.rules()), clock, metrics));
        bind("checkLedger", checkLedger);
        bind("checkLedgerAgain", checkLedger.again());
        bind("checkAcknowledged", checkLedger.afterDoubt());
        bind("checkDeadLetters", new CheckDeadLetters(engine.deadLettered(), clock));
        bind("orderJson", new ObjectMapper(JsonFactories.shared().build()));
        bindCall(settings, new PrepareCall(metrics), judgeAnswer);
        bindClient(settings, version, metrics);
        bind("prepareLookUp", lookUp.prepare());
        bind("judgeLookUp", lookUp.judge());
        bind("judgeMissingLookUp", lookUp.judgeMissing());
        CheckAccount checkAccount = new CheckAccount(engine.gate(), metrics, secrets);
        bind("prepareAccountCheck", checkAccount.prepare());
        bind("judgeAccountCheck", checkAccount.judge());
        bind("judgeMissingAccountCheck", checkAccount.judgeMissing());
        bind("holdBack", new HoldBack(engine.window()));
        bind("checkBeforeCalling", CheckStillOurs.beforeCalling(engine.window(), engine.publishing().gate(), engine.lease(), clock, metrics));
        bind("checkBeforePublishing", CheckStillOurs.beforePublishing(engine.window(), engine.publishing().gate(), engine.lease(), clock, metrics));
        bind("composePaymentUrlCreated", ComposeRecord.paymentUrl(metrics));
        bind("composeDeadLetter", ComposeRecord.deadLetter(metrics));
        bind("finishRecord", new FinishRecord(engine.published(), engine.publishing().gate(), clock, metrics));
        bind("keepForLater", new KeepForLater(engine.schedule(), engine.publishing().gate(), engine.publishing().stuck(),
            publishedBefore::caughtUp, settings.oversizeHeld(), metrics, System::nanoTime));
    }

    private void bindClient(Settings settings, String version, BridgeMetrics metrics) {
        Settings.Provider provider = settings.provider();
        Duration connectTimeout = Duration.ofMillis(Long.parseLong(settings.text(Setting.MULTISAFEPAY_CONNECT_TIMEOUT)));
        bind("http", new ProviderConnections(connectTimeout));
        bind("https", new ProviderConnections(connectTimeout));
        providerClient = new ProviderClient(provider.apiKey(), connectTimeout, provider.responseTimeout(), "trustpay-bridge/" + version,
            new OutOfStepLog(found -> metrics.outOfStep(found.word())));
        bind("providerClient", providerClient);
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
        workers.begin();
        super.doStart();
        supervisor = new Supervisor(Vitals.of(getCamelContext(), settings, consumers, busy(settings), lagWatch, workers, providerClient,
            managementServer), ending, System::nanoTime);
        supervisor.start();
    }

    @Override
    protected void doStop() throws Exception {
        if (supervisor != null) {
            supervisor.close();
        }
        super.doStop();
        managementServer.close();
        workers.shutdown();
        providerClient.close();
        positions.close();
        publishedBefore.close();
        lagWatch.close();
        jvmMeters.close();
        management.unregister();
    }

    /** The objects that the steps of the routes share. */
    private record Engine(RetrySchedule schedule, ProviderGate gate, InFlightWindow window, OutcomePolicy policy,
                          PublishedOrders published, DeadLetteredRecords deadLettered, PublishLease lease, Publishing publishing,
                          BridgeMetrics metrics) {
    }
}
