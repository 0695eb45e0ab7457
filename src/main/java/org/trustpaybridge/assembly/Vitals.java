package org.trustpaybridge.assembly;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.apache.camel.CamelContext;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.kafka.ConsumerContext;
import org.trustpaybridge.kafka.ProducerThreads;
import org.trustpaybridge.observe.http.ManagementServer;
import org.trustpaybridge.route.Workers;
import org.trustpaybridge.secrets.SecretsWatch;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;
import org.trustpaybridge.supervision.Memory;
import org.trustpaybridge.supervision.Vital;
import org.trustpaybridge.transport.ProviderClient;

/** Whom the bridge cannot do without. Heartbeats are not among them: Kafka's client says so itself when they are missing. */
final class Vitals {

    /** Beyond all that anything may take. */
    private static final Duration MARGIN = Duration.ofSeconds(30);
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private Vitals() {
    }

    /**
     * @param context  of the routes
     * @param settings tell how long a call may take
     * @param kafka    those who read Kafka
     * @param schemas  reads values that name their schema
     * @param workers  walk orders through the routes
     * @param provider makes the calls
     * @param server   answers on the management port
     * @param secrets  reads files again
     * @param notifications receives what MultiSafepay tells
     * @return all of them
     */
    static List<Vital> of(CamelContext context, Settings settings, KafkaAssembly kafka, SchemaAssembly schemas, Workers workers,
                          ProviderClient provider, ManagementServer server, SecretsWatch secrets, NotificationAssembly notifications) {
        ConsumerContext consumers = kafka.consumers();
        BooleanSupplier runs = context::isStarted;
        BooleanSupplier polls = () -> runs.getAsBoolean() && HaltedRoute.runs(context);
        List<Vital> vitals = new ArrayList<>();
        vitals.add(Vital.lives("The thread that polls Kafka", consumers.alive().pulse(), polls));
        vitals.add(Vital.moves("The thread that polls Kafka", consumers.alive().pulse(), polls, KafkaAssembly.busy(settings)
            .plus(SILENCE)));
        vitals.addAll(consumers.publishedBefore().vitals(runs));
        vitals.addAll(consumers.positions().vitals(runs));
        vitals.addAll(kafka.lagWatch().vitals(runs));
        vitals.addAll(schemas.vitals(runs));
        vitals.addAll(workers.vitals(runs));
        vitals.addAll(provider.vitals());
        vitals.add(passEnds(consumers.window(), longestPass(settings)));
        vitals.add(ProducerThreads.vital(context));
        vitals.addAll(server.vitals());
        vitals.addAll(secrets.vitals(runs));
        vitals.addAll(notifications.vitals(runs));
        vitals.add(Memory.notAllTimeGoesIntoCollecting(System::nanoTime));
        return vitals;
    }

    /** A worker that hangs, or a record that its producer never answers for. */
    private static Vital passEnds(InFlightWindow window, Duration longest) {
        return new Vital("A pass of a record", MARGIN, () -> window.oldestPass().filter(pass -> pass.age().compareTo(longest) > 0)
            .map(pass -> "does not end: " + pass.inFlight() + " has been on its way for more than " + longest.toSeconds() + " s"));
    }

    /** A call, a look-up and publishing; and as long again behind another one, as twice as many are handed out as there are workers. */
    private static Duration longestPass(Settings settings) {
        Duration connecting = Duration.ofMillis(Long.parseLong(settings.text(Setting.MULTISAFEPAY_CONNECT_TIMEOUT)));
        Duration call = connecting.multipliedBy(2).plus(settings.provider().responseTimeout());
        // A producer waits as long for metadata as its record does for an acknowledgement.
        Duration publishing = settings.budget().delivery().multipliedBy(2);
        return call.multipliedBy(2).plus(publishing).multipliedBy(2).plus(MARGIN);
    }
}
