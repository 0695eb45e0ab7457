package org.trustpaybridge.assembly;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListener;
import org.apache.camel.main.MainListenerSupport;
import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.kafka.KafkaSecrets;
import org.trustpaybridge.kafka.Tokens;
import org.trustpaybridge.order.KnownSecrets;
import org.trustpaybridge.secrets.RefusedSecretException;
import org.trustpaybridge.secrets.Reread;
import org.trustpaybridge.secrets.SecretSource;
import org.trustpaybridge.secrets.SecretsWatch;
import org.trustpaybridge.settings.RegistrySettings;
import org.trustpaybridge.settings.Secret;
import org.trustpaybridge.settings.SecretFile;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;
import org.trustpaybridge.supervision.Ending;
import org.trustpaybridge.supervision.Lifeline;

/**
 * Secrets that change while the bridge runs. Needs nobody else.
 *
 * @param watch           looks at files
 * @param known           all secrets that ever were, for hiding them
 * @param apiKey          key of the site
 * @param managementToken token that the management port asks for; empty: it asks for none
 * @param registry        passwords of the schema registry that are in files, by the setting that names the file
 * @param tokens          with which clients of Kafka log in; null before they are known, and where they do otherwise
 */
record SecretsAssembly(SecretsWatch watch, KnownSecrets known, Reread<Secret> apiKey, Optional<Reread<Secret>> managementToken,
                       Map<Setting, Reread<Secret>> registry, AtomicReference<Tokens> tokens) {

    /** Who is refused a thousand times a second has the file read once. */
    private static final Duration NOT_SOONER = Duration.ofMillis(500);

    static SecretsAssembly of(Settings settings, Ending ending, Clock clock) {
        KnownSecrets known = settings.knownSecrets();
        return new SecretsAssembly(new SecretsWatch(Lifeline.to(ending), clock), known,
            reread(settings, Setting.MULTISAFEPAY_API_KEY_FILE, settings.provider().apiKey(), known),
            settings.managementToken().map(token -> reread(settings, Setting.MANAGEMENT_TOKEN_FILE, token, known)),
                registry(settings, known),
            new AtomicReference<>());
    }

    private static Map<Setting, Reread<Secret>> registry(Settings settings, KnownSecrets known) {
        Map<Setting, Reread<Secret>> passwords = new EnumMap<>(Setting.class);
        settings.registry().ifPresent(registry -> Setting.REGISTRY_PASSWORD_FILES.stream()
            .filter(file -> settings.secretFile(file).isPresent())
            .forEach(file -> registry.password(file).ifPresent(password -> passwords.put(file, reread(settings, file, password, known)))));
        return passwords;
    }

    /** A secret is known before it is used. */
    private static Reread<Secret> reread(Settings settings, Setting setting, Secret initial, KnownSecrets known) {
        Optional<SecretFile> file = settings.secretFile(setting);
        return new Reread<>(setting.key(), file.map(SecretFile::path).map(SecretSource::file).stream().toList(), content -> {
            try {
                Secret found = file.orElseThrow().in(content);
                known.learn(found.reveal());
                return found;
            } catch (IllegalArgumentException e) {
                throw new RefusedSecretException(e.getMessage());
            }
        }, initial);
    }

    /** @return the same with the passwords that are in their files now */
    RegistrySettings current(RegistrySettings given) {
        RegistrySettings now = given;
        for (Map.Entry<Setting, Reread<Secret>> each : registry.entrySet()) {
            now = now.with(each.getKey(), each.getValue().get());
        }
        return now;
    }

    /**
     * @param tryAgain called when there is another key: what the old one was refused is tried again at once
     * @param askAgain called when there is another password of the schema registry
     */
    void begin(Settings settings, Runnable tryAgain, Runnable askAgain) {
        registry.values().forEach(password -> watch.watch(password, askAgain));
        if (settings.secretFile(Setting.MULTISAFEPAY_API_KEY_FILE).isPresent()) {
            watch.watch(apiKey, tryAgain);
        }
        if (settings.secretFile(Setting.MANAGEMENT_TOKEN_FILE).isPresent()) {
            managementToken.ifPresent(token -> watch.watch(token, () -> { }));
        }
    }

    /** @return a look at the file of the key */
    Runnable apiKeyRefused() {
        return () -> lookAt(apiKey);
    }

    /** @return a look at the file of the token */
    Runnable tokenRefused() {
        return () -> managementToken.ifPresent(SecretsAssembly::lookAt);
    }

    private static void lookAt(Reread<Secret> secret) {
        if (secret.isOfFiles()) {
            secret.lookIfNotWithin(NOT_SOONER);
        }
    }

    void watch(Reread<?> files) {
        watch.watch(files, () -> { });
    }

    /** @return what is wrong with the tokens for Kafka */
    Collection<Condition> tokenConditions() {
        return Optional.ofNullable(tokens.get()).map(Tokens::get).orElse(List.of());
    }

    /** @return watches the files of Kafka's clients, once Camel's component knows them */
    MainListener kafkaFiles() {
        return new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport main) {
                KafkaSecrets kafka = KafkaSecrets.of(main.getCamelContext());
                kafka.stores().ifPresent(SecretsAssembly.this::watch);
                kafka.tokens().ifPresent(tokens::set);
                kafka.password().ifPresent(password -> {
                    known.learn(password.get());
                    watch.watch(password, () -> known.learn(password.get()));
                });
            }
        };
    }
}
