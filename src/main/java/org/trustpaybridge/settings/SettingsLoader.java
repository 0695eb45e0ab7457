package org.trustpaybridge.settings;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.trustpaybridge.order.DescriptionPolicy;
import org.trustpaybridge.order.MappingRules;
import org.trustpaybridge.order.OrderDefaults;
import org.trustpaybridge.order.OrderIdType;

/**
 * Reads the settings: a system property wins over an environment variable, which wins over the file, which wins over the default. It goes
 * through all of them before it complains, so that an operator sees every problem at once.
 */
public final class SettingsLoader {

    private static final Duration LONGEST = Duration.ofDays(365);
    private static final String CAMEL_PREFIX = "camel.";
    private static final Set<Setting> DURATIONS = EnumSet.of(Setting.MULTISAFEPAY_CONNECT_TIMEOUT, Setting.MULTISAFEPAY_RESPONSE_TIMEOUT,
        Setting.RETRY_INITIAL_DELAY, Setting.RETRY_MAX_DELAY, Setting.RETRY_GIVE_UP_AFTER, Setting.LEDGER_RETENTION);

    private final Map<String, String> environment;
    private final Properties system;
    private final List<SettingsProblem> problems = new ArrayList<>();
    private Properties file = new Properties();

    /**
     * @param environment the environment variables
     * @param system      the system properties
     */
    public SettingsLoader(Map<String, String> environment, Properties system) {
        this.environment = Map.copyOf(environment);
        this.system = system;
    }

    /**
     * @param path the properties file; empty: none
     * @return the settings
     * @throws InvalidSettingsException when anything is missing, impossible or unknown
     */
    public Settings load(Optional<Path> path) {
        path.ifPresent(this::readFile);
        refuseUnknownKeys();
        Settings.Provider provider = provider();
        Settings.Delivery delivery = delivery();
        MappingRules rules = rules();
        checkTexts();
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return new Settings(provider, delivery, rules, properties(provider, delivery));
    }

    private void readFile(Path path) {
        try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            Properties read = new Properties();
            read.load(reader);
            file = read;
        } catch (IOException | IllegalArgumentException e) {
            problems.add(new SettingsProblem(path.toString(), "the file cannot be read as properties in UTF-8",
                "Check that it is there, readable and well-formed, or name another one with --config."));
        }
    }

    private void refuseUnknownKeys() {
        Set<String> known = Arrays.stream(Setting.values()).map(Setting::key).collect(Collectors.toCollection(TreeSet::new));
        for (String key : new TreeSet<>(file.stringPropertyNames())) {
            if (!known.contains(key) && !key.startsWith(CAMEL_PREFIX)) {
                problems.add(new SettingsProblem(key, "there is no such setting", NearestName.to(key, known)
                    .map(name -> "Did you mean " + name + "?")
                    .orElse("Remove it; config/application.properties lists every setting.")));
            }
        }
        Map<String, String> variables = Arrays.stream(Setting.values())
            .collect(Collectors.toMap(Setting::environmentVariable, Setting::key));
        for (String variable : new TreeSet<>(environment.keySet())) {
            // Only this prefix: KAFKA_..., TOPIC_... are set by others too, for instance by Kubernetes for its services.
            if (variable.startsWith("MULTISAFEPAY_") && !variables.containsKey(variable)) {
                problems.add(new SettingsProblem(variable, "there is no such setting", NearestName.to(variable, variables.keySet())
                    .map(name -> "Did you mean " + name + "?")
                    .orElse("Remove it; config/application.properties lists every setting.")));
            }
        }
    }

    private Settings.Provider provider() {
        URI baseUrl = value(Setting.MULTISAFEPAY_BASE_URL, SettingsLoader::baseUrl, "an absolute http or https URL without query").orElse(null);
        Optional<Secret> apiKey = text(Setting.MULTISAFEPAY_API_KEY).map(String::strip).map(Secret::new);
        Optional<String> apiKeyFile = text(Setting.MULTISAFEPAY_API_KEY_FILE);
        if (apiKey.isPresent() && apiKeyFile.isPresent()) {
            problem(Setting.MULTISAFEPAY_API_KEY, "set together with " + Setting.MULTISAFEPAY_API_KEY_FILE.key(), "Keep one of the two.");
        } else if (apiKeyFile.isPresent()) {
            apiKey = readKey(apiKeyFile.get());
        } else if (apiKey.isEmpty()) {
            problem(Setting.MULTISAFEPAY_API_KEY, "missing", "Set " + Setting.MULTISAFEPAY_API_KEY.environmentVariable() + " to the API key of the"
                + " site, or " + Setting.MULTISAFEPAY_API_KEY_FILE.key() + " to a file that holds it.");
        }
        apiKey.filter(key -> !key.reveal().chars().allMatch(c -> c > ' ' && c < 0x7f)).ifPresent(key ->
            problem(Setting.MULTISAFEPAY_API_KEY, "holds white space or a character that is not ASCII", "Copy the key again, without quotes or line breaks."));
        duration(Setting.MULTISAFEPAY_CONNECT_TIMEOUT);
        return new Settings.Provider(baseUrl, apiKey.orElse(null), duration(Setting.MULTISAFEPAY_RESPONSE_TIMEOUT));
    }

    private Optional<Secret> readKey(String path) {
        try (var lines = Files.lines(Path.of(path))) {
            Optional<Secret> key = lines.findFirst().map(String::strip).filter(line -> !line.isEmpty()).map(Secret::new);
            if (key.isEmpty()) {
                problem(Setting.MULTISAFEPAY_API_KEY_FILE, "the file " + path + " is empty", "Write the API key into its first line.");
            }
            return key;
        } catch (IOException | java.io.UncheckedIOException | java.nio.file.InvalidPathException e) {
            problem(Setting.MULTISAFEPAY_API_KEY_FILE, "the file " + path + " cannot be read", "Check its path and who may read it.");
            return Optional.empty();
        }
    }

    private Settings.Delivery delivery() {
        int concurrency = number(Setting.DELIVERY_CONCURRENCY, 1, 4096);
        Duration initial = duration(Setting.RETRY_INITIAL_DELAY);
        Duration max = duration(Setting.RETRY_MAX_DELAY);
        if (initial.compareTo(max) > 0) {
            problem(Setting.RETRY_INITIAL_DELAY, "is longer than " + Setting.RETRY_MAX_DELAY.key(), "Make it the shorter one.");
        }
        number(Setting.MANAGEMENT_PORT, 0, 65535);
        return new Settings.Delivery(concurrency, initial, max, duration(Setting.RETRY_GIVE_UP_AFTER),
            number(Setting.RETRY_UNCLEAR_ATTEMPTS, 1, 100), duration(Setting.LEDGER_RETENTION));
    }

    private MappingRules rules() {
        OrderIdType idType = choice(Setting.ORDER_ID_TYPE, OrderIdType.values());
        DescriptionPolicy policy = choice(Setting.ORDER_DESCRIPTION_POLICY, DescriptionPolicy.values());
        Set<String> currencies = new LinkedHashSet<>();
        for (String code : text(Setting.ORDER_CURRENCIES).orElse("").split(",")) {
            String currency = code.strip();
            if (!currency.isEmpty() && Currency.getAvailableCurrencies().stream().noneMatch(c -> c.getCurrencyCode().equals(currency))) {
                problem(Setting.ORDER_CURRENCIES, found(currency) + " is not an ISO 4217 code", "Write codes such as CZK,EUR.");
            } else if (!currency.isEmpty()) {
                currencies.add(currency);
            }
        }
        OrderDefaults defaults = new OrderDefaults(orderUrl(Setting.ORDER_NOTIFICATION_URL), orderUrl(Setting.ORDER_REDIRECT_URL),
            orderUrl(Setting.ORDER_CANCEL_URL), value(Setting.ORDER_CLOSE_WINDOW, SettingsLoader::bool, "true or false").orElse(null));
        return new MappingRules(idType, policy, currencies, defaults);
    }

    private void checkTexts() {
        value(Setting.KAFKA_BROKERS, text -> Arrays.stream(text.split(",")).map(String::strip)
            .allMatch(broker -> broker.matches("\\S+:\\d{1,5}")) ? Optional.of(text) : Optional.empty(), "host:port, separated by commas");
        requireText(Setting.KAFKA_GROUP_ID);
        requireText(Setting.MANAGEMENT_HOST);
        Set<String> topics = new LinkedHashSet<>();
        for (Setting topic : List.of(Setting.TOPIC_ORDER_CREATED, Setting.TOPIC_PAYMENT_URL_CREATED, Setting.TOPIC_DEAD_LETTER)) {
            value(topic, text -> text.matches("[a-zA-Z0-9._-]{1,249}") ? Optional.of(text) : Optional.empty(),
                "a topic name: letters, digits, dot, underscore, hyphen").ifPresent(name -> {
                    if (!topics.add(name)) {
                        problem(topic, found(name) + " is used for two purposes", "Give each of the three topics a name of its own.");
                    }
                });
        }
        String logFormat = environment.getOrDefault("LOG_FORMAT", "text");
        if (!Set.of("text", "json").contains(logFormat)) {
            problems.add(new SettingsProblem("LOG_FORMAT", "found " + found(logFormat) + ", expected text or json",
                "Set the environment variable LOG_FORMAT to one of them, or leave it out."));
        }
    }

    private Map<String, String> properties(Settings.Provider provider, Settings.Delivery delivery) {
        Map<String, String> properties = new HashMap<>();
        file.stringPropertyNames().stream().filter(key -> key.startsWith(CAMEL_PREFIX))
            .forEach(key -> properties.put(key, file.getProperty(key)));
        for (Setting setting : Setting.values()) {
            if (setting != Setting.MULTISAFEPAY_API_KEY && setting != Setting.MULTISAFEPAY_API_KEY_FILE) {
                text(setting).ifPresent(text -> properties.put(setting.key(),
                    DURATIONS.contains(setting) ? Long.toString(Durations.parse(text).orElseThrow().toMillis()) : text));
            }
        }
        properties.put(Setting.MULTISAFEPAY_BASE_URL.key(), provider.baseUrl().toString());
        properties.put(Setting.DELIVERY_CONCURRENCY.key(), Integer.toString(delivery.concurrency()));
        return properties;
    }

    private Optional<String> text(Setting setting) {
        String text = system.getProperty(setting.key());
        if (text == null) {
            text = environment.get(setting.environmentVariable());
        }
        if (text == null) {
            text = file.getProperty(setting.key());
        }
        return Optional.ofNullable(text).map(String::strip).filter(given -> !given.isEmpty()).or(setting::defaultValue);
    }

    private <T> Optional<T> value(Setting setting, Function<String, Optional<T>> parser, String expected) {
        Optional<String> text = text(setting);
        Optional<T> parsed = text.flatMap(parser);
        if (text.isPresent() && parsed.isEmpty()) {
            problem(setting, "found " + found(text.get()) + ", expected " + expected, "Set " + setting.key() + " in the file or "
                + setting.environmentVariable() + " in the environment.");
        }
        return parsed;
    }

    private void requireText(Setting setting) {
        value(setting, text -> text.chars().noneMatch(Character::isISOControl) ? Optional.of(text) : Optional.empty(), "plain text");
    }

    private int number(Setting setting, int least, int most) {
        return value(setting, text -> text.matches("\\d{1,9}") ? Optional.of(Integer.parseInt(text)).filter(n -> n >= least && n <= most)
            : Optional.<Integer>empty(), "a whole number from " + least + " to " + most).orElse(least);
    }

    private Duration duration(Setting setting) {
        return value(setting, text -> Durations.parse(text).filter(d -> !d.isZero() && d.compareTo(LONGEST) <= 0),
            "a duration such as 500ms, 30s, 15m, 24h, at most 365d").orElse(Duration.ofMillis(1));
    }

    private <E extends Enum<E>> E choice(Setting setting, E[] values) {
        String expected = Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(" or "));
        return value(setting, text -> Arrays.stream(values).filter(value -> value.name().equalsIgnoreCase(text)).findFirst(), expected)
            .orElse(values[0]);
    }

    private String orderUrl(Setting setting) {
        return value(setting, text -> absoluteHttp(text.replace("{order_id}", "1")).map(url -> text),
            "an absolute http or https URL; {order_id} may stand in it").orElse(null);
    }

    private static Optional<Boolean> bool(String text) {
        return "true".equals(text) || "false".equals(text) ? Optional.of(Boolean.valueOf(text)) : Optional.empty();
    }

    private static Optional<URI> baseUrl(String text) {
        return absoluteHttp(text.replaceFirst("/+$", "")).filter(url -> url.getRawQuery() == null && url.getRawFragment() == null);
    }

    private static Optional<URI> absoluteHttp(String text) {
        try {
            URI url = new URI(text);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return http && url.getHost() != null && url.getRawUserInfo() == null ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** What was found, short enough for a line and without control characters. */
    private static String found(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return '"' + (clean.length() > 60 ? clean.substring(0, 60) + "..." : clean) + '"';
    }

    private void problem(Setting setting, String problem, String fix) {
        problems.add(new SettingsProblem(setting.key() + " (" + setting.environmentVariable() + ")", problem, fix));
    }
}
