package org.trustpaybridge.provider;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.trustpaybridge.order.KnownSecrets;
import org.trustpaybridge.order.OrderId;

/**
 * What MultiSafepay says of the payment of an order, in a notification or when it is asked: of the order object the members that are
 * nobody's personal data. Amounts are minor units; those of {@code costs} and {@code payment_methods} are not looked at, as they are not.
 *
 * @param orderId       the order
 * @param status        its status in MultiSafepay's word
 * @param financial     the financial status in MultiSafepay's word, where there is one
 * @param amount        minor units to pay, where they are said
 * @param currency      ISO 4217, where it is said
 * @param refunded      minor units that went back, where they are said
 * @param transactionId MultiSafepay's number for it, as text; where it is said
 * @param method        the payment method that was used, in MultiSafepay's word; where it is said
 */
public record PaymentReport(OrderId orderId, String status, Optional<String> financial, OptionalLong amount, Optional<String> currency,
                            OptionalLong refunded, Optional<String> transactionId, Optional<String> method) {

    /** What is not so short and plain is no word of MultiSafepay's. */
    private static final Pattern WORD = Pattern.compile("[a-z][a-z_]{0,39}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern TRANSACTION = Pattern.compile("[A-Za-z0-9_-]{1,40}");
    private static final Pattern METHOD = Pattern.compile("[A-Za-z][A-Za-z0-9_ -]{0,39}");

    /**
     * Reads the body of a notification.
     *
     * @param body    bytes that MultiSafepay has signed
     * @param secrets what holds one of them is no word of MultiSafepay's
     * @return what it says
     * @throws NotUnderstoodException when it is no order object; the message says what is wrong, without anything of the body
     */
    public static PaymentReport ofNotification(byte[] body, KnownSecrets secrets) throws NotUnderstoodException {
        AnswerBody read = AnswerBody.read(body);
        if (read.problem().isPresent() || !read.json().isObject()) {
            throw new NotUnderstoodException("the body is no JSON object");
        }
        return of(read.json(), secrets);
    }

    /**
     * Reads the answer to {@code GET /orders/{order_id}}.
     *
     * @param answer   that tells something, see {@link Lookup}
     * @param expected the order that was asked for
     * @param secrets  what holds one of them is no word of MultiSafepay's
     * @return what it says of that order; empty when it knows none of that id
     * @throws NotUnderstoodException when it is no order object; the message says what is wrong, without anything of the answer
     */
    public static Optional<PaymentReport> ofAnswer(ProviderAnswer answer, OrderId expected, KnownSecrets secrets)
        throws NotUnderstoodException {
        JsonNode order = AnswerBody.read(answer.body()).json().path("data");
        return expected.text().equals(order.path("order_id").asText()) ? Optional.of(of(order, secrets)) : Optional.empty();
    }

    private static PaymentReport of(JsonNode order, KnownSecrets secrets) throws NotUnderstoodException {
        Optional<String> status = word(order.path("status"), WORD, secrets);
        if (status.isEmpty()) {
            throw new NotUnderstoodException(order.has("status") ? "status is no word" : "status is missing");
        }
        return new PaymentReport(orderId(order.path("order_id")), status.get(), word(order.path("financial_status"), WORD, secrets),
            amount(order.path("amount")), word(order.path("currency"), CURRENCY, secrets), amount(order.path("amount_refunded")),
            word(order.path("transaction_id"), TRANSACTION, secrets), word(order.path("payment_details").path("type"), METHOD, secrets));
    }

    private static OrderId orderId(JsonNode id) throws NotUnderstoodException {
        if (!id.isTextual() && !id.isIntegralNumber()) {
            throw new NotUnderstoodException(id.isMissingNode() ? "order_id is missing" : "order_id is neither text nor a whole number");
        }
        try {
            return new OrderId(id.asText());
        } catch (IllegalArgumentException e) {
            throw new NotUnderstoodException("order_id can be none");
        }
    }

    private static Optional<String> word(JsonNode value, Pattern form, KnownSecrets secrets) {
        boolean plain = value.isTextual() || value.isIntegralNumber();
        return plain ? Optional.of(value.asText()).filter(text -> form.matcher(text).matches() && !secrets.isIn(text)) : Optional.empty();
    }

    /** Money is not guessed: what is no whole number is not said. */
    private static OptionalLong amount(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0 ? OptionalLong.of(value.longValue())
            : OptionalLong.empty();
    }

    /** That is no order object of MultiSafepay's. */
    public static final class NotUnderstoodException extends Exception {

        NotUnderstoodException(String message) {
            super(message);
        }
    }
}
