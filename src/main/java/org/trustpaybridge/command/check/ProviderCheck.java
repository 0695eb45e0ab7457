package org.trustpaybridge.command.check;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

import org.trustpaybridge.order.KnownSecrets;
import org.trustpaybridge.provider.GatewayAnswer;
import org.trustpaybridge.provider.TransportFault;
import org.trustpaybridge.settings.Settings;
import org.trustpaybridge.transport.AccountQuestion;
import org.trustpaybridge.transport.CallFailedException;

/** Asks the provider one question that changes nothing: whether this key may use TrustPay. */
public final class ProviderCheck {

    private static final Duration AGREES = Duration.ofSeconds(2);
    private static final Duration FAR_APART = Duration.ofSeconds(30);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String ADDRESS = "provider";
    private static final String KEY = "API key";
    private static final String TRUSTPAY = "TrustPay";
    private static final String CLOCK = "clock";

    private final Settings.Provider provider;
    private final KnownSecrets secrets;
    private final Optional<AccountQuestion> question;
    private final Clock clock;

    /**
     * @param settings checked settings
     * @param question asked as {@code run} would ask it; empty where no route does
     * @param clock    the clock of this machine
     */
    public ProviderCheck(Settings settings, Optional<AccountQuestion> question, Clock clock) {
        this.provider = settings.provider();
        this.secrets = settings.knownSecrets();
        this.question = question;
        this.clock = clock;
    }

    /** @return what was found: address, key, gateway, clock */
    public List<Finding> findings() {
        if (provider.apiKey().reveal().isEmpty()) {
            return skipped("there is no API key to ask with");
        }
        if (question.isEmpty()) {
            return skipped("no route here asks about the account");
        }
        Instant asked = clock.instant();
        try {
            AccountQuestion.Answered answered = question.get().ask();
            return judged(answered, GatewayAnswer.judge(answered.answer(), secrets), asked, clock.instant());
        } catch (IOException e) {
            return unreachable(e);
        }
    }

    private List<Finding> judged(AccountQuestion.Answered response, GatewayAnswer answer, Instant asked, Instant answered) {
        List<Finding> findings = new ArrayList<>();
        findings.add(address(response, answer, Duration.between(asked, answered)));
        findings.addAll(account(answer));
        findings.add(clock(response.date(), asked, answered));
        return findings;
    }

    private Finding address(AccountQuestion.Answered response, GatewayAnswer answer, Duration took) {
        URI url = provider.baseUrl();
        if (answer.state() == GatewayAnswer.State.NOT_THE_API) {
            return Finding.problem(ADDRESS, url.getHost() + elsewhere(response.answer().status()),
                "Check multisafepay.base-url: it ends in /v1/json. Live: https://api.multisafepay.com/v1/json");
        }
        String ms = " in " + took.toMillis() + " ms" + provider.proxy().map(each -> " through the proxy " + each.shown()).orElse("");
        if (response.tls().isPresent()) {
            return Finding.ok(ADDRESS, url.getHost() + " answers" + ms + ", " + response.tls().get());
        }
        if (LOOPBACK.contains(url.getHost())) {
            return Finding.ok(ADDRESS, url.getAuthority() + " answers" + ms + ", without TLS: a simulator");
        }
        return Finding.warning(ADDRESS, url.getAuthority() + " answers" + ms + " without TLS", "Use https, unless this is a simulator: the"
            + " API key and the orders can be read on the way.");
    }

    private static String elsewhere(int status) {
        if (status >= 300 && status < 400) {
            return " redirects elsewhere (HTTP " + status + "), which the bridge does not follow";
        }
        return status == 407 ? " cannot be reached: a proxy in between asks for a login (HTTP 407)"
            : " answers HTTP " + status + ", and not as MultiSafepay's API does";
    }

    private List<Finding> account(GatewayAnswer answer) {
        String said = said(answer);
        Finding untold = Finding.skipped(TRUSTPAY, "not told");
        return switch (answer.state()) {
            case ACTIVE -> List.of(Finding.ok(KEY, "accepted"), Finding.ok(TRUSTPAY, "active"));
            case INACTIVE -> List.of(Finding.ok(KEY, "accepted"), Finding.problem(TRUSTPAY, "not active for this site " + said,
                "Have MultiSafepay activate TrustPay. Until then orders wait in Kafka. TrustPay is never active in a test account."));
            case KEY_REFUSED -> List.of(Finding.problem(KEY, "refused " + said, "Check the key, and that it is one of "
                + provider.baseUrl().getHost() + ": test keys work on the test API only, live keys on the live API only."), untold);
            case ACCOUNT_REFUSED -> List.of(Finding.problem(KEY, "the account is refused " + said,
                "Ask MultiSafepay, with this code, what is wrong with the site or the account."), untold);
            case NOT_THE_API -> List.of(Finding.skipped(KEY, "the API was not reached"), untold);
            case BUSY -> List.of(Finding.problem(KEY, "the provider cannot answer at the moment " + said,
                "Try again. Orders wait in Kafka meanwhile."), untold);
            case UNCLEAR -> List.of(Finding.warning(KEY, "the answer says nothing that is known " + said,
                "Send one order and see; if it fails, ask MultiSafepay with this answer."), untold);
        };
    }

    private static String said(GatewayAnswer answer) {
        String code = answer.cause().providerErrorCode().isPresent() ? "code " + answer.cause().providerErrorCode().getAsInt()
            : "HTTP " + answer.cause().httpStatus();
        String info = answer.cause().providerErrorInfo();
        return "(" + code + (info.isEmpty() ? "" : ": " + info) + ")";
    }

    /** The header has whole seconds, cut and not rounded, so half a second is added. */
    private static Finding clock(String date, Instant asked, Instant answered) {
        Instant theirs;
        try {
            theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant().plusMillis(500);
        } catch (DateTimeException e) {
            return Finding.skipped(CLOCK, "the provider sends no time to compare with");
        }
        Duration half = Duration.between(asked, answered).dividedBy(2);
        Duration apart = Duration.between(theirs, asked.plus(half));
        String words = apart.abs().toSeconds() + " s " + (apart.isNegative() ? "behind" : "ahead of") + " the provider's";
        String advice = "Synchronise the clock of this machine (NTP): ledger, time limits and Retry-After go by it.";
        // Half the round trip may have been spent on either way.
        if (apart.abs().compareTo(FAR_APART.plus(half)) > 0) {
            return Finding.problem(CLOCK, words, advice);
        }
        return apart.abs().compareTo(AGREES.plus(half)) > 0 ? Finding.warning(CLOCK, words, advice)
            : Finding.ok(CLOCK, "agrees with the provider's");
    }

    private List<Finding> unreachable(IOException failure) {
        boolean ofProxy = failure instanceof CallFailedException failed && failed.ofProxy();
        List<Finding> findings = new ArrayList<>(List.of(Finding.problem(ADDRESS, what(failure), ofProxy
            ? "Check multisafepay.proxy with its user and password, and what the proxy lets through. NO_PROXY names hosts that are reached"
                + " without. Orders wait in Kafka meanwhile."
                : "Check multisafepay.base-url, name resolution, firewall and proxy. Orders wait in Kafka until it"
            + " answers.")));
        findings.addAll(skipped("the provider was not reached").subList(1, 4));
        return findings;
    }

    private String what(IOException failure) {
        String host = provider.baseUrl().getAuthority();
        TransportFault fault = failure instanceof CallFailedException failed ? failed.fault() : TransportFault.CALL_FAILED;
        Optional<SSLException> tls = cause(failure, SSLException.class);
        if (failure instanceof CallFailedException failed && failed.refusedByProxy().isPresent()) {
            return host + " cannot be reached: the proxy " + proxy() + (fault == TransportFault.PROXY_LOGIN_REFUSED
                ? " does not take the login"
                : " refuses the way there") + " (HTTP " + failed.refusedByProxy().getAsInt() + ")";
        }
        if (fault == TransportFault.PROXY_UNREACHABLE) {
            return host + " cannot be reached: the proxy " + proxy() + (cause(failure, UnknownHostException.class).isPresent()
                ? " cannot be resolved" : tls.isPresent() ? " does not speak TLS as it should" : " cannot be connected to");
        }
        if (fault == TransportFault.CONNECT_FAILED && tls.isPresent()) {
            return "TLS with " + host + " fails: " + secrets.mask(String.valueOf(tls.get().getMessage()));
        }
        if (cause(failure, UnknownHostException.class).isPresent()) {
            return provider.baseUrl().getHost() + " cannot be resolved";
        }
        return switch (fault) {
            case CONNECT_FAILED -> host + " cannot be connected to";
            case TIMED_OUT -> host + " does not answer in time";
            case ANSWER_TOO_LARGE, MALFORMED_ANSWER, OUT_OF_STEP -> host + " does not answer in HTTP as MultiSafepay's API does";
            default -> "the connection to " + host + " broke";
        };
    }

    private String proxy() {
        return provider.proxy().map(each -> each.shown() + " (" + each.from() + ")").orElse("in between");
    }

    private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
        return failure == null ? Optional.empty() : type.isInstance(failure) ? Optional.of(type.cast(failure))
            : cause(failure.getCause(), type);
    }

    /**
     * @param why why nothing was asked
     * @return all that is left out
     */
    public static List<Finding> skipped(String why) {
        return List.of(Finding.skipped(ADDRESS, why), Finding.skipped(KEY, why), Finding.skipped(TRUSTPAY, why),
            Finding.skipped(CLOCK, why));
    }
}
