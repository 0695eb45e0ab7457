package org.trustpaybridge.assembly;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.management.JMException;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.condition.Conditions;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.ProviderGate;
import org.trustpaybridge.kafka.BrokerWatch;
import org.trustpaybridge.kafka.ConsumerContext;
import org.trustpaybridge.kafka.LagWatch;
import org.trustpaybridge.kafka.Polling;
import org.trustpaybridge.kafka.PositionCounts;
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
import org.trustpaybridge.observe.metrics.NotificationMetrics;
import org.trustpaybridge.observe.metrics.PartitionCollector;
import org.trustpaybridge.observe.metrics.PositionMetrics;
import org.trustpaybridge.observe.state.FlowConditions;
import org.trustpaybridge.observe.state.ProviderConditions;
import org.trustpaybridge.observe.state.ProviderLog;
import org.trustpaybridge.settings.Proxy;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;

/**
 * What people and machines see of the bridge. Its counters are there before anything else, as others write them; what it looks at is told
 * by {@link #watch}.
 */
final class ObserveAssembly {

    private final Settings settings;
    private final String version;
    private final Clock clock;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RecentActivity activity;
    private final BridgeMetrics metrics;
    private final PositionMetrics positionMetrics;
    private final JvmMeters jvmMeters;
    private BridgeManagement management;
    private ManagementServer server;
    private BridgeHealthCheck health;

    ObserveAssembly(Settings settings, String version, Clock clock) {
        this.settings = settings;
        this.version = version;
        this.clock = clock;
        this.activity = new RecentActivity(clock);
        this.metrics = new BridgeMetrics(registry, activity, clock, System::nanoTime);
        this.positionMetrics = new PositionMetrics(registry);
        this.jvmMeters = JvmMeters.register(registry);
    }

    BridgeMetrics metrics() {
        return metrics;
    }

    /** Made where notifications are received, and nowhere else. */
    NotificationMetrics notificationMetrics() {
        return new NotificationMetrics(registry);
    }

    PositionCounts positionCounts() {
        return new PositionCounts(positionMetrics::decided, positionMetrics::deletedUnread, positionMetrics::passedOver);
    }

    /** A reason for which orders do not flow goes into the list of conditions, and page, health, metric and JMX show it. */
    void watch(DeliveryAssembly delivery, KafkaAssembly kafka, SchemaAssembly schemas, Supplier<Optional<String>> haltedRoute,
               SecretsAssembly secrets, Supplier<Collection<Condition>> notifications) {
        InFlightWindow window = delivery.window();
        ProviderGate gate = delivery.gate();
        ConsumerContext consumers = kafka.consumers();
        LagWatch lags = kafka.lagWatch();
        Polling polling = consumers.alive();
        gate.whenChanged(new ProviderLog(window, clock));
        FlowConditions flow = new FlowConditions(window, gate, consumers.brokerWatch(), consumers.publishedBefore(),
            consumers.consumption(),
            haltedRoute, KafkaAssembly.busy(settings), clock);
        Conditions conditions = new Conditions(List.of(flow, new ProviderConditions(window, gate, lags::lags, clock,
            settings.provider().proxy().map(Proxy::shown).orElse("")), consumers.positions(),
            polling.faults(), polling.conflicts(), polling.membership(), polling.reading(), kafka.transactions(),
            delivery.publishing().conditions(),
            () -> consumers.publishedBefore().unreadable(clock.instant()), secrets.watch(), secrets::tokenConditions, schemas::conditions,
            notifications), flow::otherwise);
        management = new BridgeManagement(conditions, window, gate, delivery.published(), kafka.ledger(), consumers.consumption(),
            consumers.positions());
        StatusReport report = new StatusReport(new Instance(version, settings.text(Setting.KAFKA_GROUP_ID)), conditions, window,
            delivery.published(), lags, activity, clock);
        server = new ManagementServer(secrets.managementToken().map(token -> new BearerToken(token, secrets.tokenRefused())),
            new StatusPage(report));
        health = new BridgeHealthCheck(conditions, window, gate);
        registerGauges(delivery, kafka, conditions);
    }

    private void registerGauges(DeliveryAssembly delivery, KafkaAssembly kafka, Conditions conditions) {
        PublishedOrders published = delivery.published();
        BrokerWatch brokerWatch = kafka.consumers().brokerWatch();
        EngineSources sources = new EngineSources(delivery.window()::status, delivery.gate()::state, published::size, published::bytes,
            kafka.ledger()::complete, () -> !brokerWatch.reached() || !brokerWatch.waitingFor().isEmpty(),
            () -> Optional.ofNullable(brokerWatch.lastPoll()), kafka.consumers().consumption()::paused, kafka.lagWatch()::lags,
                conditions::now,
            () -> delivery.gate().failingOrders().alone().size());
        EngineGauges.register(registry, sources, clock, settings.delivery().concurrency(), version);
        registry.getPrometheusRegistry().register(new PartitionCollector(sources));
        positionMetrics.watch(kafka.consumers().positions()::heldPartitions);
    }

    /** Camel serves the registry of this name, and looks for a health check and for a factory of its management server among the beans. */
    void bindTo(Beans beans) {
        beans.bind(MicrometerConstants.METRICS_REGISTRY_NAME, registry);
        beans.bind("managementServer", server);
        beans.bind("bridgeHealthCheck", health);
    }

    ManagementServer server() {
        return server;
    }

    void start() throws JMException {
        management.register();
    }

    void close() throws JMException {
        jvmMeters.close();
        management.unregister();
    }
}
