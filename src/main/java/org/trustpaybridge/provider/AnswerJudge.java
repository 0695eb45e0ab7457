package org.trustpaybridge.provider;

import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.trustpaybridge.order.KnownSecrets;
import org.trustpaybridge.order.OrderId;

/**
 * Says what an answer to {@code POST /orders} means. MultiSafepay's HTTP status is not reliable (1032 comes with 200 and 401, 1006 with 200
 * and 404), so the body is asked first, then its {@code error_code}, and the status only when neither says anything. But a status that says
 * "not now" (408, 425, 429, 502, 503, 504) is believed before the body is looked at: a busy gateway says nothing of an order.
 *
 * <p>Where the provider's documents are silent:
 * <ul>
 *   <li>A success needs a 2xx, a usable payment URL, our order id and no {@code error_code}. {@code success} is then {@code true}, {@code
 * 1},
 *       {@code "true"} or missing, as the provider's libraries take it.</li>
 *   <li>{@code success: true} without a usable payment URL or with another order's id is unclear, also with a code. Any other answer with a
 *       code is what the code says.</li>
 *   <li>An {@code error_code} may be an integer or a string of digits. An integer that is too large for a code is an unknown code.</li>
 *   <li>An answer without our order id is unclear, and so is one in which a member appears twice.</li>
 *   <li>An object that says neither success nor a code, with 2xx, is unclear. A body that cannot be read is transient with 2xx.</li>
 *   <li>Any other 4xx (402, 406, 409, 410, 413, ...) is the order's own, and unclear; a number that is no HTTP status is transient.</li>
 * </ul>
 * It throws for no answer, keeps nothing of the body but the cleaned words of an error, and is safe for use by many threads.
 */
public final class AnswerJudge {

    /** Real session ids have some 40 characters. */
    private static final int MAX_SESSION_ID = 200;

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Clock clock;
    private final Set<String> httpHosts;
    private final KnownSecrets secrets;

    /**
     * @param clock   the time against which a date in {@code Retry-After} is read
     * @param baseUrl the configured base URL. Only if it is http, that is, if a simulator answers, may a payment URL be http as well, and
     *                then only on that same host or on this machine, where a simulator in a container is reached by a browser
     * @param secrets hidden wherever the provider says one back
     */
    public AnswerJudge(Clock clock, URI baseUrl, KnownSecrets secrets) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.secrets = Objects.requireNonNull(secrets, "secrets");
        this.httpHosts = "http".equalsIgnoreCase(baseUrl.getScheme())
                ? Stream.concat(Stream.of(baseUrl.getHost().toLowerCase(Locale.ROOT)),
                    LOOPBACK.stream()).collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    /**
     * Judges one answer.
     *
     * @param expected the id of the order that was posted; ids are compared as text, since the provider writes numbers and strings
     */
    public Outcome judge(ProviderAnswer answer, OrderId expected) {
        AnswerBody body = AnswerBody.read(answer.body());
        JsonNode code = body.json().path("error_code");
        OptionalInt number = ErrorCodes.read(code);
        if (StatusRule.notNow(answer.status())) {
            return outcome(OutcomeKind.TRANSIENT, answer, failure(answer, body.json(), number, Reason.HTTP_STATUS), answer.status() >= 500);
        }
        JsonNode data = body.json().path("data");
        Optional<PaymentLink> link = usable(data.path("payment_url"));
        Optional<Reason> fault = fault(data, link, expected);
        if (fault.isEmpty() && answer.good() && body.maybeSuccess()) {
            return new Outcome.Created(link.orElseThrow().text(), sessionId(data.path("session_id")));
        }
        if (fault.isPresent() && (body.saysTrue() || answer.good() && body.maybeSuccess() && data.has("payment_url"))) {
            return new Outcome.Unclear(failure(answer, body.json(), number, fault.get()));
        }
        if (number.isPresent() || code.isIntegralNumber()) {
            OutcomeKind kind = number.isPresent() ? ErrorCodes.kind(number.getAsInt()) : OutcomeKind.UNCLEAR;
            return outcome(kind, answer, failure(answer, body.json(), number, Reason.ERROR_CODE), false);
        }
        return byStatus(answer, body);
    }

    /** Why the data of an answer cannot be used; nothing when they can. */
    private static Optional<Reason> fault(JsonNode data, Optional<PaymentLink> link, OrderId expected) {
        JsonNode url = data.path("payment_url");
        if (!url.isTextual() || url.textValue().isEmpty()) {
            return Optional.of(Reason.NO_PAYMENT_URL);
        }
        if (link.isEmpty()) {
            return Optional.of(Reason.BAD_PAYMENT_URL);
        }
        return expected.text().equals(idText(data.path("order_id"))) ? Optional.empty() : Optional.of(Reason.OTHER_ORDER);
    }

    private Optional<PaymentLink> usable(JsonNode link) {
        return PaymentLink.parse(link.asText("")).filter(url -> url.scheme().equals("https") || httpHosts.contains(url.host()));
    }

    private static String idText(JsonNode id) {
        return id.isTextual() || id.isIntegralNumber() ? id.asText() : null;
    }

    /** A session id is a convenience: one that makes no sense is left out. */
    private Optional<String> sessionId(JsonNode id) {
        return Optional.ofNullable(idText(id))
                .filter(text -> text.length() <= MAX_SESSION_ID && text.chars().allMatch(c -> c > ' ' && c < 0x7F) && !text.isEmpty())
                .filter(text -> !secrets.isIn(text));
    }

    private Outcome byStatus(ProviderAnswer answer, AnswerBody body) {
        if (!answer.good()) {
            StatusRule rule = StatusRule.of(answer.status());
            boolean mayExist = answer.status() >= 500 || answer.status() < 200;
            return outcome(rule.kind(), answer, failure(answer, body.json(), OptionalInt.empty(), rule.reason()), mayExist);
        }
        Reason reason = body.problem().orElse(Reason.NO_VERDICT);
        OutcomeKind kind = reason == Reason.EMPTY_BODY || reason == Reason.NOT_JSON ? OutcomeKind.TRANSIENT : OutcomeKind.UNCLEAR;
        return outcome(kind, answer, failure(answer, body.json(), OptionalInt.empty(), reason), true);
    }

    private Failure failure(ProviderAnswer answer, JsonNode json, OptionalInt code, Reason reason) {
        return new Failure(answer.status(), code, ErrorInfo.of(json, secrets), reason.name(), AnswerShape.of(reason, answer, json,
            secrets));
    }

    /** In words of its own or in the list of errors, whatever form that has. */
    private static boolean namesOrderId(ProviderAnswer answer) {
        JsonNode json = AnswerBody.read(answer.body()).json();
        return Stream.of("error_info", "message", "errors").map(name -> json.path(name).toString().toLowerCase(Locale.ROOT))
                .anyMatch(words -> words.contains("order_id") || words.contains("order id") || words.contains("orderid"));
    }

    private Outcome outcome(OutcomeKind kind, ProviderAnswer answer, Failure failure, boolean mayExist) {
        return switch (kind) {
            case REJECTED -> new Outcome.Rejected(failure, answer.status() == 422 && namesOrderId(answer));
            case ACCOUNT_FAULT -> new Outcome.AccountFault(failure);
            case DUPLICATE -> new Outcome.Duplicate(failure);
            case TRANSIENT -> new Outcome.Transient(failure, RetryAfter.read(answer.retryAfter(), clock), mayExist);
            case UNCLEAR -> new Outcome.Unclear(failure);
            case CREATED -> throw new IllegalArgumentException("a failure is no payment URL");
        };
    }
}
