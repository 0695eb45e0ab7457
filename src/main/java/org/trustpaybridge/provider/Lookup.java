package org.trustpaybridge.provider;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

import com.fasterxml.jackson.databind.JsonNode;
import org.trustpaybridge.order.KnownSecrets;
import org.trustpaybridge.order.Money;
import org.trustpaybridge.order.OrderId;

/**
 * What the provider knows of an order id, asked for with {@code GET /orders/{order_id}} after it said that the id was used before. It
 * decides how the dead letter reads, never whether there is a payment URL: such an answer holds none.
 *
 * @param inconclusive whether the question is to be asked again later: no answer came, or one that says nothing of the order
 * @param money        what the known order is for; empty when none is known
 * @param status       the known order's status, in lower-case letters and underscores; empty when none is known
 * @param cause        the answer in short
 */
public record Lookup(boolean inconclusive, Optional<Money> money, Optional<String> status, Failure cause) {

    private static final int UNKNOWN_ID = 1006;
    private static final Lookup NOT_ASKED =
        new Lookup(false, Optional.empty(), Optional.empty(), new Failure(0, OptionalInt.empty(), "", ""));

    /** Checks that nothing is null. */
    public Lookup {
        Objects.requireNonNull(money, "money");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(cause, "cause");
    }

    /** @return in the place of a look-up that cannot be made */
    public static Lookup notAsked() {
        return NOT_ASKED;
    }

    /** @return whether the provider was asked */
    public boolean asked() {
        return this != NOT_ASKED;
    }

    /**
     * Judges the answer to a look-up.
     *
     * @param answer   the answer
     * @param expected the order id that was asked for. A number can be somebody else's id with the provider, so the answer is believed
     *                 only if it names the same id
     * @param secrets  hidden wherever the provider says one back
     * @return what is known now
     */
    public static Lookup judge(ProviderAnswer answer, OrderId expected, KnownSecrets secrets) {
        JsonNode json = AnswerBody.read(answer.body()).json();
        OptionalInt code = ErrorCodes.read(json.path("error_code"));
        Failure cause = new Failure(answer.status(), code, ErrorInfo.of(json, secrets), Reason.ERROR_CODE.name());
        JsonNode order = json.path("data");
        if (json.path("success").asBoolean(false) && expected.text().equals(order.path("order_id").asText())) {
            return new Lookup(false, moneyOf(order), statusOf(order).filter(status -> !secrets.isIn(status)), cause);
        }
        boolean unknown = code.isPresent() && code.getAsInt() == UNKNOWN_ID || json.path("success").asBoolean(false);
        return new Lookup(!unknown, Optional.empty(), Optional.empty(), cause);
    }

    /**
     * @param fault why no answer came
     * @return a look-up to be made again
     */
    public static Lookup failed(TransportFault fault) {
        return new Lookup(true, Optional.empty(), Optional.empty(), new Failure(0, OptionalInt.empty(), "", fault.reason().name()));
    }

    private static Optional<Money> moneyOf(JsonNode order) {
        if (!order.path("amount").canConvertToLong() || !order.path("amount").isIntegralNumber() || !order.path("currency").isTextual()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Money(order.path("amount").longValue(), order.path("currency").textValue()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The set of statuses is open, so any word passes that can do no harm in a header. */
    private static Optional<String> statusOf(JsonNode order) {
        return Optional.of(order.path("status").asText("")).filter(status -> status.matches("[a-z_]{1,40}"));
    }
}
