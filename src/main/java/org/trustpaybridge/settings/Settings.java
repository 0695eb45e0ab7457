package org.trustpaybridge.settings;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.trustpaybridge.delivery.BrokerProfile;
import org.trustpaybridge.order.KnownSecrets;
import org.trustpaybridge.order.MappingRules;
import org.trustpaybridge.order.mapping.EventMapping;

/**
 * Everything the bridge was told, checked.
 *
 * @param provider   the payment provider
 * @param delivery   how many calls at once, and how they are repeated
 * @param rules      how events become orders
 * @param mapping    makes orders of events of another shape; empty: events are orders
 * @param registry   where the schemas of values are; empty: values are JSON
 * @param notifications how notifications are received; empty: they are not, and nothing of it is there
 * @param managementToken bearer token that the management port asks for; empty: it asks for none
 * @param secretFiles files that secrets were read from
 * @param properties the settings in the form that Camel's property placeholders take: durations in milliseconds, no secret is among
 *                   them; with the {@code camel.*} keys of the file, which may hold passwords
 */
public record Settings(Provider provider, Delivery delivery, MappingRules rules, Optional<EventMapping> mapping,
                       Optional<RegistrySettings> registry, Optional<NotificationSettings> notifications, Optional<Secret> managementToken,
                       List<SecretFile> secretFiles, Map<String, String> properties) {

    /** Copies list and map. */
    public Settings {
        secretFiles = List.copyOf(secretFiles);
        properties = Map.copyOf(properties);
    }

    /** Without the rules, whose URLs may carry tokens, and without the properties, where Camel's Kafka component may have passwords. */
    @Override
    public String toString() {
        return "Settings[" + provider + ", " + delivery + "]";
    }

    /**
     * @param setting one that has a value
     * @return its value as Camel's placeholders see it
     */
    public String text(Setting setting) {
        return properties.get(setting.key());
    }

    /** @return what the brokers are */
    public BrokerProfile profile() {
        return BrokerProfile.of(properties.getOrDefault(Setting.KAFKA_PROFILE.key(), "")).orElseThrow();
    }

    /** @return all times that have to do with publishing */
    public PublishingBudget budget() {
        return new PublishingBudget(Duration.ofMillis(Long.parseLong(text(Setting.PUBLISH_TIMEOUT))));
    }

    /** @return whether a dead letter that is too large for its topic waits until the topic takes it; otherwise it is trimmed */
    public boolean oversizeHeld() {
        return "hold".equalsIgnoreCase(text(Setting.DEAD_LETTER_OVERSIZE));
    }

    /**
     * @param setting names a file
     * @return the file, if a secret was read from it
     */
    public Optional<SecretFile> secretFile(Setting setting) {
        return secretFiles.stream().filter(file -> file.setting() == setting).findFirst();
    }

    /** @return the secrets that were told, and the passwords of Kafka's among them, for hiding them in what comes from outside */
    public KnownSecrets knownSecrets() {
        List<String> secrets = new ArrayList<>(CamelPasswords.of(properties));
        secrets.add(provider.apiKey().reveal());
        registry.ifPresent(where -> where.secrets().forEach(secret -> secrets.add(secret.reveal())));
        managementToken.map(Secret::reveal).ifPresent(secrets::add);
        provider.proxy().flatMap(Proxy::login).map(login -> login.password().reveal()).ifPresent(secrets::add);
        return new KnownSecrets(secrets);
    }

    /**
     * The payment provider.
     *
     * @param baseUrl         absolute http or https URL without a trailing slash
     * @param apiKey          the key that is sent with every call
     * @param responseTimeout longest wait for a whole answer
     * @param proxy           on the way there; empty: none
     */
    public record Provider(URI baseUrl, Secret apiKey, Duration responseTimeout, Optional<Proxy> proxy) {
    }

    /**
     * How orders are delivered to the provider.
     *
     * @param concurrency     provider calls in flight at once
     * @param initialDelay    upper bound of the first wait before a repetition
     * @param maxDelay        longest wait between two calls for one order
     * @param giveUpAfter     age at which an order that alone keeps failing is given up
     * @param unclearAttempts calls for an order whose answers cannot be understood
     * @param ledgerRetention how long a published order is remembered
     */
    public record Delivery(int concurrency, Duration initialDelay, Duration maxDelay, Duration giveUpAfter, int unclearAttempts,
                           Duration ledgerRetention) {
    }
}
