package org.trustpaybridge.assembly;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.observe.metrics.BridgeMetrics;
import org.trustpaybridge.order.EventFormat;
import org.trustpaybridge.schema.SchemaRegistry;
import org.trustpaybridge.schema.Schemas;
import org.trustpaybridge.settings.Settings;
import org.trustpaybridge.supervision.Ending;
import org.trustpaybridge.supervision.Lifeline;
import org.trustpaybridge.supervision.Vital;

/**
 * What reads values that name their schema. Needs somebody who counts, and passwords.
 *
 * @param schemas empty without {@code schema-registry.url}: then nothing of this exists
 */
record SchemaAssembly(Optional<Schemas> schemas) {

    static SchemaAssembly of(Settings settings, String version, BridgeMetrics metrics, SecretsAssembly secrets, Ending ending,
                             Clock clock) {
        return new SchemaAssembly(settings.registry().map(registry -> new Schemas(
            new SchemaRegistry(() -> secrets.current(registry), "trustpay-bridge/" + version),
            settings.delivery().maxDelay(), metrics::schemaFetched, Lifeline.to(ending), clock, System::nanoTime)));
    }

    Optional<EventFormat> format() {
        return schemas.map(format -> format);
    }

    /** Whose records are read again when a schema has come. */
    void feed(InFlightWindow window) {
        schemas.ifPresent(each -> {
            each.whenFound(window::readAgain);
            each.state().waiting(window::unread);
        });
    }

    /** There is another password. */
    void passwordChanged() {
        schemas.ifPresent(Schemas::askNow);
    }

    Collection<Condition> conditions() {
        return schemas.map(each -> each.state().get()).orElse(List.of());
    }

    List<Vital> vitals(BooleanSupplier wanted) {
        return schemas.map(each -> each.vitals(wanted)).orElse(List.of());
    }

    void close() {
        schemas.ifPresent(Schemas::close);
    }
}
