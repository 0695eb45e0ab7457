package org.trustpaybridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trustpaybridge.condition.Condition.Name;
import org.trustpaybridge.testkit.TestCertificate;
import org.trustpaybridge.testkit.TokenEndpoint;

/** What becomes of each answer of a token endpoint, over TLS, and of settings with which none can be had. */
class TokensTest {

    private static final String CLIENT = "shop-bridge";
    private static final String SECRET = "token-client-secret-8e41";

    @TempDir
    private static Path folder;
    private static TestCertificate certificate;
    private static TokenEndpoint endpoint;

    @BeforeAll
    static void start() throws Exception {
        certificate = TestCertificate.in(folder);
        endpoint = TokenEndpoint.of(certificate, CLIENT, SECRET);
    }

    @AfterAll
    static void stop() {
        endpoint.close();
    }

    @BeforeEach
    void put_right() {
        endpoint.answerAsUsual();
        endpoint.lifetime(Duration.ofMinutes(10));
    }

    /** Opaque tokens, errors with the secret in them, answers that are none. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "401 | {\"error\":\"invalid_client\",\"error_description\":\"{id}: not {secret}\"} | the token endpoint refuses this client (HTTP"
            + " 401, invalid_client)",
        "400 | {\"error\":\"{secret}\"} | the token endpoint refuses this client (HTTP 400)",
        "403 | {secret} | the token endpoint refuses this client (HTTP 403)",
        "500 | <html>{secret}</html> | the token endpoint fails (HTTP 500)",
        "200 | {\"access_token\":\"{secret}\"} | is no signed token (JWT)",
        "200 | {\"access_token\":\"a.b.{secret}\"} | is no signed token (JWT)",
        "200 | {\"access_token\":\"\"} | has no access_token",
        "200 | {\"access_token\":{}} | has no access_token",
        "200 | {\"token\":\"{secret}\"} | has no access_token",
        "200 | {secret} | has no access_token"})
    void an_answer_that_is_no_token_is_put_into_a_sentence_without_what_it_says(int status, String body, String words) {
        Tokens tokens = tokens(Map.of("clientId", CLIENT, "clientSecret", SECRET));
        endpoint.answer(status, body);

        assertThat(tokens.missing().orElseThrow()).contains(words, "127.0.0.1:").doesNotContain(SECRET, "html", "Exception", "/oauth");

        assertThat(tokens.get()).singleElement().satisfies(condition -> assertThat(condition.name()).isEqualTo(Name.KAFKA_TOKEN_MISSING));
    }

    @Test
    void a_token_that_is_over_already_is_refused_and_the_clocks_are_named() {
        endpoint.lifetime(Duration.ofSeconds(-5));

        assertThat(tokens(Map.of("clientId", CLIENT, "clientSecret", SECRET)).missing().orElseThrow())
            .contains("is over already; compare the clocks").doesNotContain(endpoint.issued());
    }

    @Test
    void a_certificate_that_is_not_trusted_is_told_with_the_options_that_name_one() {
        Map<String, Object> options = new HashMap<>(Map.of("clientId", CLIENT, "clientSecret", SECRET));

        assertThat(new Tokens(configs(endpoint.url()), login(options), Clock.systemUTC()).missing().orElseThrow())
            .contains("TLS with the token endpoint fails", "ssl.truststore.location");
    }

    @ParameterizedTest
    @CsvSource({"https://127.0.0.1:1/token, nothing listens", "https://token.invalid/token, does not resolve: token.invalid"})
    void an_endpoint_that_is_not_there_is_told(String url, String words) {
        assertThat(new Tokens(configs(url), login(Map.of("clientId", CLIENT, "clientSecret", SECRET)), Clock.systemUTC()).missing()
            .orElseThrow())
            .contains(words);
    }

    @Test
    void a_token_is_given_once_and_one_that_was_asked_for_before_is_used_first() throws Exception {
        Tokens tokens = tokens(Map.of("clientId", CLIENT, "clientSecret", SECRET));
        int before = endpoint.asked();
        assertThat(tokens.missing()).isEmpty();
        String first = tokens.take().value();

        String second = tokens.take().value();

        assertThat(endpoint.asked() - before).isEqualTo(2);
        assertThat(List.of(first, second)).last().isEqualTo(endpoint.issued());
        assertThat(tokens.get()).isEmpty();
    }

    /** Kubernetes puts tokens into files, and exchanges them. */
    @Test
    void a_token_in_a_file_is_read_anew_each_time() throws Exception {
        tokens(Map.of("clientId", CLIENT, "clientSecret", SECRET)).take();
        Path file = Files.writeString(folder.resolve("token"), endpoint.issued());
        Tokens tokens = new Tokens(configs(file.toUri().toString()), login(Map.of()), Clock.systemUTC());
        assertThat(tokens.take().value()).isEqualTo(endpoint.issued());
        endpoint.lifetime(Duration.ofMinutes(20));
        tokens(Map.of("clientId", CLIENT, "clientSecret", SECRET)).take();
        Files.writeString(file, endpoint.issued());

        assertThat(tokens.take().value()).isEqualTo(endpoint.issued());
    }

    @ParameterizedTest
    @CsvSource({"clientId, sasl-jaas-config: expected the options clientId and clientSecret",
        "clientSecret, sasl-jaas-config: expected the options clientId and clientSecret",
        "ssl.truststore.location, sasl-jaas-config: the certificates of ssl.truststore.location",
        "url, additional-properties[sasl.oauthbearer.token.endpoint.url]: expected the URL of a token endpoint"})
    void settings_without_which_no_token_can_be_had_are_named_and_not_shown(String wrong, String words) {
        Map<String, Object> options = new HashMap<>(Map.of("clientId", CLIENT, "clientSecret", SECRET));
        options.computeIfPresent(wrong, (name, value) -> "");
        if (wrong.startsWith("ssl.")) {
            options.put(wrong, "/nowhere/" + SECRET);
        }
        String url = wrong.equals("url") ? "no url " + SECRET : endpoint.url();

        assertThatThrownBy(() -> new Tokens(configs(url), login(options), Clock.systemUTC())).isInstanceOf(RefusedSettingException.class)
            .hasMessageContaining("camel.component.kafka." + words).hasMessageNotContaining(SECRET);
    }

    private static Tokens tokens(Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>(options);
        all.putAll(Map.of("ssl.truststore.location", certificate.trustStore().toString(), "ssl.truststore.type", "PKCS12",
            "ssl.truststore.password", TestCertificate.PASSWORD));
        return new Tokens(configs(endpoint.url()), login(all), Clock.systemUTC());
    }

    private static List<AppConfigurationEntry> login(Map<String, Object> options) {
        return List.of(new AppConfigurationEntry(OAuthBearerLoginModule.class.getName(), LoginModuleControlFlag.REQUIRED, options));
    }

    private static Map<String, ?> configs(String url) {
        return new ConsumerConfig(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1",
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class,
            SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL, url, SaslConfigs.SASL_LOGIN_RETRY_BACKOFF_MAX_MS, "100")).values();
    }
}
