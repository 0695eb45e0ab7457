package org.trustpaybridge.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The catalogue of settings: key, default and meaning. {@code config/application.properties} and {@code docs/settings.md} list the same
 * ones; a test holds the three together.
 */
public enum Setting {

    KAFKA_BROKERS("kafka.brokers", "localhost:9092", "Brokers to start from", "host:port, separated by commas"),
    KAFKA_GROUP_ID("kafka.group-id", "trustpay-bridge", "Consumer group; every instance of one bridge has the same", "plain text"),
    KAFKA_START_FROM("kafka.start-from", "",
        "Where to begin in partitions of which nothing is committed; empty: what the topics prove, else ask",
        "earliest, now, or an ISO time with its offset such as 2026-11-22T10:15:00Z"),
    KAFKA_PROFILE("kafka.profile", "",
        "What speaks Kafka's protocol there, if it is no Apache Kafka: sets what it needs, publish.timeout=30s"
        + " among it", "event-hubs"),

    TOPIC_ORDER_CREATED("topic.order-created", "order-created", "Topic that orders are read from", Limits.TOPIC),
    TOPIC_PAYMENT_URL_CREATED("topic.payment-url-created", "payment-url-created", "Topic that payment URLs are published on",
        Limits.TOPIC),
    TOPIC_DEAD_LETTER("topic.dead-letter", "order-created.dlq", "Topic for what cannot become a payment", Limits.TOPIC),
    TOPIC_PAYMENT_STATUS_CHANGED("topic.payment-status-changed", "payment-status-changed",
        "Topic that changes of a payment's status are published on, while notifications.enabled is true", Limits.TOPIC),

    MULTISAFEPAY_BASE_URL("multisafepay.base-url", "https://testapi.multisafepay.com/v1/json", "Base URL of the API, without /orders",
        "an absolute http or https URL, without user name, query and fragment"),
    MULTISAFEPAY_API_KEY("multisafepay.api-key", null, "API key of the site; this or multisafepay.api-key-file is required",
        "ASCII without white space"),
    MULTISAFEPAY_API_KEY_FILE("multisafepay.api-key-file", null, "File whose first line is the API key", "a file that can be read"),
    MULTISAFEPAY_CONNECT_TIMEOUT("multisafepay.connect-timeout", "5s",
        "Longest wait for a connection to one address, with the look-up of its name and TLS", Limits.DURATION),
    MULTISAFEPAY_RESPONSE_TIMEOUT("multisafepay.response-timeout", "30s",
        "Longest wait for a whole answer, from the moment the request is sent", Limits.DURATION),

    MULTISAFEPAY_PROXY("multisafepay.proxy", null, "HTTP proxy on the way to the API; without one HTTPS_PROXY and https.proxyHost count",
        "a URL such as http://proxy.example.com:3128"),
    MULTISAFEPAY_PROXY_USER("multisafepay.proxy-user", null, "User that the proxy asks for", "plain text without a colon"),
    MULTISAFEPAY_PROXY_PASSWORD("multisafepay.proxy-password", null, "Password of that user", "plain text"),
    MULTISAFEPAY_PROXY_PASSWORD_FILE("multisafepay.proxy-password-file", null,
        "File whose first line is that password, or user:password where multisafepay.proxy-user is not set", "a file that can be read"),

    DELIVERY_CONCURRENCY("delivery.concurrency", "64", "Provider calls in flight at once", "a whole number from 1 to 4096"),

    PUBLISH_TIMEOUT("publish.timeout", "4s",
        "Longest time that Kafka may take to acknowledge a record; session, heartbeat and the time limit of the topics follow from it",
        "a duration from 4s to 2m"),

    RETRY_INITIAL_DELAY("retry.initial-delay", "500ms", "Upper bound of the first wait before a call is repeated; doubles each time",
        Limits.DURATION),
    RETRY_MAX_DELAY("retry.max-delay", "30s", "Longest wait between two calls for one order", Limits.DURATION),
    RETRY_GIVE_UP_AFTER("retry.give-up-after", "15m", "When an order that keeps failing alone becomes a dead letter", Limits.DURATION),
    RETRY_UNCLEAR_ATTEMPTS("retry.unclear-attempts", "5", "Calls for an order whose answers cannot be understood",
        "a whole number from 1 to 100"),

    DEAD_LETTER_OVERSIZE("dead-letter.oversize", "trim",
        "A dead letter that is larger than its topic takes: trim (publish the beginning of it, with its hash and place) or hold (wait"
            + " until the topic takes it)", "trim or hold"),

    LEDGER_RETENTION("ledger.retention", "24h", "How long a published order is remembered", Limits.DURATION),

    SCHEMA_REGISTRY_URL("schema-registry.url", null,
        "Schema registry of the inbound topic, whose values then name their schema (Avro, JSON Schema); without it values are JSON",
        Limits.REGISTRY),
    SCHEMA_REGISTRY_USER("schema-registry.user", null, "User that the registry knows, or its API key",
        "ASCII without white space and colon"),
    SCHEMA_REGISTRY_PASSWORD("schema-registry.password", null, "Password of that user", Limits.PASSWORD),
    SCHEMA_REGISTRY_PASSWORD_FILE("schema-registry.password-file", null, "File whose first line is that password", Limits.FILE),
    SCHEMA_REGISTRY_TRUST_STORE("schema-registry.trust-store", null,
        "Certificates to trust when the registry is called over https; without it those that Java trusts", Limits.STORE),
    SCHEMA_REGISTRY_TRUST_STORE_PASSWORD("schema-registry.trust-store-password", null, "Password of that store", Limits.PASSWORD),
    SCHEMA_REGISTRY_TRUST_STORE_PASSWORD_FILE("schema-registry.trust-store-password-file", null, "File whose first line is that password",
        Limits.FILE),
    SCHEMA_REGISTRY_KEY_STORE("schema-registry.key-store", null, "The bridge's own certificate and key, for a registry that asks for one",
        Limits.STORE),
    SCHEMA_REGISTRY_KEY_STORE_PASSWORD("schema-registry.key-store-password", null, "Password of that store and of the key in it",
        Limits.PASSWORD),
    SCHEMA_REGISTRY_KEY_STORE_PASSWORD_FILE("schema-registry.key-store-password-file", null, "File whose first line is that password",
        Limits.FILE),

    ORDER_MAPPING("order.mapping", null, "File with a jq program that makes an order of each event; without one the event is the order",
        "a file with a jq program"),
    ORDER_NOTIFICATION_URL("order.notification-url", null, "notification_url of events without one; {order_id} is replaced",
        Limits.URL + " of at most 150 characters"),
    ORDER_REDIRECT_URL("order.redirect-url", null, "redirect_url of events without one; {order_id} is replaced", Limits.URL),
    ORDER_CANCEL_URL("order.cancel-url", null, "cancel_url of events without one; {order_id} is replaced", Limits.URL),
    ORDER_CLOSE_WINDOW("order.close-window", null, "close_window of events without one", "true or false"),
    ORDER_ID_TYPE("order.id-type", "auto", "auto: ids of up to 15 digits go out as JSON integers; string: always strings",
        "auto or string"),
    ORDER_DESCRIPTION_POLICY("order.description-policy", "fix",
        "Description with tags or too long: fix (clean and cut, with a warning) or reject",
        "fix or reject"),
    ORDER_OPTIONAL_FIELDS("order.optional-fields", "fix",
        "Optional member that breaks its rule: fix (repair it, or else leave it out, and say so) or reject", "fix or reject"),
    ORDER_CURRENCIES("order.currencies", "", "Currencies to accept; empty: any", "codes of ISO 4217 that are in use, separated by commas"),

    MANAGEMENT_HOST("management.host", "127.0.0.1", "Address that the status page, health and metrics listen on",
        "a host name or an address"),
    MANAGEMENT_PORT("management.port", "9876", "Port that they listen on; 0 takes a free one",
        "a whole number from 0 to 65535"),
    MANAGEMENT_TOKEN("management.token", null, "Bearer token that the management port asks for; without one it asks for none",
        Limits.TOKEN),
    MANAGEMENT_TOKEN_FILE("management.token-file", null, "File whose first line is that token", "a file that can be read"),

    NOTIFICATIONS_ENABLED("notifications.enabled", "false",
        "Receives MultiSafepay's notifications, and publishes what changed; while it is false nothing of it is there", "true or false"),
    NOTIFICATIONS_HOST("notifications.host", "127.0.0.1", "Address that they are received on", "a host name or an address"),
    NOTIFICATIONS_PORT("notifications.port", "8095", "Port that they are received on",
        "a whole number from 1 to 65535, not that of management"),
    NOTIFICATIONS_PATH("notifications.path", "/notifications", "Path that they are received on",
        "a path of letters, digits, hyphen, dot, underscore, tilde and slash, with a slash at its beginning"),
    NOTIFICATIONS_PUBLIC_URL("notifications.public-url", null,
        "Where MultiSafepay reaches that, whole: notification_url of events without one, unless order.notification-url is set",
        Limits.URL + " of at most 150 characters"),
    NOTIFICATIONS_MAX_AGE("notifications.max-age", "600s", "How far the time of a signature may be from this clock, in either direction",
        Limits.DURATION),

    TRACING_ENABLED("tracing.enabled", "false",
        "Makes a span of each POST, in the trace of the input record; needs OpenTelemetry's Java agent",
        "true or false");

    /** Files of the schema registry's passwords. */
    public static final List<Setting> REGISTRY_PASSWORD_FILES = List.of(SCHEMA_REGISTRY_PASSWORD_FILE,
        SCHEMA_REGISTRY_TRUST_STORE_PASSWORD_FILE,
        SCHEMA_REGISTRY_KEY_STORE_PASSWORD_FILE);

    private final String key;
    private final String defaultValue;
    private final String meaning;
    private final String limits;

    Setting(String key, String defaultValue, String meaning, String limits) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.meaning = meaning;
        this.limits = limits;
    }

    /** @return the key in the properties file and as a system property */
    public String key() {
        return key;
    }

    /** @return the environment variable that sets the same */
    public String environmentVariable() {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** @return the default, or empty where there is none */
    public Optional<String> defaultValue() {
        return Optional.ofNullable(defaultValue);
    }

    /** @return one line that says what it is for */
    public String meaning() {
        return meaning;
    }

    /** @return what its value must be, in words that follow "expected" */
    public String limits() {
        return limits;
    }

    private static final class Limits {

        private static final String DURATION = "a duration such as 500ms, 30s, 15m, 24h, 7d; at most 365d";
        private static final String TOPIC = "a topic name of its own: letters, digits, dot, underscore, hyphen";
        private static final String TOKEN = "16 or more characters of ASCII without white space";
        private static final String REGISTRY = "absolute http or https URLs, separated by commas, without user name, query and fragment";
        private static final String PASSWORD = "a text that is not empty";
        private static final String FILE = "a file that can be read";
        private static final String STORE = "a PKCS12 or JKS file that its password opens";
        private static final String URL = "an absolute http or https URL in ASCII";
    }
}
