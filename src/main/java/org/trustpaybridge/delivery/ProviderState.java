package org.trustpaybridge.delivery;

import java.time.Instant;
import java.util.Optional;

import org.trustpaybridge.provider.Failure;

/** How the provider is doing, as far as its answers tell. */
public sealed interface ProviderState {

    /** @return the name for logs, JMX and health */
    String name();

    /** @return when it was noticed */
    Instant since();

    /** @return what one of the last calls came to; empty while orders flow */
    default Optional<Failure> why() {
        return Optional.empty();
    }

    /**
     * Orders flow.
     *
     * @param since when that began
     */
    record Flowing(Instant since) implements ProviderState {

        @Override
        public String name() {
            return "FLOWING";
        }
    }

    /**
     * The provider answers nobody: orders wait, a few calls probe.
     *
     * @param since when that was noticed
     * @param cause what one of the last calls came to
     */
    record Outage(Instant since, Failure cause) implements ProviderState {

        @Override
        public String name() {
            return "OUTAGE";
        }

        @Override
        public Optional<Failure> why() {
            return Optional.of(cause);
        }
    }

    /**
     * The provider refuses this account, so every order would fail: orders wait, one call at a time probes.
     *
     * @param since when that was noticed
     * @param cause what the last call came to
     */
    record AccountFault(Instant since, Failure cause) implements ProviderState {

        @Override
        public String name() {
            return "ACCOUNT_FAULT";
        }

        @Override
        public Optional<Failure> why() {
            return Optional.of(cause);
        }
    }
}
