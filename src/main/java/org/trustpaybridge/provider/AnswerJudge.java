package org.trustpaybridge.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trustpaybridge.order.OrderId;

/**
 * Says what an answer to {@code POST /orders} means. MultiSafepay's HTTP status is not reliable (1032 comes with 200 and 401, 1006 with 200
 * and 404), so the body is asked first, then its {@code error_code}, and the status only when neither says anything.
 *
 * <p>Where the provider's documents are silent:
 * <ul>
 *   <li>{@code success: true} with our order and a usable payment URL is a success whatever the HTTP status or an {@code error_code} beside
 *       it: the page exists, and a repeat would make a second one. Any other {@code success: true} is unclear, also with a code.</li>
 *   <li>{@code success} counts only as the JSON literal {@code true}; the string {@code "true"} does not.</li>
 *   <li>An {@code error_code} may be an integer or a string of digits. An integer that is too large for a code is an unknown code.</li>
 *   <li>An answer without our order id is unclear, and so is one in which a member appears twice.</li>
 *   <li>An object that says neither success nor a code, with 2xx or with a status that no rule names (402, 409, 410, ...), is unclear.</li>
 *   <li>A body that cannot be read leaves the word to a status that names a fault (400, 401, 403, 404, 405, 422, 3xx); else it is
 *       transient.</li>
 * </ul>
 * It throws for no answer, keeps nothing of the body but the cleaned words of an error, and is safe for use by many threads.
 */
public final class AnswerJudge {

    /** Real session ids have some 40 characters. */
    private static final int MAX_SESSION_ID = 200;

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Clock clock;
    private final Set<String> httpHosts;

    /**
     * @param clock   the time against which a date in {@code Retry-After} is read
     * @param baseUrl the configured base URL. Only if it is http, that is, if a simulator answers, may a payment URL be http as well, and
     *                then only on that same host or on this machine, where a simulator in a container is reached by a browser
     */
    public AnswerJudge(Clock clock, URI baseUrl) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.httpHosts = "http".equalsIgnoreCase(baseUrl.getScheme())
                ? Stream.concat(Stream.of(baseUrl.getHost().toLowerCase(Locale.ROOT)), LOOPBACK.stream()).collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    /**
     * Judges one answer.
     *
     * @param expected the id of the order that was posted; ids are compared as text, since the provider writes numbers and strings
     */
    public Outcome judge(ProviderAnswer answer, OrderId expected) {
        AnswerBody body = AnswerBody.read(answer.body());
        JsonNode json = body.json();
        JsonNode success = json.path("success");
        if (success.isBoolean() && success.booleanValue()) {
            return success(answer, json, expected);
        }
        JsonNode code = json.path("error_code");
        OptionalInt number = ErrorCodes.read(code);
        if (number.isPresent() || code.isIntegralNumber()) {
            Kind kind = number.isPresent() ? ErrorCodes.kind(number.getAsInt()) : Kind.UNCLEAR;
            return outcome(kind, answer, failure(answer, json, number, Reason.ERROR_CODE), false);
        }
        return byStatus(answer, body);
    }

    private Outcome success(ProviderAnswer answer, JsonNode json, OrderId expected) {
        JsonNode data = json.path("data");
        JsonNode link = data.path("payment_url");
        Optional<PaymentLink> url = usable(link);
        Reason fault = null;
        if (!link.isTextual() || link.textValue().isEmpty()) {
            fault = Reason.NO_PAYMENT_URL;
        } else if (url.isEmpty()) {
            fault = Reason.BAD_PAYMENT_URL;
        } else if (!expected.text().equals(idText(data.path("order_id")))) {
            fault = Reason.OTHER_ORDER;
        }
        return fault == null
                ? new Outcome.Created(url.get().text(), sessionId(data.path("session_id")))
                : new Outcome.Unclear(failure(answer, json, ErrorCodes.read(json.path("error_code")), fault));
    }

    private Optional<PaymentLink> usable(JsonNode link) {
        return PaymentLink.parse(link.asText("")).filter(url -> url.scheme().equals("https") || httpHosts.contains(url.host()));
    }

    private static String idText(JsonNode id) {
        return id.isTextual() || id.isIntegralNumber() ? id.asText() : null;
    }

    /** A session id is a convenience: one that makes no sense is left out. */
    private static Optional<String> sessionId(JsonNode id) {
        return Optional.ofNullable(idText(id))
                .filter(text -> text.length() <= MAX_SESSION_ID && text.chars().allMatch(c -> c > ' ' && c < 0x7F) && !text.isEmpty());
    }

    private Outcome byStatus(ProviderAnswer answer, AnswerBody body) {
        int status = answer.status();
        Optional<Kind> told = kind(status);
        if (told.isPresent()) {
            boolean mayExist = status >= 500;
            return outcome(told.get(), answer, failure(answer, body.json(), OptionalInt.empty(), Reason.HTTP_STATUS), mayExist);
        }
        Reason reason = body.problem().orElse(Reason.NO_VERDICT);
        Kind kind = reason == Reason.EMPTY_BODY || reason == Reason.NOT_JSON ? Kind.TRANSIENT : Kind.UNCLEAR;
        return outcome(kind, answer, failure(answer, body.json(), OptionalInt.empty(), reason), true);
    }

    /** What a status says alone; nothing for those that a body should have explained. */
    private static Optional<Kind> kind(int status) {
        if (status >= 300 && status < 400) {
            return Optional.of(Kind.ACCOUNT_FAULT);
        }
        if (status >= 500 && status < 600) {
            return Optional.of(Kind.TRANSIENT);
        }
        return switch (status) {
            case 400, 422 -> Optional.of(Kind.REJECTED);
            case 401, 403, 404, 405 -> Optional.of(Kind.ACCOUNT_FAULT);
            case 408, 425, 429 -> Optional.of(Kind.TRANSIENT);
            default -> Optional.empty();
        };
    }

    private static Failure failure(ProviderAnswer answer, JsonNode json, OptionalInt code, Reason reason) {
        return new Failure(answer.status(), code, ErrorInfo.of(json), reason.name());
    }

    private Outcome outcome(Kind kind, ProviderAnswer answer, Failure failure, boolean mayExist) {
        return switch (kind) {
            case REJECTED -> new Outcome.Rejected(failure);
            case ACCOUNT_FAULT -> new Outcome.AccountFault(failure);
            case DUPLICATE -> new Outcome.Duplicate(failure);
            case TRANSIENT -> new Outcome.Transient(failure, RetryAfter.read(answer.retryAfter(), clock), mayExist);
            case UNCLEAR -> new Outcome.Unclear(failure);
            case CREATED -> throw new IllegalArgumentException("a failure is no payment URL");
        };
    }
}
