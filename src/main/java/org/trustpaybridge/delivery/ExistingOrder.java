package org.trustpaybridge.delivery;

import java.util.Optional;

import org.trustpaybridge.order.Money;
import org.trustpaybridge.provider.Lookup;

/**
 * What is known of an order that already has the order id of a record.
 *
 * @param source who knows it
 * @param money  what it is for, if that is known
 * @param status its status with the provider, if that is known, cut and cleaned
 * @param lookUp what the provider said when it was asked for the order; empty when the ledger knows it
 */
public record ExistingOrder(Source source, Optional<Money> money, Optional<String> status, Optional<Lookup> lookUp) {

    /** Known from the outbound topic. */
    public ExistingOrder(Source source, Optional<Money> money, Optional<String> status) {
        this(source, money, status, Optional.empty());
    }

    /** Who knows an existing order. */
    public enum Source {
        /** The outbound topic: its payment URL was published. */
        LEDGER,
        /** The provider. */
        PROVIDER
    }
}
