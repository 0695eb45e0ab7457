package org.trustpaybridge.observe.jmx;

import java.util.List;

/** What JMX shows of the bridge, beside Camel's own beans, and what can be done. The descriptions are shown by JMX tools too. */
@Description("What the bridge has in flight, whether orders flow and why not, and what an operator can do about it")
public interface BridgeManagementMXBean {

    /** @return a line for each, its name first */
    @Description("What is so now, what matters most first: a name of the closed set, and after it words")
    List<String> getConditions();

    /** @return name of the state */
    @Description("FLOWING, OUTAGE (the provider answers nobody) or ACCOUNT_FAULT (it refuses the account)")
    String getProviderState();

    /** @return ISO time */
    @Description("Since when, as an ISO time")
    String getProviderStateSince();

    /** @return reason, HTTP status and error code; empty while orders flow */
    @Description("Why orders do not flow; empty while they do")
    String getProviderStateReason();

    /** @return a number of records */
    @Description("Records fetched and not finished: running, about to run, waiting and parked")
    int getInFlight();

    /** @return a number of records */
    @Description("Of these, on their way through the routes")
    int getRunning();

    /** @return a number of records */
    @Description("Of these, waiting to be tried again")
    int getWaiting();

    /** @return a number of records */
    @Description("Of these, behind another record of the same order id")
    int getParked();

    /** @return milliseconds; 0 without a record */
    @Description("Milliseconds since the oldest unfinished record was fetched; 0 without one")
    long getOldestInFlightMillis();

    /** @return bytes */
    @Description("Bytes of the keys, values and headers in flight")
    long getInFlightBytes();

    /** @return a number of orders */
    @Description("Orders that the ledger remembers as published")
    long getLedgerOrders();

    /** @return bytes */
    @Description("Bytes of memory that the ledger takes")
    long getLedgerBytes();

    /** @return whether it is complete */
    @Description("Whether the ledger was read to its end since the start; before that no order is posted")
    boolean isLedgerComplete();

    /** @return whether it is paused */
    @Description("Whether an operator paused consumption")
    boolean isConsumptionPaused();

    /** @return the assigned partitions */
    @Description("The assigned partitions with committed, finished and fetched offsets (-1: not known yet) and their records in flight")
    List<PartitionView> getPartitions();

    /** Stops fetching orders. */
    @Description("Stops fetching orders. What is in flight is finished, the member stays in its group. Holds over rebalances, until it is "
        + "resumed or the process ends")
    void pauseConsumption();

    /** Fetches orders again. */
    @Description("Fetches orders again")
    void resumeConsumption();

    /** Tries waiting orders now. */
    @Description("Tries waiting orders now instead of at their time; while calls are held back, lets one probe out now")
    void retryNow();

    /** @return a number of records */
    @Description("Says that it is known which records of the assigned partitions were deleted before they were read, or passed over by "
        + "another program. Returns how many those are at most")
    long acknowledgeDeletedRecords();
}
