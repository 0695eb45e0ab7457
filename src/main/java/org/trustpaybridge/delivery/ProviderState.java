package org.trustpaybridge.delivery;

import java.time.Instant;
import java.util.Optional;

import org.trustpaybridge.provider.Failure;

/** How the provider is doing, as far as its answers tell. */
public sealed interface ProviderState {

    /** @return the name for logs, JMX and health */
    String name();

    /** @return since when that is so: of an outage or account fault, the first failure after the last success */
    Instant since();

    /** @return what the last call that counts came to; empty while orders flow */
    default Optional<Failure> why() {
        return Optional.empty();
    }

    /** @return whether any order became a payment since the start */
    boolean everWorked();

    /**
     * Orders flow.
     *
     * @param since      when that began
     * @param everWorked whether any order became a payment since the start
     * @param because    what ended what was before
     */
    record Flowing(Instant since, boolean everWorked, Because because) implements ProviderState {

        /** What ended an outage or account fault. */
        public enum Because {
            /** An order became a payment. */
            SUCCESS,
            /** Nobody was left who waited for the provider. */
            NOBODY_WAITS,
            /** The provider takes orders: those that fail are to blame themselves. */
            ORDERS_ARE_BAD
        }

        @Override
        public String name() {
            return "FLOWING";
        }
    }

    /**
     * The provider takes no order: they wait, a few calls probe.
     *
     * @param since      the first failure after the last success
     * @param cause      what the last call that counts came to
     * @param everWorked whether any order became a payment since the start
     */
    record Outage(Instant since, Failure cause, boolean everWorked) implements ProviderState {

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
     * The provider refuses this account, or somebody else than the provider answers, so every order would fail: orders wait, one call at a
     * time probes.
     *
     * @param since      the first failure after the last success
     * @param cause      what the last call that counts came to
     * @param everWorked whether any order became a payment since the start
     * @param keyIsGood  whether the provider says to a question without an order that key and gateway are good
     */
    record AccountFault(Instant since, Failure cause, boolean everWorked, boolean keyIsGood) implements ProviderState {

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
