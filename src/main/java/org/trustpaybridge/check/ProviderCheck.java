package org.trustpaybridge.check;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
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
import org.trustpaybridge.provider.ProviderAnswer;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;

/** Asks the provider one question that changes nothing: whether this key may use TrustPay. */
public final class ProviderCheck {

    private static final int ANSWER_CAP = 64 * 1024;
    private static final Duration AGREES = Duration.ofSeconds(2);
    private static final Duration FAR_APART = Duration.ofSeconds(30);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String ADDRESS = "provider";
    private static final String KEY = "API key";
    private static final String TRUSTPAY = "TrustPay";
    private static final String CLOCK = "clock";

    private final Settings.Provider provider;
    private final Duration connectTimeout;
    private final KnownSecrets secrets;
    private final String userAgent;
    private final Clock clock;

    /**
     * @param settings  checked settings
     * @param userAgent names this program and its version
     * @param clock     the clock of this machine
     */
    public ProviderCheck(Settings settings, String userAgent, Clock clock) {
        this.provider = settings.provider();
        this.connectTimeout = Duration.ofMillis(Long.parseLong(settings.text(Setting.MULTISAFEPAY_CONNECT_TIMEOUT)));
        this.secrets = settings.knownSecrets();
        this.userAgent = userAgent;
        this.clock = clock;
    }

    /** @return what was found: address, key, gateway, clock */
    public List<Finding> findings() {
        if (provider.apiKey().reveal().isEmpty()) {
            return skipped("there is no API key to ask with");
        }
        HttpClient client = HttpClient.newBuilder().connectTimeout(connectTimeout).followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(provider.baseUrl() + "/gateways/TRUSTPAY"))
            .timeout(provider.responseTimeout()).header("api_key", provider.apiKey().reveal()).header("Accept", "application/json")
            .header("User-Agent", userAgent).build();
        Instant asked = clock.instant();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            Instant answered = clock.instant();
            try (InputStream body = response.body()) {
                byte[] bytes = body.readNBytes(ANSWER_CAP);
                return judged(response, GatewayAnswer.judge(new ProviderAnswer(response.statusCode(), Optional.empty(), bytes), secrets), asked, answered);
            }
        } catch (IOException e) {
            return unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return skipped("interrupted");
        }
    }

    private List<Finding> judged(HttpResponse<InputStream> response, GatewayAnswer answer, Instant asked, Instant answered) {
        List<Finding> findings = new ArrayList<>();
        findings.add(address(response, answer, Duration.between(asked, answered)));
        findings.addAll(account(answer));
        findings.add(clock(response.headers().firstValue("date").orElse(""), asked, answered));
        return findings;
    }

    private Finding address(HttpResponse<InputStream> response, GatewayAnswer answer, Duration took) {
        URI url = provider.baseUrl();
        if (answer.state() == GatewayAnswer.State.NOT_THE_API) {
            return Finding.problem(ADDRESS, url.getHost() + elsewhere(response.statusCode()),
                "Check multisafepay.base-url: it ends in /v1/json. Live: https://api.multisafepay.com/v1/json");
        }
        String ms = " in " + took.toMillis() + " ms";
        if (response.sslSession().isPresent()) {
            return Finding.ok(ADDRESS, url.getHost() + " answers" + ms + ", " + response.sslSession().get().getProtocol());
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
        String host = provider.baseUrl().getAuthority();
        String what;
        if (failure instanceof HttpTimeoutException) {
            what = host + " does not answer in time";
        } else if (failure instanceof SSLException) {
            what = "TLS with " + host + " fails: " + secrets.mask(String.valueOf(failure.getMessage()));
        } else if (failure instanceof ConnectException && hasCause(failure, UnresolvedAddressException.class)) {
            what = provider.baseUrl().getHost() + " cannot be resolved";
        } else if (failure instanceof ConnectException) {
            what = host + " cannot be connected to";
        } else {
            what = "the connection to " + host + " broke";
        }
        List<Finding> findings = new ArrayList<>(List.of(Finding.problem(ADDRESS, what, "Check multisafepay.base-url, name resolution,"
            + " firewall and proxy. Orders wait in Kafka until it answers.")));
        findings.addAll(skipped("the provider was not reached").subList(1, 4));
        return findings;
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        return failure != null && (type.isInstance(failure) || hasCause(failure.getCause(), type));
    }

    private static List<Finding> skipped(String why) {
        return List.of(Finding.skipped(ADDRESS, why), Finding.skipped(KEY, why), Finding.skipped(TRUSTPAY, why),
            Finding.skipped(CLOCK, why));
    }
}
