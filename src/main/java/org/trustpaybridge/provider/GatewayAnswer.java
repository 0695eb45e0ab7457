package org.trustpaybridge.provider;

import java.util.OptionalInt;

import com.fasterxml.jackson.databind.JsonNode;
import org.trustpaybridge.order.KnownSecrets;

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
     * @param answer  the answer
     * @param secrets hidden wherever the provider says one back
     * @return what it means; "not now" is believed first, then the body decides, then the code, then the status, as for orders
     */
    public static GatewayAnswer judge(ProviderAnswer answer, KnownSecrets secrets) {
        AnswerBody body = AnswerBody.read(answer.body());
        JsonNode json = body.json();
        OptionalInt code = ErrorCodes.read(json.path("error_code"));
        Failure cause = new Failure(answer.status(), code, ErrorInfo.of(json, secrets), "");
        if (StatusRule.notNow(answer.status())) {
            return new GatewayAnswer(State.BUSY, cause);
        }
        if (answer.good() && body.saysSuccess() && body.maybeSuccess()) {
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
        boolean good = status >= 200 && status < 300;
        StatusRule rule = StatusRule.of(status);
        if (!good && rule.kind() == OutcomeKind.ACCOUNT_FAULT) {
            return status == 401 ? State.KEY_REFUSED : status == 403 ? State.ACCOUNT_REFUSED : State.NOT_THE_API;
        }
        if (!good && rule.kind() == OutcomeKind.TRANSIENT) {
            return State.BUSY;
        }
        return body.problem().isPresent() ? State.NOT_THE_API : State.UNCLEAR;
    }
}
