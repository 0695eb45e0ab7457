package org.trustpaybridge.provider;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

import org.trustpaybridge.order.KnownSecrets;

/**
 * What the provider says to an order that it has to refuse: one without id, amount, currency and customer, which can never become anything.
 * A refusal that comes as it should shows that the provider looks at orders.
 *
 * @param asItShould whether it is a refusal for what is missing, in the provider's own words: HTTP 4xx with a code of the kind that is
 *                   about an order's data, or with 1006, for the id. Nothing else proves anything, a success neither
 * @param cause      the answer in short
 */
public record PostRefusal(boolean asItShould, Failure cause) {

    private static final byte[] ORDER = "{\"type\":\"redirect\",\"gateway\":\"TRUSTPAY\"}".getBytes(StandardCharsets.US_ASCII);

    /** @return the order that has to be refused, as JSON */
    public static byte[] order() {
        return ORDER.clone();
    }

    /**
     * @param answer  the answer
     * @param secrets hidden wherever the provider says one back
     * @return what it means
     */
    public static PostRefusal judge(ProviderAnswer answer, KnownSecrets secrets) {
        AnswerBody body = AnswerBody.read(answer.body());
        OptionalInt code = ErrorCodes.read(body.json().path("error_code"));
        boolean refused = answer.status() >= 400 && answer.status() < 500 && !StatusRule.notNow(answer.status()) && !body.saysSuccess()
            && code.isPresent() && ofTheOrder(ErrorCodes.kind(code.getAsInt()));
        return new PostRefusal(refused, new Failure(answer.status(), code, ErrorInfo.of(body.json(), secrets), ""));
    }

    private static boolean ofTheOrder(OutcomeKind kind) {
        return kind == OutcomeKind.REJECTED || kind == OutcomeKind.DUPLICATE;
    }
}
