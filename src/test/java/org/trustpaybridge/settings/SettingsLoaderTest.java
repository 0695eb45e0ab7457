package org.trustpaybridge.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trustpaybridge.delivery.BrokerProfile;
import org.trustpaybridge.order.DescriptionPolicy;
import org.trustpaybridge.order.MappingRules;
import org.trustpaybridge.order.OptionalFields;
import org.trustpaybridge.order.OrderDefaults;
import org.trustpaybridge.order.OrderIdType;

class SettingsLoaderTest {

    /** Any store will do, such as the one that comes with Java. */
    private static final String STORE = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts").toString();
    private static final String STORE_PASSWORD = "changeit";

    private static final String KEY = "k-3b1fd2c9a07e";
    private static final String TOKEN = "t-5d0c77a1e4f2b896";

    @TempDir
    private Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final Properties system = new Properties();

    @Test
    void with_nothing_but_a_key_every_setting_has_its_default() {
        // Given
        environment.put("MULTISAFEPAY_API_KEY", KEY);

        // When
        Settings settings = load();

        // Then
        assertThat(settings.provider())
            .isEqualTo(new Settings.Provider(URI.create("https://testapi.multisafepay.com/v1/json"), new Secret(KEY),
                Duration.ofSeconds(30), Optional.empty()));
        assertThat(settings.delivery()).isEqualTo(new Settings.Delivery(64, Duration.ofMillis(500), Duration.ofSeconds(30),
            Duration.ofMinutes(15), 5, Duration.ofHours(24)));
        assertThat(settings.rules()).isEqualTo(MappingRules.standard());
        assertThat(settings.properties()).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
            Map.entry("kafka.brokers", "localhost:9092"), Map.entry("kafka.group-id", "trustpay-bridge"), Map.entry("kafka.start-from", ""),
            Map.entry("kafka.profile", ""),
            Map.entry("topic.order-created", "order-created"), Map.entry("topic.payment-url-created", "payment-url-created"),
            Map.entry("topic.dead-letter", "order-created.dlq"), Map.entry("topic.payment-status-changed", "payment-status-changed"),
            Map.entry("notifications.enabled", "false"), Map.entry("notifications.host", "127.0.0.1"),
                Map.entry("notifications.port", "8095"),
            Map.entry("notifications.path", "/notifications"), Map.entry("notifications.max-age", "600000"),
            Map.entry("multisafepay.base-url", "https://testapi.multisafepay.com/v1/json"),
            Map.entry("multisafepay.connect-timeout", "5000"), Map.entry("multisafepay.response-timeout", "30000"),
            Map.entry("delivery.concurrency", "64"), Map.entry("retry.initial-delay", "500"), Map.entry("retry.max-delay", "30000"),
            Map.entry("retry.give-up-after", "900000"), Map.entry("retry.unclear-attempts", "5"),
            Map.entry("dead-letter.oversize", "trim"), Map.entry("publish.timeout", "4000"),
            Map.entry("publish.request-timeout", "4000"), Map.entry("publish.delivery-timeout", "8000"),
            Map.entry("publish.session-timeout", "6000"), Map.entry("publish.heartbeat-interval", "1500"),
                Map.entry("ledger.retention", "86400000"), Map.entry("order.id-type", "auto"), Map.entry("order.description-policy", "fix"),
            Map.entry("order.optional-fields", "fix"),
            Map.entry("order.currencies", ""), Map.entry("management.host", "127.0.0.1"), Map.entry("management.port", "9876"),
            Map.entry("tracing.enabled", "false")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "environment", "system"})
    void every_key_is_taken_from_each_source(String source) throws IOException {
        // Given
        Map<Setting, String> given = other();
        give(source, given);

        // When
        Settings settings = load();

        // Then
        assertThat(settings.provider())
            .isEqualTo(new Settings.Provider(URI.create("https://api.example.com/v1/json"), new Secret(KEY), Duration.ofSeconds(11),
                Optional.of(new Proxy(URI.create("http://proxy.example.com:3128"), Optional.of(new Proxy.Login("me", new Secret(TOKEN))),
                    "multisafepay.proxy"))));
        assertThat(settings.delivery()).isEqualTo(new Settings.Delivery(8, Duration.ofMillis(20), Duration.ofSeconds(7),
            Duration.ofMinutes(3), 9, Duration.ofDays(2)));
        assertThat(settings.rules()).isEqualTo(new MappingRules(OrderIdType.STRING, DescriptionPolicy.REJECT, OptionalFields.REJECT,
            Set.of("CZK", "EUR"),
            new OrderDefaults("https://shop.example/n?id={order_id}", "https://shop.example/r", "https://shop.example/c", true, "POST")));
        assertThat(settings.notifications()).contains(new NotificationSettings("::", 8100, "/pay/status", Duration.ofMinutes(2)));
        assertThat(settings.mapping()).hasValueSatisfying(mapping -> assertThat(mapping.name()).isEqualTo("envelope.jq"));
        assertThat(settings.oversizeHeld()).isTrue();
        assertThat(settings.budget()).isEqualTo(new PublishingBudget(Duration.ofSeconds(25)));
        assertThat(settings.text(Setting.MULTISAFEPAY_CONNECT_TIMEOUT)).isEqualTo("2000");
        assertThat(settings.text(Setting.MULTISAFEPAY_RESPONSE_TIMEOUT)).isEqualTo("11000");
        for (Setting same : List.of(Setting.KAFKA_BROKERS, Setting.KAFKA_GROUP_ID, Setting.KAFKA_START_FROM, Setting.KAFKA_PROFILE,
            Setting.TOPIC_ORDER_CREATED, Setting.TOPIC_PAYMENT_URL_CREATED, Setting.TOPIC_DEAD_LETTER, Setting.TOPIC_PAYMENT_STATUS_CHANGED,
            Setting.MANAGEMENT_HOST, Setting.MANAGEMENT_PORT)) {
            assertThat(settings.text(same)).as(same.key()).isEqualTo(given.get(same));
        }
        assertThat(settings.properties()).doesNotContainKeys("multisafepay.api-key", "multisafepay.api-key-file", "management.token")
            .doesNotContainValue(KEY).doesNotContainValue(TOKEN);
        assertThat(settings.managementToken()).contains(new Secret(TOKEN));
        assertThat(settings.toString()).doesNotContain(TOKEN);
    }

    @Test
    void notifications_are_received_only_when_they_are_switched_on_and_then_orders_ask_for_signed_ones() {
        environment.put("MULTISAFEPAY_API_KEY", KEY);
        environment.put("NOTIFICATIONS_PUBLIC_URL", "https://pay.example/notifications");
        assertThat(load().notifications()).isEmpty();
        assertThat(load().rules().defaults()).isEqualTo(OrderDefaults.none());

        environment.put("NOTIFICATIONS_ENABLED", "true");

        assertThat(load().notifications()).contains(new NotificationSettings("127.0.0.1", 8095, "/notifications", Duration.ofMinutes(10)));
        assertThat(load().rules().defaults()).isEqualTo(new OrderDefaults("https://pay.example/notifications", null, null, null, "POST"));
    }

    @Test
    void the_port_of_management_is_not_open_to_multisafepay() {
        environment.putAll(Map.of("MULTISAFEPAY_API_KEY", KEY, "NOTIFICATIONS_ENABLED", "true", "NOTIFICATIONS_PORT", "9876"));

        assertThat(refusal().problems()).singleElement().satisfies(problem -> assertThat(problem.key()).startsWith("notifications.port"));
    }

    @Test
    void the_values_of_the_test_above_leave_no_setting_out() {
        assertThat(other()).containsOnlyKeys(Stream.of(Setting.values()).filter(s -> !s.key().endsWith("-file")).toList());
    }

    @Test
    void a_system_property_wins_over_the_environment_and_that_over_the_file() throws IOException {
        // Given
        file("multisafepay.api-key=" + KEY, "kafka.group-id=of-file", "management.host=of-file", "topic.dead-letter=of-file");
        environment.putAll(Map.of("KAFKA_GROUP_ID", "of-environment", "MANAGEMENT_HOST", "of-environment"));
        system.setProperty("kafka.group-id", "of-system");

        // When
        Settings settings = load();

        // Then
        assertThat(settings.text(Setting.KAFKA_GROUP_ID)).isEqualTo("of-system");
        assertThat(settings.text(Setting.MANAGEMENT_HOST)).isEqualTo("of-environment");
        assertThat(settings.text(Setting.TOPIC_DEAD_LETTER)).isEqualTo("of-file");
    }

    @Test
    void an_empty_variable_or_property_overrides_nothing() throws IOException {
        // Given
        file("multisafepay.api-key=" + KEY, "kafka.group-id=of-file", "retry.max-delay=");
        environment.putAll(Map.of("KAFKA_GROUP_ID", "", "MULTISAFEPAY_API_KEY", "", "MULTISAFEPAY_API_KEY_FILE", " ", "LOG_FORMAT", "",
            "LOG_LEVEL", ""));
        system.setProperty("kafka.group-id", " ");

        // When
        Settings settings = load();

        // Then
        assertThat(settings.text(Setting.KAFKA_GROUP_ID)).isEqualTo("of-file");
        assertThat(settings.provider().apiKey()).isEqualTo(new Secret(KEY));
        assertThat(settings.delivery().maxDelay()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void the_key_is_the_first_line_of_its_file() throws IOException {
        // Given
        environment.put("MULTISAFEPAY_API_KEY_FILE", Files.writeString(folder.resolve("key"), " " + KEY + " \r\na second line\n")
            .toString());

        // When
        Settings settings = load();

        // Then
        assertThat(settings.provider().apiKey()).isEqualTo(new Secret(KEY));
    }

    @Test
    void the_token_of_the_management_port_is_the_first_line_of_its_file() throws IOException {
        // Given
        environment.put("MULTISAFEPAY_API_KEY", KEY);
        environment.put("MANAGEMENT_TOKEN_FILE", Files.writeString(folder.resolve("token"), TOKEN + "\n").toString());

        // When
        Settings settings = load();

        // Then
        assertThat(settings.managementToken()).contains(new Secret(TOKEN));
        assertThat(settings.properties()).doesNotContainKey("management.token-file");
    }

    @Test
    void without_a_token_there_is_none() {
        environment.put("MULTISAFEPAY_API_KEY", KEY);

        assertThat(load().managementToken()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', the first line of the file is empty", "too-short, expected 16 or more characters"})
    void a_token_file_without_a_usable_token_is_refused_and_not_shown(String content, String problem) throws IOException {
        // Given
        environment.put("MULTISAFEPAY_API_KEY", KEY);
        environment.put("MANAGEMENT_TOKEN_FILE", Files.writeString(folder.resolve("token"), content).toString());

        // When
        InvalidSettingsException refusal = refusal();

        // Then
        assertThat(refusal.problems()).singleElement().satisfies(only -> {
            assertThat(only.key()).startsWith("management.token-file ");
            assertThat(only.problem()).contains(problem).doesNotContain("too-short");
        });
    }

    @Test
    void a_token_and_a_file_with_a_token_are_one_too_many() {
        // Given
        environment.put("MULTISAFEPAY_API_KEY", KEY);
        environment.put("MANAGEMENT_TOKEN", TOKEN);
        environment.put("MANAGEMENT_TOKEN_FILE", "token");

        // When
        InvalidSettingsException refusal = refusal();

        // Then
        assertThat(refusal.problems()).extracting(SettingsProblem::problem).containsExactly("set together with management.token-file");
    }

    @Test
    void settings_of_camel_are_passed_through() throws IOException {
        // Given
        file("multisafepay.api-key=" + KEY, "camel.component.kafka.security-protocol=SASL_SSL");

        // When
        Settings settings = load();

        // Then
        assertThat(settings.properties()).containsEntry("camel.component.kafka.security-protocol", "SASL_SSL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sasl-mechanism", "saslMechanism", "sasl-Mechanism"})
    void a_variable_of_camels_kafka_wins_over_the_file_however_that_spells_it(String spelling) throws IOException {
        // Given
        file("multisafepay.api-key=" + KEY, "camel.component.kafka." + spelling + "=PLAIN", "camel.component.kafka.client-id=shop");
        environment.put("CAMEL_COMPONENT_KAFKA_SASL_MECHANISM", "SCRAM-SHA-512 ");
        environment.put("CAMEL_COMPONENT_KAFKA_CLIENT_ID", " ");
        environment.put("camel_component_kafka_sasl_mechanism", "PLAIN");

        // When
        Settings settings = load();

        // Then
        assertThat(settings.properties()).containsEntry("camel.component.kafka.sasl-mechanism", "SCRAM-SHA-512")
            .containsEntry("camel.component.kafka.client-id", "shop").doesNotContainValue("PLAIN");
    }

    @ParameterizedTest
    @CsvSource({"https://api.example.com/v1/json/, https://api.example.com/v1/json",
        "http://127.0.0.1:8090/v1/json//, http://127.0.0.1:8090/v1/json"})
    void a_slash_at_the_end_of_the_base_url_is_taken_off(String given, String expected) {
        // Given
        environment.putAll(Map.of("MULTISAFEPAY_API_KEY", KEY, "MULTISAFEPAY_BASE_URL", given));

        // When
        Settings settings = load();

        // Then
        assertThat(settings.provider().baseUrl()).hasToString(expected);
        assertThat(settings.text(Setting.MULTISAFEPAY_BASE_URL)).isEqualTo(expected);
    }

    static Stream<Arguments> impossible() {
        String longUrl = "https://shop.example/" + "n".repeat(150);
        return Stream.of(
            values(Setting.KAFKA_BROKERS, "host:port, separated by commas", "localhost", "a:9092,,b:9092", ",", "a:9092,b", "a:65536",
                "a b:9092"),
            values(Setting.KAFKA_GROUP_ID, "expected plain text", "a\tb"),
            values(Setting.KAFKA_START_FROM, "expected earliest, now, or an ISO time with its offset such as 2026-11-22T10:15:00Z",
                "latest", "today",
                "2026-11-22", "2026-11-22T10:15:00", "2026-11-31T10:15:00Z", "1700000000000", "-1d"),
            values(Setting.KAFKA_PROFILE, "expected event-hubs", "eventhubs", "EVENT-HUBS", "kafka", "msk"),
            values(Setting.TOPIC_ORDER_CREATED, "expected a topic name", "orders!", "a b", "..", "x".repeat(250)),
            values(Setting.TOPIC_PAYMENT_URL_CREATED, "expected a topic name", "a/b"),
            values(Setting.TOPIC_DEAD_LETTER, "expected a topic name", "dead letters"),
            values(Setting.MULTISAFEPAY_BASE_URL, "expected an absolute http or https URL", "api.example.com", "ftp://api.example.com",
                "https://", "https:///v1", "https://api.example.com?key=1", "https://api.example.com/#a", "https://u:p@api.example.com",
                "https://a b",
                "https://api.example.com:99999/v1"),
            values(Setting.MULTISAFEPAY_API_KEY, "white space or a character that is not ASCII", "a b", "kl\u00ed\u010d", "a\nb"),
            values(Setting.MULTISAFEPAY_CONNECT_TIMEOUT, "expected a duration", "5", "0s", "366d", "-1s", "soon"),
            values(Setting.MULTISAFEPAY_RESPONSE_TIMEOUT, "expected a duration", "0ms"),
            values(Setting.MULTISAFEPAY_PROXY, "expected a URL such as http://proxy.example.com:3128", "proxy.example.com:3128", "proxy",
                "socks5://proxy:1080", "http://", "http://proxy:99999", "http://proxy:3128/path", "http://proxy?x=1", "http://a b"),
            values(Setting.MULTISAFEPAY_PROXY_USER, "there is no proxy that it is for", "me"),
            values(Setting.MULTISAFEPAY_PROXY_PASSWORD, "there is no proxy that it is for", "pw"),
            values(Setting.DELIVERY_CONCURRENCY, "expected a whole number from 1 to 4096", "0", "4097", "-1", "1.5", "many", "9999999999"),
            values(Setting.RETRY_INITIAL_DELAY, "expected a duration", "0s"),
            values(Setting.RETRY_INITIAL_DELAY, "is longer than retry.max-delay", "31s"),
            values(Setting.RETRY_MAX_DELAY, "expected a duration", "x"),
            values(Setting.RETRY_GIVE_UP_AFTER, "expected a duration", "15"),
            values(Setting.RETRY_UNCLEAR_ATTEMPTS, "expected a whole number from 1 to 100", "0", "101", "five"),
            values(Setting.LEDGER_RETENTION, "expected a duration", "24"),
            values(Setting.ORDER_NOTIFICATION_URL, "expected an absolute http or https URL in ASCII of at most 150 characters", longUrl,
                "shop.example", "https://shop.example/\u010d", "https://u@shop.example/", "ftp://shop.example/"),
            values(Setting.ORDER_REDIRECT_URL, "expected an absolute http or https URL", "/r", "https://shop.example/{order id}"),
            values(Setting.ORDER_CANCEL_URL, "expected an absolute http or https URL", "mailto:a@shop.example"),
            values(Setting.ORDER_CLOSE_WINDOW, "expected true or false", "yes", "TRUE"),
            values(Setting.TRACING_ENABLED, "expected true or false", "on", "True"),
            values(Setting.ORDER_MAPPING, "cannot be read", "nowhere.jq", "config"),
            values(Setting.ORDER_MAPPING, ", line ", "config/prometheus/prometheus.yml"),
            values(Setting.ORDER_ID_TYPE, "expected auto or string", "integer"),
            values(Setting.ORDER_DESCRIPTION_POLICY, "expected fix or reject", "cut"),
            values(Setting.ORDER_OPTIONAL_FIELDS, "expected fix or reject", "drop"),
            values(Setting.ORDER_CURRENCIES, "expected codes of ISO 4217", "CZK,QQQ", "czk", "CZK;EUR"),
            values(Setting.PUBLISH_TIMEOUT, "expected a duration from 4s to 2m", "3s", "121s", "4", "0s"),
            values(Setting.DEAD_LETTER_OVERSIZE, "expected trim or hold", "drop", "true"),
            values(Setting.TOPIC_PAYMENT_STATUS_CHANGED, "expected a topic name of its own", "a b", ".."),
            values(Setting.NOTIFICATIONS_ENABLED, "expected true or false", "yes"),
            values(Setting.NOTIFICATIONS_HOST, "expected a host name", "a b"),
            values(Setting.NOTIFICATIONS_PORT, "expected a whole number from 1 to 65535", "0", "65536", "http"),
            values(Setting.NOTIFICATIONS_PATH, "expected a path", "notifications", "/", "/a/{b}", "/*", "/a/", "/a?b"),
            values(Setting.NOTIFICATIONS_PUBLIC_URL, "expected an absolute http or https URL", "pay.example/n", "https://pay.example/"
                + "n".repeat(150)),
            values(Setting.NOTIFICATIONS_MAX_AGE, "expected a duration", "ten minutes"),
            values(Setting.MANAGEMENT_HOST, "expected a host name", "a b"),
            values(Setting.MANAGEMENT_TOKEN, "expected 16 or more characters of ASCII without white space", "short", "fifteen-letters",
                "with a space in it all"),
            values(Setting.MANAGEMENT_PORT, "expected a whole number from 0 to 65535", "65536", "http")).flatMap(rows -> rows);
    }

    @Test
    void a_mapping_is_found_from_the_folder_of_the_settings_and_refused_with_its_line_and_column() throws IOException {
        // Given
        Path config = Files.createDirectories(folder.resolve("home/config"));
        Files.writeString(config.resolve("good.jq"), "{}");
        Files.writeString(config.resolve("bad.jq"), "{order_id: .id,\n amount: .total | minor_unit(\"CZK\")}");
        environment.put("MULTISAFEPAY_API_KEY", KEY);
        Path file = Files.writeString(config.resolve("application.properties"), "order.mapping=config/good.jq");

        // When
        Settings settings = new SettingsLoader(environment, system).load(Optional.of(file));
        system.setProperty("order.mapping", "config/bad.jq");

        // Then
        assertThat(settings.mapping()).isPresent();
        assertThatThrownBy(() -> new SettingsLoader(environment, system).load(Optional.of(file)))
            .isInstanceOf(InvalidSettingsException.class)
            .hasMessageContaining("bad.jq, line 2, column 19: found minor_unit/1, expected a function that exists here");
    }

    @Test
    void event_hubs_get_times_that_fit_together_and_over_20_seconds_unless_longer_ones_are_given() throws IOException {
        environment.putAll(Map.of("MULTISAFEPAY_API_KEY", KEY, "KAFKA_PROFILE", "event-hubs"));

        Settings settings = load();
        environment.put("PUBLISH_TIMEOUT", "60s");

        assertThat(settings.profile()).isEqualTo(BrokerProfile.EVENT_HUBS);
        assertThat(settings.budget()).isEqualTo(new PublishingBudget(Duration.ofSeconds(30)));
        assertThat(settings.properties()).containsEntry("publish.request-timeout", "30000")
            .containsEntry("publish.session-timeout", "45000");
        assertThat(settings.budget().lease()).isLessThan(settings.budget().session());
        assertThat(load().budget().timeout()).isEqualTo(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4s", "20s", "20900ms"})
    void times_that_event_hubs_do_not_keep_are_refused(String timeout) {
        environment.putAll(Map.of("MULTISAFEPAY_API_KEY", KEY, "KAFKA_PROFILE", "event-hubs", "PUBLISH_TIMEOUT", timeout));

        InvalidSettingsException refusal = refusal();

        assertThat(refusal.problems()).singleElement().satisfies(only -> assertThat(only.key() + " " + only.problem())
            .contains("publish.timeout (PUBLISH_TIMEOUT)", "expected 21s to 2m, as kafka.profile is event-hubs"));
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void an_impossible_value_is_refused_with_key_variable_and_fix(Setting setting, String value, String problem) {
        // Given
        environment.put("MULTISAFEPAY_API_KEY", KEY);
        system.setProperty(setting.key(), value);

        // When
        InvalidSettingsException refusal = refusal();

        // Then
        assertThat(refusal.problems()).singleElement().satisfies(only -> {
            assertThat(only.key()).isEqualTo(setting.key() + " (" + setting.environmentVariable() + ")");
            assertThat(only.problem()).contains(problem);
            assertThat(only.fix()).isNotBlank();
        });
        assertThat(refusal).hasMessageStartingWith("The configuration has a problem:").hasMessageContaining(setting.key());
    }

    /** What only depends on something else, or is free text, has tests of its own. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = {".*_FILE", "SCHEMA_REGISTRY_.*"})
    void every_setting_refuses_something(Setting setting) {
        assertThat(impossible().map(row -> row.get()[0])).contains(setting);
    }

    @Test
    void all_problems_are_told_at_once_in_the_order_of_the_catalogue() throws IOException {
        // Given
        file("management.port=x", "kafka.brokers=x", "delivery.concurency=8", "order.cancel-url=x", "retry.max-delay=x");

        // When
        InvalidSettingsException refusal = refusal();

        // Then
        assertThat(refusal.problems()).extracting(problem -> problem.key().replaceFirst(" .*", "")).containsExactly("delivery.concurency",
            "kafka.brokers", "multisafepay.api-key", "retry.max-delay", "order.cancel-url", "management.port");
        assertThat(refusal).hasMessageStartingWith("The configuration has 6 problems:");
    }

    @Test
    void a_missing_key_is_told_with_both_ways_to_give_it() {
        // When
        InvalidSettingsException refusal = refusal();

        // Then
        assertThat(refusal.problems()).containsExactly(new SettingsProblem("multisafepay.api-key (MULTISAFEPAY_API_KEY)", "missing",
            "Set MULTISAFEPAY_API_KEY to the API key of the site, or multisafepay.api-key-file to a file that holds it."));
    }

    @Test
    void a_key_and_a_file_with_a_key_are_one_too_many() throws IOException {
        // Given
        environment.put("MULTISAFEPAY_API_KEY", KEY);
        environment.put("MULTISAFEPAY_API_KEY_FILE", Files.writeString(folder.resolve("key"), "other").toString());

        // When
        InvalidSettingsException refusal = refusal();

        // Then
        assertThat(refusal.problems()).extracting(SettingsProblem::problem).containsExactly("set together with multisafepay.api-key-file");
    }

    @ParameterizedTest
    @CsvSource({"'', the first line of the file is empty", "' \nkey', the first line of the file is empty",
        "'two words', white space or a character that is not ASCII"})
    void a_key_file_without_a_usable_key_is_refused(String content, String problem) throws IOException {
        // Given
        environment.put("MULTISAFEPAY_API_KEY_FILE", Files.writeString(folder.resolve("key"), content).toString());

        // When
        InvalidSettingsException refusal = refusal();

        // Then
        assertThat(refusal.problems()).singleElement().satisfies(only -> {
            assertThat(only.key()).startsWith("multisafepay.api-key-file ");
            assertThat(only.problem()).contains(problem);
        });
    }

    @Test
    void a_key_file_that_is_binary_or_not_there_is_refused() throws IOException {
        for (String path : List.of(folder.resolve("none").toString(), folder.toString(), "a\0b",
            Files.write(folder.resolve("binary"), new byte[] {(byte) 0xC3, (byte) 0x28}).toString())) {
            // Given
            system.setProperty("multisafepay.api-key-file", path);

            // When
            InvalidSettingsException refusal = refusal();

            // Then
            assertThat(refusal.problems()).extracting(SettingsProblem::problem).containsExactly("the file cannot be read");
        }
    }

    @ParameterizedTest
    @CsvSource({"kafka.broker, Did you mean kafka.brokers?", "retry.maxDelay, Did you mean retry.max-delay?",
        "multisafepay.apikey, Did you mean multisafepay.api-key?", "spring.application.name, Remove it"})
    void an_unknown_key_is_refused(String key, String fix) throws IOException {
        // Given
        file("multisafepay.api-key=" + KEY, key + "=secret-of-the-unknown");

        // When
        InvalidSettingsException refusal = refusal();

        // Then
        assertThat(refusal.problems()).singleElement().satisfies(only -> {
            assertThat(only.key()).isEqualTo(key);
            assertThat(only.problem()).isEqualTo("there is no such setting");
            assertThat(only.fix()).startsWith(fix);
        });
        assertThat(refusal).hasMessageNotContaining("secret-of-the-unknown");
    }

    @ParameterizedTest
    @CsvSource({"camel.componet.kafka.sasl-mechanism, Did you mean camel.component?", "camel.kafka.sasl-mechanism, Remove it",
        "camel.mian.name, Did you mean camel.main?"})
    void a_name_that_camel_passes_over_is_refused(String key, String fix) throws IOException {
        // Given
        file("multisafepay.api-key=" + KEY, key + "=secret-of-the-unknown", "camel.ssl.enabled=false", "camel.trace.enabled=false",
            "camel.route-controller.enabled=false", "camel.beans[x]=y");

        // When
        InvalidSettingsException refusal = refusal();

        // Then
        assertThat(refusal.problems()).singleElement().satisfies(only -> {
            assertThat(only.key()).isEqualTo(key);
            assertThat(only.fix()).startsWith(fix);
        });
        assertThat(refusal).hasMessageNotContaining("secret-of-the-unknown");
    }

    @Test
    void an_unknown_variable_is_refused_only_where_its_prefix_is_ours() {
        // Given
        environment.putAll(Map.of("MULTISAFEPAY_API_KEY", KEY, "MULTISAFEPAY_TIMEOUT", "5s", "KAFKA_SERVICE_PORT", "9092", "TOPIC", "x"));

        // When
        InvalidSettingsException refusal = refusal();

        // Then
        assertThat(refusal.problems()).extracting(SettingsProblem::key).containsExactly("MULTISAFEPAY_TIMEOUT");
    }

    @Test
    void a_topic_has_one_purpose() {
        // Given
        environment.putAll(Map.of("MULTISAFEPAY_API_KEY", KEY, "TOPIC_DEAD_LETTER", "order-created"));

        // When
        InvalidSettingsException refusal = refusal();

        // Then
        assertThat(refusal.problems()).extracting(SettingsProblem::problem).containsExactly("\"order-created\" is used for two purposes");
    }

    @ParameterizedTest
    @CsvSource({"LOG_FORMAT, xml, text or json", "LOG_LEVEL, loud, 'trace, debug, info, warn, error or off'"})
    void a_wrong_choice_for_the_logging_is_refused(String variable, String value, String expected) {
        // Given
        environment.putAll(Map.of("MULTISAFEPAY_API_KEY", KEY, variable, value));

        // When
        InvalidSettingsException refusal = refusal();

        // Then
        assertThat(refusal.problems()).containsExactly(new SettingsProblem(variable, "found \"" + value + "\", expected " + expected,
            "Set it to one of them, or leave it out."));
    }

    @Test
    void a_file_that_cannot_be_read_is_told() {
        // When
        InvalidSettingsException refusal = catchThrowableOfType(InvalidSettingsException.class,
            () -> new SettingsLoader(Map.of("MULTISAFEPAY_API_KEY", KEY), system).load(Optional.of(folder.resolve("none.properties"))));

        // Then
        assertThat(refusal.problems()).extracting(SettingsProblem::problem)
            .containsExactly("the file cannot be read as properties in UTF-8");
    }

    @Test
    void a_file_with_a_broken_escape_is_told() throws IOException {
        // Given
        file("multisafepay.api-key=" + KEY, "kafka.group-id=\\u00zz");
        environment.put("MULTISAFEPAY_API_KEY", KEY);

        // When
        InvalidSettingsException refusal = refusal();

        // Then
        assertThat(refusal.problems()).extracting(SettingsProblem::problem)
            .containsExactly("the file cannot be read as properties in UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"multisafepay.api-key=%s with a space", "multisafepay.api-key-file=%s",
        "multisafepay.base-url=https://x:%s@api.example.com", "kafka.brokers=x:%s@localhost:9092",
        "multisafepay.base-url=https://api.example.com/?api_key=%s", "order.notification-url=https://x:%s@shop.example/",
        "order.redirect-url=ftp://shop.example/%s"})
    void no_refusal_shows_a_secret_wherever_it_was_written(String line) throws IOException {
        // Given
        file(line.formatted(KEY));

        // When
        InvalidSettingsException refusal = refusal();

        // Then
        assertThat(refusal.toString() + refusal.problems()).doesNotContain(KEY);
    }

    /** On the port of the management server Camel's other server would be served by the same router, before the token is asked for. */
    @ParameterizedTest
    @ValueSource(strings = {"file:camel.server.enabled", "file:camel.server.port", "file:camel.Server.Enabled",
        "system:camel.server.enabled",
        "environment:CAMEL_SERVER_ENABLED", "environment:camel_server_enabled"})
    void the_other_server_of_camel_is_refused_wherever_it_is_asked_for(String where) throws IOException {
        // Given
        String name = where.substring(where.indexOf(':') + 1);
        file("multisafepay.api-key=" + KEY, where.startsWith("file") ? name + "=true" : "");
        if (where.startsWith("system")) {
            system.setProperty(name, "true");
        } else if (where.startsWith("environment")) {
            environment.put(name, "true");
        }

        // When
        InvalidSettingsException refusal = refusal();

        // Then
        assertThat(refusal.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo(name);
            assertThat(problem.fix()).contains("management.port");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"CAMEL_COMPONENT_KAFKA_BROKERS", "camel_component_kafka_brokers", "CAMEL_MAIN_AUTO_CONFIGURATION_FAIL_FAST",
        "CAMEL_MAIN_AUTOCONFIGURATIONFAILFAST"})
    void what_would_make_the_bridge_say_one_thing_and_do_another_is_refused_in_the_environment(String variable) throws IOException {
        file("multisafepay.api-key=" + KEY);
        environment.put(variable, "hidden-4");

        assertThat(refusal().problems()).extracting(SettingsProblem::key).containsExactly(variable);
        assertThat(refusal().toString() + refusal().problems()).doesNotContain("hidden-4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"camel.component.kafka.brokers", "camel.main.auto-configuration-fail-fast",
        "camel.main.autoConfigurationFailFast"})
    void and_in_the_file(String key) throws IOException {
        file("multisafepay.api-key=" + KEY, key + "=hidden-4");

        assertThat(refusal().problems()).extracting(SettingsProblem::key).containsExactly(key);
    }

    /** Kubernetes sets such variables for a service of that name; Camel passes over them too. */
    @Test
    void a_service_named_camel_server_is_no_setting() throws IOException {
        file("multisafepay.api-key=" + KEY);
        environment.put("CAMEL_SERVER_SERVICE_HOST", "10.0.0.1");
        environment.put("CAMEL_SERVER_PORT", "tcp://10.0.0.1:80");

        assertThat(load()).isNotNull();
    }

    @Test
    void the_settings_do_not_show_their_secrets() throws IOException {
        // Given
        file("multisafepay.api-key=" + KEY, "camel.component.kafka.sasl-jaas-config=password=hidden-1",
            "order.redirect-url=https://shop.example/?token=hidden-2");

        // When
        Settings settings = load();

        // Then
        assertThat(settings.toString() + settings.provider() + settings.provider().apiKey()).contains("***").doesNotContain(KEY, "hidden");
    }

    @Test
    void a_registry_is_known_by_its_urls_and_its_login_out_of_a_file() throws IOException {
        // Given
        Path password = Files.writeString(folder.resolve("password"), "registry-password\n");
        file("schema-registry.url=http://a:8081/, https://b/registry", "schema-registry.user=shop", "schema-registry.password-file="
            + password);
        environment.put("MULTISAFEPAY_API_KEY", KEY);

        // When
        RegistrySettings registry = load().registry().orElseThrow();

        // Then
        assertThat(registry.urls()).containsExactly(URI.create("http://a:8081"), URI.create("https://b/registry"));
        assertThat(registry.login()).contains(new RegistrySettings.Login("shop", new Secret("registry-password")));
        assertThat(load().toString() + registry + load().properties()).doesNotContain("registry-password");
        assertThat(EffectiveSetting.all(Map.of("SCHEMA_REGISTRY_PASSWORD", "hidden-1", "SCHEMA_REGISTRY_TRUST_STORE_PASSWORD", "hidden-2",
            "SCHEMA_REGISTRY_KEY_STORE_PASSWORD", "hidden-3"), system, Optional.empty(), List.of()).toString()).doesNotContain("hidden-");
        assertThat(load().knownSecrets().isIn("it is registry-password")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "schema-registry.url=http://u:hidden-secret@a | schema-registry.url (SCHEMA_REGISTRY_URL) | without user name",
        "schema-registry.url=a:8081 | schema-registry.url (SCHEMA_REGISTRY_URL) | absolute http or https URLs",
        "schema-registry.user=shop | schema-registry.password (SCHEMA_REGISTRY_PASSWORD) | missing, while schema-registry.user is set",
        "schema-registry.password=hidden-secret | schema-registry.user (SCHEMA_REGISTRY_USER) | missing, while there is a password for it",
        "schema-registry.user=a:b | schema-registry.user (SCHEMA_REGISTRY_USER) | without white space and colon",
        "schema-registry.password-file=/nowhere | schema-registry.password-file (SCHEMA_REGISTRY_PASSWORD_FILE) | cannot be read",
        "schema-registry.trust-store=pom.xml | schema-registry.trust-store (SCHEMA_REGISTRY_TRUST_STORE) | cannot be opened, expected a"
            + " PKCS12 or JKS"})
    void what_is_wrong_with_a_registry_is_told(String line, String setting, String problem) throws IOException {
        // Given
        environment.put("MULTISAFEPAY_API_KEY", KEY);
        file(line.startsWith("schema-registry.url") ? line : "schema-registry.url=http://a:8081\n" + line);

        // When
        InvalidSettingsException refused = refusal();

        // Then
        assertThat(refused.problems()).anySatisfy(found -> {
            assertThat(found.key()).isEqualTo(setting);
            assertThat(found.problem()).contains(problem);
        });
        assertThat(refused.getMessage() + refused.problems()).doesNotContain("hidden-secret");
    }

    private static Stream<Arguments> values(Setting setting, String problem, String... values) {
        return Stream.of(values).map(value -> Arguments.of(setting, value, problem));
    }

    /** A value for every setting, none of them the default. */
    private static Map<Setting, String> other() {
        Map<Setting, String> other = new EnumMap<>(Setting.class);
        other.put(Setting.KAFKA_BROKERS, "a:9092, [::1]:9093");
        other.put(Setting.KAFKA_GROUP_ID, "another group");
        other.put(Setting.KAFKA_START_FROM, "2026-11-22T10:15:00+01:00");
        other.put(Setting.KAFKA_PROFILE, "event-hubs");
        other.put(Setting.TOPIC_ORDER_CREATED, "in");
        other.put(Setting.TOPIC_PAYMENT_URL_CREATED, "out");
        other.put(Setting.TOPIC_DEAD_LETTER, "dead");
        other.put(Setting.TOPIC_PAYMENT_STATUS_CHANGED, "status");
        other.put(Setting.NOTIFICATIONS_ENABLED, "true");
        other.put(Setting.NOTIFICATIONS_HOST, "::");
        other.put(Setting.NOTIFICATIONS_PORT, "8100");
        other.put(Setting.NOTIFICATIONS_PATH, "/pay/status");
        other.put(Setting.NOTIFICATIONS_PUBLIC_URL, "https://pay.example/pay/status");
        other.put(Setting.NOTIFICATIONS_MAX_AGE, "2m");
        other.put(Setting.MULTISAFEPAY_BASE_URL, "https://api.example.com/v1/json");
        other.put(Setting.MULTISAFEPAY_API_KEY, KEY);
        other.put(Setting.MULTISAFEPAY_CONNECT_TIMEOUT, "2s");
        other.put(Setting.MULTISAFEPAY_RESPONSE_TIMEOUT, "11s");
        other.put(Setting.MULTISAFEPAY_PROXY, "http://proxy.example.com:3128/");
        other.put(Setting.MULTISAFEPAY_PROXY_USER, "me");
        other.put(Setting.MULTISAFEPAY_PROXY_PASSWORD, TOKEN);
        other.put(Setting.DELIVERY_CONCURRENCY, "8");
        other.put(Setting.RETRY_INITIAL_DELAY, "20ms");
        other.put(Setting.RETRY_MAX_DELAY, "7s");
        other.put(Setting.RETRY_GIVE_UP_AFTER, "3m");
        other.put(Setting.RETRY_UNCLEAR_ATTEMPTS, "9");
        other.put(Setting.LEDGER_RETENTION, "2d");
        other.put(Setting.DEAD_LETTER_OVERSIZE, "HOLD");
        other.put(Setting.PUBLISH_TIMEOUT, "25s");
        other.put(Setting.ORDER_NOTIFICATION_URL, "https://shop.example/n?id={order_id}");
        other.put(Setting.ORDER_REDIRECT_URL, "https://shop.example/r");
        other.put(Setting.ORDER_CANCEL_URL, "https://shop.example/c");
        other.put(Setting.ORDER_CLOSE_WINDOW, "true");
        other.put(Setting.TRACING_ENABLED, "true");
        other.put(Setting.ORDER_ID_TYPE, "string");
        other.put(Setting.ORDER_DESCRIPTION_POLICY, "reject");
        other.put(Setting.SCHEMA_REGISTRY_URL, "https://registry.example:8081/api, http://[::1]:8081");
        other.put(Setting.SCHEMA_REGISTRY_USER, "shop");
        other.put(Setting.SCHEMA_REGISTRY_PASSWORD, "registry-password");
        other.put(Setting.SCHEMA_REGISTRY_TRUST_STORE, STORE);
        other.put(Setting.SCHEMA_REGISTRY_TRUST_STORE_PASSWORD, STORE_PASSWORD);
        other.put(Setting.SCHEMA_REGISTRY_KEY_STORE, STORE);
        other.put(Setting.SCHEMA_REGISTRY_KEY_STORE_PASSWORD, STORE_PASSWORD);
        other.put(Setting.ORDER_MAPPING, "config/mappings/envelope.jq");
        other.put(Setting.ORDER_OPTIONAL_FIELDS, "reject");
        other.put(Setting.ORDER_CURRENCIES, "CZK, EUR");
        other.put(Setting.MANAGEMENT_HOST, "0.0.0.0");
        other.put(Setting.MANAGEMENT_PORT, "0");
        other.put(Setting.MANAGEMENT_TOKEN, TOKEN);
        return other;
    }

    private void give(String source, Map<Setting, String> values) throws IOException {
        switch (source) {
            case "file" -> file(values.entrySet().stream().map(e -> e.getKey().key() + "=" + e.getValue()).toArray(String[]::new));
            case "environment" -> values.forEach((setting, value) -> environment.put(setting.environmentVariable(), value));
            default -> values.forEach((setting, value) -> system.setProperty(setting.key(), value));
        }
    }

    private void file(String... lines) throws IOException {
        Files.write(folder.resolve("application.properties"), List.of(lines), StandardCharsets.UTF_8);
    }

    private Settings load() {
        Optional<Path> file = Optional.of(folder.resolve("application.properties")).filter(Files::exists);
        return new SettingsLoader(environment, system).load(file);
    }

    private InvalidSettingsException refusal() {
        return catchThrowableOfType(InvalidSettingsException.class, this::load);
    }
}
