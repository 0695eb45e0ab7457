package org.trustpaybridge.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;

/**
 * What the provider says to {@code GET /gateways/TRUSTPAY}: whether this key may use TrustPay.
 *
 * @param state what it means
 * @param cause the answer in short; not to be shown where it is active
 */
public record GatewayAnswer(State state, Failure cause) {

    private static final int NOT_AVAILABLE = 1023;
    private static final int WRONG_KEY = 1032;

    /** What the answer means. */
    public enum State {
        /** TrustPay can be used. */
        ACTIVE,
        /** The key is good, and TrustPay is not active for its site. */
        INACTIVE,
        /** The key is refused. */
        KEY_REFUSED,
        /** The site or the account is refused for another reason. */
        ACCOUNT_REFUSED,
        /** This is not the API: the base URL leads elsewhere. */
        NOT_THE_API,
        /** The provider cannot answer at the moment. */
        BUSY,
        /** The answer says nothing that is known. */
        UNCLEAR
    }

    /**
     * @param answer the answer
     * @return what it means; the body decides, then the code, then the status, as for orders
     */
    public static GatewayAnswer judge(ProviderAnswer answer) {
        AnswerBody body = AnswerBody.read(answer.body());
        JsonNode json = body.json();
        OptionalInt code = ErrorCodes.read(json.path("error_code"));
        Failure cause = new Failure(answer.status(), code, ErrorInfo.of(json), "");
        JsonNode success = json.path("success");
        if (success.isBoolean() && success.booleanValue()) {
            boolean named = "TRUSTPAY".equalsIgnoreCase(json.path("data").path("id").asText());
            return new GatewayAnswer(named ? State.ACTIVE : State.UNCLEAR, cause);
        }
        return new GatewayAnswer(code.isPresent() ? byCode(code.getAsInt()) : byStatus(answer.status(), body), cause);
    }

    private static State byCode(int code) {
        if (code == NOT_AVAILABLE) {
            return State.INACTIVE;
        }
        if (code == WRONG_KEY) {
            return State.KEY_REFUSED;
        }
        return switch (ErrorCodes.kind(code)) {
            case ACCOUNT_FAULT -> State.ACCOUNT_REFUSED;
            case TRANSIENT -> State.BUSY;
            default -> State.UNCLEAR;
        };
    }

    private static State byStatus(int status, AnswerBody body) {
        if (status == 401) {
            return State.KEY_REFUSED;
        }
        if (status == 403) {
            return State.ACCOUNT_REFUSED;
        }
        if (status >= 500 || status == 408 || status == 425 || status == 429) {
            return State.BUSY;
        }
        boolean elsewhere = status >= 300 && status < 400 || status == 404 || status == 405 || body.problem().isPresent();
        return elsewhere ? State.NOT_THE_API : State.UNCLEAR;
    }
}
