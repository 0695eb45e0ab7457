package org.trustpaybridge.command.check;

import org.trustpaybridge.schema.RegistryAwayException;
import org.trustpaybridge.schema.SchemaRegistry;
import org.trustpaybridge.settings.RegistrySettings;

/** Asks the schema registry whether it is there and lets the bridge in. */
public final class RegistryCheck {

    private static final String REGISTRY = "schema registry";

    private RegistryCheck() {
    }

    /** @return what was found */
    public static Finding finding(RegistrySettings settings) {
        SchemaRegistry registry = new SchemaRegistry(() -> settings, "trustpay-bridge check");
        try {
            registry.ping();
            return Finding.ok(REGISTRY, registry.url() + " answers");
        } catch (RegistryAwayException e) {
            return Finding.problem(REGISTRY, registry.url() + " " + e.getMessage(),
                "Look at the schema-registry.* settings, and at whether it"
                + " runs. Without it records wait whose schema is not known yet.");
        }
    }
}
