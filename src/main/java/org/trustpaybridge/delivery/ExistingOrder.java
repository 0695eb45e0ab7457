package org.trustpaybridge.delivery;

import java.util.Optional;

import org.trustpaybridge.order.Money;

/**
 * What is known of an order that already has the order id of a record.
 *
 * @param source who knows it
 * @param money  what it is for, if that is known
 * @param status its status with the provider, if that is known, cut and cleaned
 */
public record ExistingOrder(Source source, Optional<Money> money, Optional<String> status) {

    /** Who knows an existing order. */
    public enum Source {
        /** The outbound topic: its payment URL was published. */
        LEDGER,
        /** The provider. */
        PROVIDER
    }
}
