package org.trustpaybridge.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

import org.trustpaybridge.delivery.BrokerProfile;
import org.trustpaybridge.delivery.position.StartFrom;
import org.trustpaybridge.order.MappingRules;
import org.trustpaybridge.order.mapping.EventMapping;

/**
 * Reads the settings: a system property wins over an environment variable, which wins over the file, which wins over the default. It goes
 * through all of them before it complains, so that an operator sees every problem at once.
 */
public final class SettingsLoader {

    private static final Set<String> LOG_FORMATS = Set.of("text", "json");
    private static final Set<String> LOG_LEVELS = Set.of("trace", "debug", "info", "warn", "error", "off");

    /** What may be a secret, or name the place of one, never becomes a property of Camel's. */
    private static final Set<Setting> SECRETS = Set.of(Setting.MULTISAFEPAY_API_KEY, Setting.MULTISAFEPAY_API_KEY_FILE,
        Setting.MANAGEMENT_TOKEN, Setting.MANAGEMENT_TOKEN_FILE, Setting.SCHEMA_REGISTRY_USER, Setting.SCHEMA_REGISTRY_PASSWORD,
        Setting.SCHEMA_REGISTRY_PASSWORD_FILE, Setting.SCHEMA_REGISTRY_TRUST_STORE_PASSWORD,
        Setting.SCHEMA_REGISTRY_TRUST_STORE_PASSWORD_FILE, Setting.SCHEMA_REGISTRY_KEY_STORE_PASSWORD,
        Setting.SCHEMA_REGISTRY_KEY_STORE_PASSWORD_FILE, Setting.MULTISAFEPAY_PROXY, Setting.MULTISAFEPAY_PROXY_USER,
        Setting.MULTISAFEPAY_PROXY_PASSWORD, Setting.MULTISAFEPAY_PROXY_PASSWORD_FILE);

    private final GivenValues given;
    private final Map<Setting, Duration> durations = new EnumMap<>(Setting.class);
    private boolean apiKeyOptional;

    /**
     * @param environment the environment variables
     * @param system      the system properties
     */
    public SettingsLoader(Map<String, String> environment, Properties system) {
        given = new GivenValues(environment, system);
    }

    /**
     * For what never calls the provider.
     *
     * @return this; a missing API key is no problem then, and comes out as an empty one
     */
    public SettingsLoader apiKeyOptional() {
        apiKeyOptional = true;
        return this;
    }

    /**
     * @param path the properties file; empty: none
     * @return the settings
     * @throws InvalidSettingsException when anything is missing, impossible or unknown
     */
    public Settings load(Optional<Path> path) {
        path.ifPresent(given::readFile);
        given.refuseUnknownNames();
        given.refuseCamelsOwnServer();
        given.refuseWhatMisleads();
        given.refuseWhatCamelPassesOver();
        checkKafka();
        Optional<URI> baseUrl = baseUrl();
        Optional<Proxy> proxy = new ProxySettings(given).read(baseUrl);
        baseUrl.ifPresent(url -> new CamelHttpSettings(given).refuseWhatHasNoEffect(url));
        Optional<Secret> apiKey = apiKey();
        Optional<Integer> concurrency = given.number(Setting.DELIVERY_CONCURRENCY, 1, 4096);
        Optional<Integer> unclearAttempts = given.number(Setting.RETRY_UNCLEAR_ATTEMPTS, 1, 100);
        given.textThat(Setting.DEAD_LETTER_OVERSIZE, text -> text.equalsIgnoreCase("trim") || text.equalsIgnoreCase("hold"));
        readDurations();
        MappingValues mappings = new MappingValues(given);
        Optional<MappingRules> rules = mappings.rules();
        Optional<EventMapping> mapping = mappings.mapping(path);
        Optional<RegistrySettings> registry = new RegistryValues(given).read();
        checkManagement();
        Optional<NotificationSettings> notifications = notifications();
        Optional<Secret> managementToken = managementToken();
        checkLogging();
        List<SettingsProblem> problems = given.problems();
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        Settings.Delivery delivery = new Settings.Delivery(concurrency.orElseThrow(), durations.get(Setting.RETRY_INITIAL_DELAY),
            durations.get(Setting.RETRY_MAX_DELAY), durations.get(Setting.RETRY_GIVE_UP_AFTER), unclearAttempts.orElseThrow(),
            durations.get(Setting.LEDGER_RETENTION));
        Settings.Provider provider = new Settings.Provider(baseUrl.orElseThrow(), apiKey.orElseThrow(),
            durations.get(Setting.MULTISAFEPAY_RESPONSE_TIMEOUT), proxy);
        return new Settings(provider, delivery, rules.orElseThrow(), mapping, registry, notifications, managementToken,
            secretFiles(registry.isPresent()),
            properties(provider.baseUrl()));
    }

    private void checkKafka() {
        if (given.text(Setting.KAFKA_BROKERS).filter(text -> text.contains("@")).isPresent()) {
            given.problem(Setting.KAFKA_BROKERS,
                "found an @, before which a password may stand; expected " + Setting.KAFKA_BROKERS.limits(),
                "Give user and password as camel.component.kafka.sasl-jaas-config.");
        } else {
            given.textThat(Setting.KAFKA_BROKERS, text -> Arrays.stream(text.split(",", -1)).map(String::strip)
                .allMatch(SettingsLoader::isBroker));
        }
        given.textThat(Setting.KAFKA_GROUP_ID, SettingsLoader::isPlain);
        checkProfile();
        given.textThat(Setting.KAFKA_START_FROM, text -> StartFrom.parse(text).isPresent());
        Set<String> topics = new HashSet<>();
        for (Setting topic : List.of(Setting.TOPIC_ORDER_CREATED, Setting.TOPIC_PAYMENT_URL_CREATED, Setting.TOPIC_DEAD_LETTER,
            Setting.TOPIC_PAYMENT_STATUS_CHANGED)) {
            Optional<String> name = given.textThat(topic, text -> text.matches("[a-zA-Z0-9._-]{1,249}") && !text.matches("\\.{1,2}"));
            name.filter(used -> !topics.add(used)).ifPresent(used -> given.problem(topic,
                GivenValues.shown(used) + " is used for two purposes", "Give each of the topics a name of its own."));
        }
    }

    /** Where nothing else was said, its own times count. */
    private void checkProfile() {
        given.textThat(Setting.KAFKA_PROFILE, text -> BrokerProfile.of(text).isPresent());
        BrokerProfile profile = given.profile();
        given.text(Setting.PUBLISH_TIMEOUT).flatMap(Durations::parse).filter(timeout -> timeout.compareTo(profile.leastPublishTimeout()) < 0
            && timeout.compareTo(PublishingBudget.LEAST) >= 0).ifPresent(timeout -> given.problem(Setting.PUBLISH_TIMEOUT,
            "found " + timeout.toMillis() + " ms, expected " + profile.leastPublishTimeout().toSeconds() + "s to 2m, as kafka.profile is "
                + profile.word(), "Remove it, or make it longer: requests are to have more than 20 seconds there."));
    }

    private static boolean isBroker(String text) {
        return text.matches("\\S+:[0-9]{1,5}") && Integer.parseInt(text.substring(text.lastIndexOf(':') + 1)) <= 65_535;
    }

    /** The URL is not shown: it may hold what does not belong there, a key or a password. */
    private Optional<URI> baseUrl() {
        Optional<URI> baseUrl = given.text(Setting.MULTISAFEPAY_BASE_URL).flatMap(SettingsLoader::baseUrl);
        if (baseUrl.isEmpty()) {
            given.problem(Setting.MULTISAFEPAY_BASE_URL, "expected " + Setting.MULTISAFEPAY_BASE_URL.limits());
        }
        return baseUrl;
    }

    static Optional<URI> baseUrl(String text) {
        try {
            URI url = new URI(text.replaceFirst("/+$", ""));
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            boolean bare = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
            return Optional.of(url).filter(u -> http && bare && u.getHost() != null && u.getPort() <= 65_535);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private Optional<Secret> apiKey() {
        Optional<String> key = given.text(Setting.MULTISAFEPAY_API_KEY);
        Optional<String> file = given.text(Setting.MULTISAFEPAY_API_KEY_FILE);
        if (key.isPresent() && file.isPresent()) {
            given.problem(Setting.MULTISAFEPAY_API_KEY, "set together with " + Setting.MULTISAFEPAY_API_KEY_FILE.key(),
                "Keep one of the two.");
            return Optional.empty();
        }
        if (key.isEmpty() && file.isEmpty() && apiKeyOptional) {
            return Optional.of(new Secret(""));
        }
        if (key.isEmpty() && file.isEmpty()) {
            given.problem(Setting.MULTISAFEPAY_API_KEY, "missing", "Set " + Setting.MULTISAFEPAY_API_KEY.environmentVariable()
                + " to the API key of the site, or " + Setting.MULTISAFEPAY_API_KEY_FILE.key() + " to a file that holds it.");
            return Optional.empty();
        }
        Setting source = key.isPresent() ? Setting.MULTISAFEPAY_API_KEY : Setting.MULTISAFEPAY_API_KEY_FILE;
        Optional<String> found = key.or(() -> given.firstLine(Setting.MULTISAFEPAY_API_KEY_FILE, file.get(), "API key"));
        if (found.filter(text -> !SecretFile.isVisibleAscii(text)).isPresent()) {
            given.problem(source, "the API key holds white space or a character that is not ASCII",
                "Copy the key again, without quotes or line breaks.");
        }
        return found.map(Secret::new);
    }

    /** All of them could be read by now. */
    private List<SecretFile> secretFiles(boolean registry) {
        return Stream.concat(Stream.of(Setting.MULTISAFEPAY_API_KEY_FILE, Setting.MANAGEMENT_TOKEN_FILE),
            Setting.REGISTRY_PASSWORD_FILES.stream().filter(file -> registry))
            .flatMap(setting -> given.text(setting).map(Path::of).map(path -> new SecretFile(setting, path)).stream()).toList();
    }

    private void readDurations() {
        for (Setting setting : List.of(Setting.MULTISAFEPAY_CONNECT_TIMEOUT, Setting.MULTISAFEPAY_RESPONSE_TIMEOUT,
            Setting.RETRY_INITIAL_DELAY, Setting.RETRY_MAX_DELAY, Setting.RETRY_GIVE_UP_AFTER, Setting.LEDGER_RETENTION,
            Setting.NOTIFICATIONS_MAX_AGE)) {
            given.duration(setting).ifPresent(duration -> durations.put(setting, duration));
        }
        given.value(Setting.PUBLISH_TIMEOUT, text -> Durations.parse(text).filter(duration ->
            duration.compareTo(PublishingBudget.LEAST) >= 0 && duration.compareTo(PublishingBudget.MOST) <= 0))
            .ifPresent(duration -> durations.put(Setting.PUBLISH_TIMEOUT, duration));
        Duration initial = durations.get(Setting.RETRY_INITIAL_DELAY);
        Duration max = durations.get(Setting.RETRY_MAX_DELAY);
        if (initial != null && max != null && initial.compareTo(max) > 0) {
            given.problem(Setting.RETRY_INITIAL_DELAY, "is longer than " + Setting.RETRY_MAX_DELAY.key(), "Make it the shorter one.");
        }
    }

    private void checkManagement() {
        given.textThat(Setting.TRACING_ENABLED, SettingsLoader::isBoolean);
        given.textThat(Setting.MANAGEMENT_HOST, text -> isPlain(text) && !text.contains(" "));
        given.number(Setting.MANAGEMENT_PORT, 0, 65_535);
    }

    private Optional<NotificationSettings> notifications() {
        boolean enabled = given.textThat(Setting.NOTIFICATIONS_ENABLED, SettingsLoader::isBoolean).filter("true"::equals).isPresent();
        Optional<String> host = given.textThat(Setting.NOTIFICATIONS_HOST, text -> isPlain(text) && !text.contains(" "));
        Optional<Integer> port = given.number(Setting.NOTIFICATIONS_PORT, 1, 65_535);
        if (enabled && port.isPresent() && given.text(Setting.MANAGEMENT_PORT).filter(port.get().toString()::equals).isPresent()) {
            given.problem(Setting.NOTIFICATIONS_PORT, "is the port of management too, which is for nobody outside", "Give it another one.");
        }
        Optional<String> path = given.textThat(Setting.NOTIFICATIONS_PATH, text -> text.matches("(/[A-Za-z0-9._~-]+)+"));
        return enabled ? host.flatMap(name -> port.flatMap(number -> path.map(place ->
            new NotificationSettings(name, number, place, durations.get(Setting.NOTIFICATIONS_MAX_AGE))))) : Optional.empty();
    }

    /** The token is not shown: what is wrong with it may be one character. */
    private Optional<Secret> managementToken() {
        Optional<String> token = given.text(Setting.MANAGEMENT_TOKEN);
        Optional<String> file = given.text(Setting.MANAGEMENT_TOKEN_FILE);
        if (token.isPresent() && file.isPresent()) {
            given.problem(Setting.MANAGEMENT_TOKEN, "set together with " + Setting.MANAGEMENT_TOKEN_FILE.key(), "Keep one of the two.");
            return Optional.empty();
        }
        Setting source = token.isPresent() ? Setting.MANAGEMENT_TOKEN : Setting.MANAGEMENT_TOKEN_FILE;
        Optional<String> found = token.or(() -> file.flatMap(path -> given.firstLine(Setting.MANAGEMENT_TOKEN_FILE, path, "token")));
        if (found.filter(text -> text.length() < SecretFile.LEAST_TOKEN || !SecretFile.isVisibleAscii(text)).isPresent()) {
            given.problem(source, "expected " + Setting.MANAGEMENT_TOKEN.limits(), "Draw one by lot, for instance: openssl rand -hex 32");
        }
        return found.map(Secret::new);
    }

    /** The logging has read these before, and takes what it does not know for something else. */
    private void checkLogging() {
        given.variable("LOG_FORMAT").filter(format -> !LOG_FORMATS.contains(format)).ifPresent(format ->
            given.refuseVariable("LOG_FORMAT", "found " + GivenValues.shown(format) + ", expected text or json"));
        given.variable("LOG_LEVEL").filter(level -> !LOG_LEVELS.contains(level.toLowerCase(Locale.ROOT))).ifPresent(level ->
            given.refuseVariable("LOG_LEVEL", "found " + GivenValues.shown(level) + ", expected trace, debug, info, warn, error or off"));
    }

    static boolean isBoolean(String text) {
        return text.equals("true") || text.equals("false");
    }

    private static boolean isPlain(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }

    private Map<String, String> properties(URI baseUrl) {
        Map<String, String> properties = new HashMap<>(given.camelProperties());
        for (Setting setting : Setting.values()) {
            if (!SECRETS.contains(setting)) {
                given.text(setting).ifPresent(text -> properties.put(setting.key(), text));
            }
        }
        durations.forEach((setting, duration) -> properties.put(setting.key(), Long.toString(duration.toMillis())));
        properties.put(Setting.MULTISAFEPAY_BASE_URL.key(), baseUrl.toString());
        properties.putAll(new PublishingBudget(durations.get(Setting.PUBLISH_TIMEOUT)).placeholders());
        return properties;
    }
}
