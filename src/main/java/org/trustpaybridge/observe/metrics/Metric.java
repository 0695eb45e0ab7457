package org.trustpaybridge.observe.metrics;

import static org.trustpaybridge.observe.metrics.Label.CALL;
import static org.trustpaybridge.observe.metrics.Label.CALL_OUTCOME;
import static org.trustpaybridge.observe.metrics.Label.CODE;
import static org.trustpaybridge.observe.metrics.Label.ERROR_CODE;
import static org.trustpaybridge.observe.metrics.Label.FAILURE_OUTCOME;
import static org.trustpaybridge.observe.metrics.Label.HTTP_STATUS;
import static org.trustpaybridge.observe.metrics.Label.OUTCOME;
import static org.trustpaybridge.observe.metrics.Label.PARTITION;
import static org.trustpaybridge.observe.metrics.Label.REASON;
import static org.trustpaybridge.observe.metrics.Label.STATUS_CLASS;
import static org.trustpaybridge.observe.metrics.Label.TOPIC;

import java.util.List;
import java.util.Set;

/**
 * The catalogue of the bridge's own metrics. {@code docs/metrics.md} is written from it, and a test holds a real scrape, dashboards and
 * alert rules to it.
 */
public enum Metric {

    RECORDS_FINISHED(Type.COUNTER, "trustpay_bridge_records_finished_total",
        "Records that are done with: Kafka acknowledged the payment URL or the dead letter, or the record is a repeat", OUTCOME, CODE),
    RECORD_LATENCY(Type.HISTOGRAM, "trustpay_bridge_record_latency_seconds",
        "From the time of the input record to the acknowledgement of what became of it. The time is the record's own, so the clocks of its"
            + " publisher and of the bridge count", OUTCOME),
    PROVIDER_CALLS(Type.HISTOGRAM, "trustpay_bridge_provider_calls_seconds",
        "Calls of the provider, from before a connection is taken to the judged answer", CALL, CALL_OUTCOME, STATUS_CLASS),
    PROVIDER_FAILURES(Type.COUNTER, "trustpay_bridge_provider_failures_total",
        "POSTs that brought no payment URL. A series appears with its first failure", FAILURE_OUTCOME, REASON, ERROR_CODE, HTTP_STATUS),
    OUT_OF_STEP(Type.COUNTER, "trustpay_bridge_connections_out_of_step_total",
        "Connections to the provider that were closed because answers and requests did not belong together", Label.FOUND_BY),
    RETRIES(Type.COUNTER, "trustpay_bridge_retries_total", "Times that a record was kept to be passed through again", Label.RETRY_REASON),
    PUBLISH(Type.HISTOGRAM, "trustpay_bridge_publish_seconds", "From composing a record to its acknowledgement by Kafka", Label.RECORD),
    LEDGER_HITS(Type.COUNTER, "trustpay_bridge_ledger_hits_total",
        "Orders that were found to be published already, and were not published again",
        Label.RESULT, Label.STAGE),

    REPAIRS(Type.COUNTER, "trustpay_bridge_repairs_total",
        "Members of orders that were repaired or left out so that the order could be sent. A series appears with its first repair",
        Label.MEMBER, Label.REPAIR),

    SCHEMA_FETCHES(Type.COUNTER, "trustpay_bridge_schema_fetches_total",
        "Questions to the schema registry for a schema; each schema is fetched once", Label.SCHEMA_OUTCOME),

    RECORDS_TOO_LARGE(Type.COUNTER, "trustpay_bridge_records_too_large_total",
        "Of the dead letters, those of records that were larger than this instance can hold, and were not read"),

    IN_FLIGHT(Type.GAUGE, "trustpay_bridge_in_flight_records", "Records fetched and not finished", Label.STATE),
    FAILING_ALONE(Type.GAUGE, "trustpay_bridge_failing_alone_orders",
        "Of these, orders whose calls fail while others succeed; each is given up after `retry.give-up-after`"),
    HELD(Type.GAUGE, "trustpay_bridge_held_records",
        "Of these, records that wait because no topic takes what is to be published for them, or for a schema"),
    IN_FLIGHT_BYTES(Type.GAUGE, "trustpay_bridge_in_flight_bytes", "Bytes of their keys, values and headers"),
    OLDEST_IN_FLIGHT(Type.GAUGE, "trustpay_bridge_oldest_in_flight_age_seconds",
        "Time since the oldest unfinished record was fetched; 0 without one"),
    CONCURRENCY(Type.GAUGE, "trustpay_bridge_concurrency_limit", "Provider calls that may be in flight at once: `delivery.concurrency`"),

    CONDITION(Type.GAUGE, "trustpay_bridge_condition", "1 while this is so, 0 otherwise: what the status page and health say, for alerts",
        Label.CONDITION),
    PROVIDER_STATE(Type.GAUGE, "trustpay_bridge_provider_state", "1 for the state that the provider is in, 0 for the others",
        Label.PROVIDER_STATE),
    PROVIDER_STATE_SINCE(Type.GAUGE, "trustpay_bridge_provider_state_since_timestamp_seconds", "When that state began, as Unix time"),

    PARTITION_COMMITTED(Type.GAUGE, "trustpay_bridge_partition_committed_offset",
        "Committed offset of a partition that is assigned to this instance, as Kafka has it", TOPIC, PARTITION),
    PARTITION_FINISHED(Type.GAUGE, "trustpay_bridge_partition_finished_offset", "First offset that is not finished", TOPIC, PARTITION),
    PARTITION_POSITION(Type.GAUGE, "trustpay_bridge_partition_position_offset", "Offset that is fetched next", TOPIC, PARTITION),
    PARTITION_END(Type.GAUGE, "trustpay_bridge_partition_end_offset", "End of the partition", TOPIC, PARTITION),
    PARTITION_LAG(Type.GAUGE, "trustpay_bridge_partition_lag_records",
        "Records between the committed offset and the end, asked of Kafka every 5 seconds, also while nothing is fetched", TOPIC,
            PARTITION),
    PARTITION_HELD(Type.GAUGE, "trustpay_bridge_partition_held_records",
        "Of the lag, offsets that cannot be read yet: a transaction of another program is open, and what was published behind it waits for"
            + " its end", TOPIC, PARTITION),
    PARTITION_OPEN(Type.GAUGE, "trustpay_bridge_partition_open_records", "Records of the partition that are in flight", TOPIC, PARTITION),

    RECORDS_DELETED_UNREAD(Type.COUNTER, "trustpay_bridge_records_deleted_unread_total",
        "Records that Kafka deleted before they were read, at most: offsets, of which some may have held no record", TOPIC, PARTITION),
    RECORDS_PASSED_OVER(Type.COUNTER, "trustpay_bridge_records_passed_over_total",
        "Records that another program passed over by committing offsets of the group, at most; each instance counts what it sees", TOPIC,
        PARTITION),
    POSITION_DECISIONS(Type.COUNTER, "trustpay_bridge_position_decisions_total", "Decisions where a partition is read from",
        Label.DECISION),
    HELD_PARTITIONS(Type.GAUGE, "trustpay_bridge_held_partitions", "Partitions that are not read until somebody says where to begin"),

    LEDGER_ORDERS(Type.GAUGE, "trustpay_bridge_ledger_orders", "Published orders that are remembered"),
    LEDGER_BYTES(Type.GAUGE, "trustpay_bridge_ledger_bytes", "Memory that they take"),
    LEDGER_COMPLETE(Type.GAUGE, "trustpay_bridge_ledger_complete",
        "1 once the outbound topic was read to its end; no order is posted before"),

    NOTIFICATIONS(Type.COUNTER, "trustpay_bridge_notifications_total",
        "Notifications of MultiSafepay, by what became of them; only where `notifications.enabled` is true", Label.NOTIFICATION,
            Label.REFUSAL),
    STATUS_ORDERS(Type.GAUGE, "trustpay_bridge_payment_status_orders",
        "Orders of which a status was published, as the topic tells; only where `notifications.enabled` is true"),
    STATUS_BYTES(Type.GAUGE, "trustpay_bridge_payment_status_bytes", "Memory that they take"),

    KAFKA_WAITING(Type.GAUGE, "trustpay_bridge_kafka_waiting", "1 while Kafka, the inbound topic or a heartbeat is waited for"),
    KAFKA_LAST_POLL(Type.GAUGE, "trustpay_bridge_kafka_last_poll_timestamp_seconds",
        "When Kafka was last polled, as Unix time; 0 before the first time"),
    CONSUMPTION_PAUSED(Type.GAUGE, "trustpay_bridge_consumption_paused", "1 while an operator has paused consumption"),
    BUILD_INFO(Type.INFO, "trustpay_bridge_build_info", "Always 1", Label.VERSION, Label.JAVA);

    /** Types of Prometheus. */
    public enum Type {
        /** Only grows. */
        COUNTER,
        /** Goes up and down. */
        GAUGE,
        /** Durations, as {@code _bucket}, {@code _count} and {@code _sum}, with the largest of the last minutes as {@code _max}. */
        HISTOGRAM,
        /** A gauge that is always 1 and tells by its labels. */
        INFO;

        /** @return the word for it in the text format */
        public String word() {
            return this == INFO ? "gauge" : name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static final Set<String> UNITS = Set.of("seconds", "bytes", "records", "orders", "offset");

    private final Type type;
    private final String prometheusName;
    private final String meaning;
    private final List<Label> labels;

    Metric(Type type, String prometheusName, String meaning, Label... labels) {
        this.type = type;
        this.prometheusName = prometheusName;
        this.meaning = meaning;
        this.labels = List.of(labels);
    }

    /** @return what kind of metric it is */
    public Type type() {
        return type;
    }

    /** @return the name in a scrape; of a histogram without {@code _bucket}, {@code _count}, {@code _sum} and {@code _max} */
    public String prometheusName() {
        return prometheusName;
    }

    /** @return the name in Micrometer, to which the registry for Prometheus adds {@code _total} and {@code _seconds} */
    public String meterName() {
        String name = prometheusName;
        if (type == Type.COUNTER) {
            name = name.substring(0, name.length() - "_total".length());
        } else if (type == Type.HISTOGRAM) {
            name = name.substring(0, name.length() - "_seconds".length());
        }
        return name.replace('_', '.');
    }

    /** @return one line that says what it tells */
    public String meaning() {
        return meaning;
    }

    /** @return its labels, in their order */
    public List<Label> labels() {
        return labels;
    }

    /** @return the unit that ends its name, such as seconds or bytes; empty for a count, a switch or a state */
    public String unit() {
        String last = prometheusName.substring(prometheusName.lastIndexOf('_') + 1);
        return UNITS.contains(last) ? last : "";
    }
}
