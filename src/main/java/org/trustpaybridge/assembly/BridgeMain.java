package org.trustpaybridge.assembly;

import java.nio.file.Path;
import java.time.Clock;

import org.apache.camel.Processor;
import org.apache.camel.main.Main;
import org.trustpaybridge.route.FailSafe;
import org.trustpaybridge.route.Workers;
import org.trustpaybridge.settings.Settings;
import org.trustpaybridge.supervision.Ending;
import org.trustpaybridge.supervision.Supervisor;

/**
 * Camel Main with everything that the routes refer to. Each room has an assembly of its own here, which says what it needs of the others
 * and what it offers them, and binds the names that stand in {@code routes/*.camel.yaml}.
 */
public final class BridgeMain extends Main {

    private final Settings settings;
    private final Ending ending;
    private final SecretsAssembly secrets;
    private final SchemaAssembly schemas;
    private final DeliveryAssembly delivery;
    private final KafkaAssembly kafka;
    private final TransportAssembly transport;
    private final NotificationAssembly notifications;
    private final ObserveAssembly observe;
    private final Workers workers;
    private Supervisor supervisor;

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
        Clock clock = Clock.systemUTC();
        secrets = SecretsAssembly.of(settings, ending, clock);
        observe = new ObserveAssembly(settings, version, clock);
        schemas = SchemaAssembly.of(settings, version, observe.metrics(), secrets, ending, clock);
        delivery = DeliveryAssembly.of(settings, schemas.format(), clock);
        schemas.feed(delivery.window());
        kafka = KafkaAssembly.of(settings, delivery, observe.positionCounts(), ending, clock);
        transport = TransportAssembly.of(settings, version, observe.metrics(), secrets);
        notifications = NotificationAssembly.of(settings, kafka, secrets, observe, clock);
        workers = new Workers(settings.delivery().concurrency(), ending);
        observe.watch(delivery, kafka, schemas, new HaltedRoute(this::getCamelContext), secrets, notifications::conditions);
        bind("workers", workers);
        transport.bindTo(this::bind);
        new RouteAssembly(settings, delivery, kafka, observe.metrics(), secrets.known(), clock).bindTo(this::bind);
        notifications.bindTo(this::bind);
        observe.bindTo(this::bind);
        addMainListener(secrets.kafkaFiles());
        addMainListener(observe.server().pageBehindServer());
        notifications.server().ifPresent(this::addMainListener);
    }

    /** A step that is bound may fail with an error too. */
    @Override
    public void bind(String id, Object bean) {
        super.bind(id, bean instanceof Processor step ? new FailSafe(step, ending) : bean);
    }

    @Override
    protected void doStart() throws Exception {
        observe.start();
        secrets.begin(settings, delivery.window()::retryNow, schemas::passwordChanged);
        workers.begin();
        super.doStart();
        supervisor = new Supervisor(Vitals.of(getCamelContext(), settings, kafka, schemas, workers, transport.client(), observe.server(),
            secrets.watch(), notifications), ending,
            System::nanoTime);
        supervisor.start();
    }

    @Override
    protected void doStop() throws Exception {
        if (supervisor != null) {
            supervisor.close();
        }
        super.doStop();
        observe.server().close();
        workers.shutdown();
        transport.client().close();
        secrets.watch().close();
        kafka.close();
        schemas.close();
        observe.close();
    }
}
