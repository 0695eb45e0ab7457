package org.trustpaybridge.management;

import java.util.List;

/** What JMX shows of the bridge, beside Camel's own beans, and what can be done. */
public interface BridgeManagementMXBean {

    /** @return FLOWING, OUTAGE or ACCOUNT_FAULT */
    String getProviderState();

    /** @return since when, ISO time */
    String getProviderStateSince();

    /** @return why orders do not flow; empty while they do */
    String getProviderStateReason();

    /** @return records fetched and not finished */
    int getInFlight();

    /** @return of these, on their way through the routes */
    int getRunning();

    /** @return of these, waiting to be tried again */
    int getWaiting();

    /** @return of these, behind another record of the same order id */
    int getParked();

    /** @return age of the oldest unfinished record, in milliseconds since it was fetched; 0 without one */
    long getOldestInFlightMillis();

    /** @return bytes of the records in flight */
    long getInFlightBytes();

    /** @return orders that the ledger remembers */
    long getLedgerOrders();

    /** @return bytes that the ledger takes */
    long getLedgerBytes();

    /** @return whether the ledger was read to its end since the start */
    boolean isLedgerComplete();

    /** @return whether an operator paused consumption */
    boolean isConsumptionPaused();

    /** @return the assigned partitions */
    List<PartitionView> getPartitions();

    /** Stops fetching orders. What is in flight is finished. Holds over rebalances, until resumed or restarted. */
    void pauseConsumption();

    /** Fetches orders again. */
    void resumeConsumption();

    /** Tries waiting orders now instead of at their time; while calls are held back, lets one probe out now. */
    void retryNow();
}
