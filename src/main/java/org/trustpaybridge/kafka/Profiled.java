package org.trustpaybridge.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.trustpaybridge.delivery.BrokerProfile;

/**
 * Fits what a client of Kafka is made with to what the brokers take, last of all: whatever routes and commands set, such as room for large
 * dead letters or short waits, they mean for Apache Kafka. The numbers are those that Microsoft recommends for Event Hubs.
 */
final class Profiled {

    /** Under which the clients' properties have it. */
    static final String KEY = "trustpay-bridge.broker.profile";

    private static final int REQUEST_MS = (int) Duration.ofSeconds(30).toMillis();
    /** The service closes what is silent for four minutes, and says nothing. */
    private static final long IDLE_MS = Duration.ofMinutes(3).toMillis();
    /** It closes a connection that brings more than 1,046,528. */
    private static final int REQUEST_BYTES = 1_000_000;
    private static final String COMPRESSION = "none";
    /** Some of its tiers unpack gzip, none another one. */
    private static final Set<String> CODECS = Set.of(COMPRESSION, "gzip");

    private Profiled() {
    }

    /** @return what the brokers are of a client with these properties */
    static BrokerProfile of(Map<?, ?> properties) {
        return properties.get(KEY) instanceof BrokerProfile known ? known : BrokerProfile.KAFKA;
    }

    /**
     * @param configuration of Camel's component, from which all clients are made
     * @throws RefusedSettingException when the operator set what these brokers do not take
     */
    static void apply(KafkaConfiguration configuration, String prefix, BrokerProfile profile) {
        if (profile == BrokerProfile.KAFKA) {
            return;
        }
        String codec = Optional.ofNullable(configuration.getAdditionalProperties().get(ProducerConfig.COMPRESSION_TYPE_CONFIG))
            .map(Object::toString).orElse(configuration.getCompressionCodec());
        if (codec != null && !CODECS.contains(codec)) {
            throw new RefusedSettingException(prefix + "compression-codec", "expected none or gzip, as kafka.profile is " + profile.word()
                + ": these brokers take no other.");
        }
        configuration.getAdditionalProperties().put(KEY, profile);
    }

    /** @return the same properties, changed */
    static Properties fit(Properties properties) {
        if (of(properties) == BrokerProfile.KAFKA) {
            return properties;
        }
        atLeast(properties, CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
        atMost(properties, CommonClientConfigs.CONNECTIONS_MAX_IDLE_MS_CONFIG, IDLE_MS);
        atMost(properties, CommonClientConfigs.METADATA_MAX_AGE_CONFIG, IDLE_MS);
        return properties;
    }

    /** @return the same properties of a client that asks, changed: a call may not be shorter than its request */
    static Properties fitAdmin(Properties properties) {
        if (of(properties) != BrokerProfile.KAFKA && properties.containsKey(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG)) {
            atLeast(properties, CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_MS);
        }
        return fit(properties);
    }

    /** @return the same properties of a producer, changed */
    static Properties fitProducer(Properties properties) {
        if (of(properties) != BrokerProfile.KAFKA) {
            atMost(properties, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, REQUEST_BYTES);
            atMost(properties, ProducerConfig.METADATA_MAX_IDLE_CONFIG, IDLE_MS);
            properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, COMPRESSION);
        }
        return fit(properties);
    }

    private static void atLeast(Properties properties, String name, int least) {
        properties.put(name, (int) Math.max(number(properties, name).orElse((long) least), least));
    }

    private static void atMost(Properties properties, String name, long most) {
        properties.put(name, Long.toString(Math.min(number(properties, name).orElse(most), most)));
    }

    private static Optional<Long> number(Properties properties, String name) {
        return Optional.ofNullable(properties.get(name)).map(Object::toString).map(Long::valueOf);
    }
}
