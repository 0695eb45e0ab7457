package org.trustpaybridge.kafka;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;

import com.fasterxml.jackson.core.JacksonException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.auth.SaslExtensionsCallback;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerTokenCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.condition.Condition.Name;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.secrets.Reread;

/**
 * Tokens with which all clients of Kafka log in (SASL/OAUTHBEARER), one for all of them. Kafka's own handler fetches them; here stands what
 * it does not do: it is made anew each time, so that a secret or a token in a file may change; a token that is over already is refused,
 * which Kafka's client would use for ever; and what keeps a token from being had is said in a sentence. Kafka's own words are stack traces,
 * answers of the endpoint, or the token itself.
 *
 * <p>Safe for use by several threads: Kafka's own fetches the next token in time, and one that makes a client may be the first to ask.
 */
public final class Tokens implements Supplier<Collection<Condition>> {

    /**
     * Under which the clients' properties have it. Kafka keeps a login for all clients whose properties that begin with sasl. are equal.
     */
    static final String KEY = "sasl.trustpay-bridge.tokens";
    /** Of {@code sasl.jaas.config}: a file instead of {@code clientSecret}. */
    static final String SECRET_FILE = "clientSecretFile";

    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
    private static final String LOGIN = "camel.component.kafka.sasl-jaas-config";
    private static final String MECHANISM = OAuthBearerLoginModule.OAUTHBEARER_MECHANISM;
    /** The endpoint is asked by one client at a time, and not by each of them again when it has just failed. */
    private static final Duration NOT_SOONER = Duration.ofSeconds(1);
    /** Kafka's client asks for the next token every ten seconds until it has one. */
    private static final Duration OVERDUE = Duration.ofSeconds(30);
    private static final Pattern CODE = Pattern.compile("response code (\\d{3})\\b");
    /** As RFC 6749 (5.2) has them; the description beside may be anything. */
    private static final Pattern ERROR = Pattern.compile("\\{\"([a-z_]{1,40})\" - ");
    private static final int DEEPEST = 10;

    private final Map<String, ?> configs;
    private final List<AppConfigurationEntry> login;
    private final Optional<Reread<String>> secret;
    private final Clock clock;
    private OAuthBearerToken unused;
    private Instant askedAt = Instant.MIN;
    private volatile Failure failure;
    private volatile Instant over = Instant.MAX;

    /**
     * @param configs of a client, as Kafka has parsed them
     * @param login   parts of {@code sasl.jaas.config}
     * @param clock   wall clock
     * @throws RefusedSettingException when no token can ever be had with these; Kafka's own words may have a secret in them
     */
    Tokens(Map<String, ?> configs, List<AppConfigurationEntry> login, Clock clock) {
        this.configs = configs;
        this.login = login;
        this.clock = clock;
        this.secret = PasswordFile.path(login, SECRET_FILE).map(path -> PasswordFile.of(SECRET_FILE, path));
        try {
            handler().close();
        } catch (ConfigException | IllegalArgumentException e) {
            throw refusal(e);
        } catch (KafkaException e) {
            throw new RefusedSettingException(LOGIN, "the certificates of ssl.truststore.location or ssl.keystore.location cannot be read."
                + " Check path, type and password.");
        }
    }

    private RefusedSettingException refusal(RuntimeException cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL)) {
            return new RefusedSettingException("camel.component.kafka.additional-properties["
                + SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL
                + "]", "expected the URL of a token endpoint (https), or of a file with a token (file).");
        }
        return new RefusedSettingException(LOGIN, "expected the options clientId and clientSecret, or clientSecretFile: CLASS required"
            + " clientId=\"...\" clientSecret=\"...\";");
    }

    /** @return those of a client with these properties; empty when it logs in otherwise */
    static Optional<Tokens> of(Map<?, ?> properties) {
        return properties.get(KEY) instanceof Tokens tokens ? Optional.of(tokens) : Optional.empty();
    }

    /** @return the client's secret; empty where it is not in a file */
    Optional<Reread<String>> secret() {
        return secret;
    }

    /** @return why no client can be made now, as a sentence without a full stop; empty when one can */
    synchronized Optional<String> missing() {
        if (failure == null && over.isAfter(clock.instant()) && over.isBefore(Instant.MAX)) {
            return Optional.empty();
        }
        try {
            unused = next();
            return Optional.empty();
        } catch (NoTokenException e) {
            return Optional.of(e.getMessage());
        }
    }

    /**
     * @return a token that nobody has yet
     * @throws NoTokenException when there is none; the message is a sentence without a full stop
     */
    synchronized OAuthBearerToken take() throws NoTokenException {
        OAuthBearerToken token = unused != null && unused.lifetimeMs() > clock.millis() ? unused : next();
        unused = null;
        return token;
    }

    private OAuthBearerToken next() throws NoTokenException {
        Failure before = failure;
        Instant now = clock.instant();
        if (before != null && Duration.between(askedAt, now).compareTo(NOT_SOONER) < 0) {
            throw new NoTokenException(before.why);
        }
        try {
            OAuthBearerToken token = fetch();
            over = Instant.ofEpochMilli(token.lifetimeMs());
            failure = null;
            if (before != null) {
                LogEvent.KAFKA_TOKEN_BACK.on(LOG).addKeyValue("endpoint", shown()).log();
            }
            return token;
        } catch (NoTokenException e) {
            failure = new Failure(e.getMessage(), before == null ? now : before.since);
            LogEvent.KAFKA_TOKEN_MISSING.on(LOG, before == null || !before.why.equals(e.getMessage())).addArgument(e.getMessage()).log();
            throw e;
        } finally {
            askedAt = clock.instant();
        }
    }

    private OAuthBearerToken fetch() throws NoTokenException {
        OAuthBearerTokenCallback callback = new OAuthBearerTokenCallback();
        try {
            OAuthBearerLoginCallbackHandler handler = handler();
            try {
                handler.handle(new Callback[] {callback});
            } finally {
                handler.close();
            }
        } catch (Exception e) {
            throw new NoTokenException(inWords(e));
        }
        if (callback.token() == null) {
            throw new NoTokenException("what " + shown()
                + " gives is no signed token (JWT) with a subject and an end, or it has another form than Kafka's client reads");
        }
        if (callback.token().lifetimeMs() <= clock.millis()) {
            throw new NoTokenException("the token that " + shown() + " gives is over already; compare the clocks of both machines");
        }
        return callback.token();
    }

    /** What the login says beside the token: the options extension_NAME. */
    void extend(SaslExtensionsCallback asked) throws IOException, UnsupportedCallbackException {
        OAuthBearerLoginCallbackHandler handler = handler();
        handler.handle(new Callback[] {asked});
        handler.close();
    }

    /** Kafka's own reads files when it is made. */
    private OAuthBearerLoginCallbackHandler handler() {
        secret.ifPresent(Reread::look);
        List<AppConfigurationEntry> entries = login.stream().map(entry -> {
            Map<String, Object> options = new HashMap<>(entry.getOptions());
            secret.ifPresent(file -> options.put(OAuthBearerLoginCallbackHandler.CLIENT_SECRET_CONFIG, file.get()));
            return new AppConfigurationEntry(entry.getLoginModuleName(), entry.getControlFlag(), options);
        }).toList();
        OAuthBearerLoginCallbackHandler handler = new OAuthBearerLoginCallbackHandler();
        handler.configure(configs, MECHANISM, entries);
        return handler;
    }

    private String inWords(Exception thrown) {
        Throwable cause = thrown;
        for (int depth = 0; depth < DEEPEST && cause.getCause() != null && !(cause instanceof IOException); depth++) {
            cause = cause.getCause();
        }
        Matcher code = CODE.matcher(String.valueOf(cause.getMessage()));
        if (cause instanceof UnknownHostException) {
            return "the name of the token endpoint does not resolve: " + shown();
        }
        if (cause instanceof SocketTimeoutException) {
            return "the token endpoint does not answer in time: " + shown();
        }
        if (cause instanceof ConnectException) {
            return "nothing listens at the token endpoint: " + shown();
        }
        if (cause instanceof SSLException) {
            return "TLS with the token endpoint fails, as its certificate is not trusted or not for this name: " + shown()
                + ". For a certificate authority that Java does not know, camel.component.kafka.sasl-jaas-config takes"
                + " ssl.truststore.location and ssl.truststore.password";
        }
        if (code.find()) {
            Matcher error = ERROR.matcher(cause.getMessage());
            String said = "HTTP " + code.group(1) + (error.find() ? ", " + error.group(1) : "");
            return code.group(1).startsWith("4") ? "the token endpoint refuses this client (" + said + "): " + shown()
                + ". Check clientId, clientSecret and scope in camel.component.kafka.sasl-jaas-config" : "the token endpoint fails ("
                + said + "): " + shown();
        }
        return cause instanceof IOException && !(cause instanceof JacksonException)
            ? "the token endpoint cannot be asked (" + cause.getClass().getSimpleName() + "): " + shown()
            : "the answer of the token endpoint has no access_token: " + shown();
    }

    /** A path may be a secret. */
    private String shown() {
        try {
            URI url = new URI(String.valueOf(configs.get(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL)));
            return url.getHost() == null ? url.getScheme() + ":" : url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
        } catch (URISyntaxException e) {
            return "the token endpoint";
        }
    }

    @Override
    public Collection<Condition> get() {
        Failure now = failure;
        if (now != null) {
            return List.of(new Condition(Name.KAFKA_TOKEN_MISSING, "No token for Kafka can be had", Character.toUpperCase(now.why.charAt(0))
                + now.why.substring(1) + ". It is asked for again and again; orders flow as long as the last one is good.",
                Optional.of(now.since)));
        }
        Instant end = over;
        return end.isBefore(Instant.MAX) && Duration.between(end, clock.instant()).compareTo(OVERDUE) > 0
            ? List.of(new Condition(Name.KAFKA_TOKEN_MISSING, "The token for Kafka is over",
                "Kafka's client has not asked for another one. If this stays, restart the bridge.", Optional.of(end))) : List.of();
    }

    /** Puts it into the properties of clients. */
    void goWith(Map<String, Object> properties) {
        properties.put(KEY, this);
    }

    @Override
    public String toString() {
        return "Tokens";
    }

    private record Failure(String why, Instant since) {
    }

    /** Has a sentence for an operator, and no cause: those have answers, and tokens, in them. */
    static final class NoTokenException extends Exception {

        private static final long serialVersionUID = 1L;

        NoTokenException(String message) {
            super(message);
        }
    }
}
