package org.trustpaybridge.outbound;

import java.util.Set;

/** The headers that the bridge adds to a dead letter, and those by which a replayed record is known. */
public final class DeadLetterHeaders {

    private static final String CONNECT = "__connect.errors.";

    /** Why, as a code. */
    public static final String CODE = "bridge-error-code";
    /** Why, in detail, as JSON. */
    public static final String DETAIL = "bridge-error-detail";
    /** The order id, when it could be read. */
    public static final String ORDER_ID = "bridge-order-id";
    /** POSTs made for the record. */
    public static final String ATTEMPTS = "bridge-attempts";
    /** When the record was given up, as an ISO time. */
    public static final String FAILED_AT = "bridge-failed-at";
    /** Topic of the record. */
    public static final String TOPIC = CONNECT + "topic";
    /** Partition of the record. */
    public static final String PARTITION = CONNECT + "partition";
    /** Offset of the record. */
    public static final String OFFSET = CONNECT + "offset";
    /** This program. */
    public static final String CONNECTOR_NAME = CONNECT + "connector.name";
    /** Step at which the record ended. */
    public static final String STAGE = CONNECT + "stage";
    /** A class of this program, for tools. */
    public static final String CLASS_NAME = CONNECT + "class.name";
    /** A name that ends with the code, for tools. */
    public static final String EXCEPTION_CLASS_NAME = CONNECT + "exception.class.name";
    /** The reason in a sentence. */
    public static final String MESSAGE = CONNECT + "exception.message";

    /** The record was too large: what of it is in the letter, and where the whole of it is, as JSON; see {@link Trimmed}. */
    public static final String TRIMMED = "bridge-trimmed";
    /** Headers of the record that were not taken over, as JSON; see {@link CopiedHeaders}. */
    public static final String LEFT_OUT = "bridge-headers-left-out";

    /** On a replayed record: how often the event was replayed, as a number. A dead letter keeps it as one of the event's own. */
    public static final String REPLAYS = "bridge-replays";
    /** On a replayed record: the dead letter that it was, as topic-partition@offset. A dead letter keeps it as one of the event's own. */
    public static final String REPLAY_OF = "bridge-replay-of";

    private static final Set<String> REASON = Set.of(CODE, DETAIL, ORDER_ID, ATTEMPTS, FAILED_AT, TOPIC, PARTITION, OFFSET, CONNECTOR_NAME,
        STAGE, CLASS_NAME, EXCEPTION_CLASS_NAME, MESSAGE, TRIMMED, LEFT_OUT);

    private DeadLetterHeaders() {
    }

    /**
     * @param name a header's name, exactly
     * @return whether it says why or where a record ended; such a header is the bridge's, even on a record that came with it
     */
    public static boolean isReason(String name) {
        return REASON.contains(name);
    }

    /**
     * @param name a header's name, exactly
     * @return whether it says that a record was replayed
     */
    public static boolean isReplay(String name) {
        return name.equals(REPLAYS) || name.equals(REPLAY_OF);
    }
}
