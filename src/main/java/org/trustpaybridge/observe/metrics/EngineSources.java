package org.trustpaybridge.observe.metrics;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.delivery.PartitionLag;
import org.trustpaybridge.delivery.ProviderState;
import org.trustpaybridge.delivery.WindowStatus;

/**
 * What the gauges read when somebody scrapes.
 *
 * @param window            the numbers of the in-flight window
 * @param provider          how the provider is doing
 * @param ledgerOrders      orders remembered
 * @param ledgerBytes       bytes that they take
 * @param ledgerComplete    whether the ledger was read to its end
 * @param waitingForKafka   whether Kafka is waited for
 * @param lastPoll          when Kafka was last polled; empty before the first time
 * @param consumptionPaused whether an operator paused consumption
 * @param lags              what Kafka says of the assigned partitions, as far as it was asked
 * @param conditions        what is so
 * @param failingAlone      orders that fail while others succeed
 */
public record EngineSources(Supplier<WindowStatus> window, Supplier<ProviderState> provider, LongSupplier ledgerOrders,
                            LongSupplier ledgerBytes, BooleanSupplier ledgerComplete, BooleanSupplier waitingForKafka,
                            Supplier<Optional<Instant>> lastPoll, BooleanSupplier consumptionPaused,
                            Supplier<Map<PartitionId, PartitionLag>> lags, Supplier<List<Condition>> conditions,
                            IntSupplier failingAlone) {
}
