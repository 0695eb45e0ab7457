package org.trustpaybridge.observe.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.delivery.DeadLetterReason;
import org.trustpaybridge.delivery.position.Beginning;
import org.trustpaybridge.order.OrderMembers;
import org.trustpaybridge.order.Repair;
import org.trustpaybridge.provider.ErrorCodes;
import org.trustpaybridge.provider.OutcomeKind;
import org.trustpaybridge.provider.Reason;

/**
 * A label of a metric. Its values are a closed set wherever somebody else decides what comes in: what is not in the set is folded into one
 * of its words. The words are those of the log lines and dead letters.
 *
 * @param name    name of the label
 * @param values  all values that it can have; empty where the operator's own Kafka or build decides
 * @param meaning what it tells, as a sentence without its full stop
 */
public record Label(String name, List<String> values, String meaning) {

    /** Value where there is none. */
    static final String NONE = "none";
    /** Value that all those share which are not in the set. */
    static final String OTHER = "other";

    static final Label OUTCOME = new Label("outcome", List.of("published", "dead-letter", "repeat", "skipped"),
        "What became of a record; `skipped`: not for TrustPay, says the mapping");
    static final Label CODE = new Label("code", withNone(names(DeadLetterReason.Code.values())), "Code of a dead letter");
    static final Label CALL = new Label("call", List.of("create", "look-up", "check-account", "check-posts"),
        "POST of an order, GET after \"this order id was used before\", GET for the account after an order was refused it or while all"
            + " fail, or POST of an order that has to be refused, while all others fail");
    static final Label CALL_OUTCOME = new Label("outcome", callOutcomes(),
        "What a call came to; `FOUND` and `UNKNOWN_ORDER` are those of a look-up, `ACTIVE` and `REFUSED` of a question about the account,"
            + " and `INCONCLUSIVE` of any question; `REJECTED` also of an order that has to be refused, as it should");
    static final Label STATUS_CLASS = new Label("status", List.of(NONE, "2xx", "3xx", "4xx", "5xx", OTHER),
        "HTTP status, `none` without an answer");
    static final Label FAILURE_OUTCOME = new Label("outcome",
        names(OutcomeKind.values()).stream().filter(kind -> !kind.equals(OutcomeKind.CREATED.name())).toList(),
        "What a call came to");
    static final Label REASON = new Label("reason", names(Reason.values()), "Why a call brought no payment URL");
    static final Label ERROR_CODE = new Label("provider_error_code", errorCodes(),
        "The provider's `error_code` where that decided; `other`: one that its documents do not name");
    static final Label HTTP_STATUS = new Label("http_status", httpStatuses(), "The HTTP status where that decided");
    static final Label RETRY_REASON = new Label("reason", retryReasons(),
        "As for failures, and: `LOOK_UP_INCONCLUSIVE`, `STEP_FAILED` (most often publishing), `TOPIC_CLOSED` (its topic"
            + " takes nothing at the moment, or it was not its turn), `TOO_LARGE` (a record"
            + " that its topic does not take, published smaller), `NOT_OURS` (it was not certain that the partition"
            + " is still this member's), `PASS_WITHOUT_VERDICT` (a defect)");
    static final Label RESULT = new Label("result", List.of("repeat", "conflict"),
        "The same order, or one with another amount or currency");
    static final Label STAGE = new Label("stage", List.of("before-call", "after-call"),
        "`after-call`: another instance had published it meanwhile");
    static final Label MEMBER = new Label("field", OrderMembers.repairable(),
        "The member by its path, also of an order inside a CloudEvent");
    static final Label REPAIR = new Label("repair", Arrays.stream(Repair.Kind.values()).map(Repair.Kind::word).toList(),
        "What was done to it, see `docs/events.md`");
    static final Label RECORD = new Label("record", List.of("payment-url", "dead-letter"), "What was published");
    static final Label STATE = new Label("state", List.of("running", "ready", "waiting", "parked"),
        "Handed to the workers (at most twice `delivery.concurrency`), about to be, waiting for the next try, or behind another record of"
            + " the same order id");
    static final Label PROVIDER_STATE = new Label("state", List.of("FLOWING", "OUTAGE", "ACCOUNT_FAULT"),
        "State of the provider; the present one is 1");
    static final Label CONDITION = new Label("condition", names(Condition.Name.values()), "Name of the condition, see `docs/operate.md`");
    static final Label FOUND_BY = new Label("found", List.of("before-request", "behind-answer", "other-order"),
        "Something could be read before the request was sent, or behind the answer, or the answer named another order");
    static final Label SCHEMA_OUTCOME = new Label("outcome", List.of("found", "unknown", "failed"),
        "The schema came, the registry has none of this id, or it cannot be asked at the moment");
    static final Label DECISION = new Label("decision",
        Stream.concat(Arrays.stream(Beginning.How.values()).map(Beginning.How::word), Stream.of("held", "deleted-unread")).toList(),
        "`continued`: where the group left off; `begun`: nothing is committed; `added`: a new partition; `told`: as `kafka.start-from`"
            + " says; `new-topic`: the topic was created anew; `cut-back`, `beyond-end`: it ends before what was read or committed;"
            + " `moved`: what is committed is not this version's; `held`: an operator has to say; `deleted-unread`: Kafka deleted"
            + " records before they were read");
    static final Label NOTIFICATION = new Label("outcome", Arrays.stream(NotificationOutcome.values()).map(NotificationOutcome::word)
        .toList(),
        "`published`: it brought a change; `repeat`: it says what was published; `overtaken`: what was so before that; `ignored`: before"
            + " the payment, or without a time; `unknown-order`: MultiSafepay does not know the order of a hint; `refused`: the signature;"
            + " `not-understood`: no notification; `bad-hint`: no order id in it; `look-up-failed`: MultiSafepay did not say how the order"
            + " of a hint stands; `held`: answered 503, to be sent again");
    static final Label REFUSAL = new Label("reason", List.of(NONE, "missing", "malformed", "wrong", "out-of-time"),
        "What is the matter with the signature of one that was refused; `out-of-time`: it is right, but too old or of a time to come");
    static final Label TOPIC = new Label("topic", List.of(), "The inbound topic");
    static final Label PARTITION = new Label("partition", List.of(), "Number of the partition");
    static final Label VERSION = new Label("version", List.of(), "Version of the bridge");
    static final Label JAVA = new Label("java", List.of(), "Version of Java");

    static final String FOUND = "FOUND";
    static final String UNKNOWN_ORDER = "UNKNOWN_ORDER";
    static final String INCONCLUSIVE = "INCONCLUSIVE";

    /** Copies the list. */
    public Label {
        values = List.copyOf(values);
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).toList();
    }

    private static List<String> withNone(List<String> names) {
        return Stream.concat(Stream.of(NONE), names.stream()).toList();
    }

    private static List<String> callOutcomes() {
        return Stream.concat(names(OutcomeKind.values()).stream(), Stream.of("FOUND", "UNKNOWN_ORDER", "INCONCLUSIVE", "ACTIVE",
            "REFUSED")).toList();
    }

    private static List<String> errorCodes() {
        List<String> codes = new ArrayList<>(List.of(NONE, OTHER));
        ErrorCodes.named().forEach(code -> codes.add(Integer.toString(code)));
        return codes;
    }

    private static List<String> httpStatuses() {
        List<String> statuses = new ArrayList<>(List.of(NONE, OTHER));
        FailureLabels.STATUSES.forEach(status -> statuses.add(Integer.toString(status)));
        return statuses;
    }

    private static List<String> retryReasons() {
        return Stream.concat(names(Reason.values()).stream(), Arrays.stream(RetryReason.values()).map(Enum::name)).toList();
    }
}
