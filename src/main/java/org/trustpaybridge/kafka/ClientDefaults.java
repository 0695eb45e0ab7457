package org.trustpaybridge.kafka;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.trustpaybridge.kafka.screen.HeapShare;

/** What every client of Kafka has in common here, be it of a route, of a reader or of a command. */
final class ClientDefaults {

    /** What was aborted is no order. */
    static final String ISOLATION = IsolationLevel.READ_COMMITTED.toString().toLowerCase(Locale.ROOT);
    /** In the words of Camel's component. */
    static final String ISOLATION_SETTING = "isolation-level";

    /** Partitions are added while all is well, and nothing else than a look would tell. */
    private static final Duration METADATA_AGE = Duration.ofSeconds(5);
    /** Brokers may all be replaced. Then only the addresses from the settings are of use. */
    private static final String RECOVERY = MetadataRecoveryStrategy.REBOOTSTRAP.name;
    /** Kafka's own first wait for a connection, also for those after it: a longer one hangs on to an address that is gone. */
    private static final String CONNECTING_MS = "10000";
    private static final Set<String> OF_A_GROUP = Set.of(CommonClientConfigs.GROUP_ID_CONFIG, CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG,
        CommonClientConfigs.CLIENT_ID_CONFIG, ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG);

    private static final Set<Object> OURS = Set.of(Tokens.KEY, Profiled.KEY);

    private ClientDefaults() {
    }

    /**
     * @param configuration of Camel's component, from which all clients are made; what the operator set stays
     * @throws RefusedSettingException when the operator wants to read what is not committed
     */
    static void apply(KafkaConfiguration configuration, String prefix) {
        Map<String, Object> additional = configuration.getAdditionalProperties();
        additional.putIfAbsent(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, RECOVERY);
        if (!additional.containsKey(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG)) {
            additional.putIfAbsent(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, CONNECTING_MS);
        }
        if (configuration.getMetadataMaxAgeMs().equals(new KafkaConfiguration().getMetadataMaxAgeMs())) {
            configuration.setMetadataMaxAgeMs((int) METADATA_AGE.toMillis());
        }
        boundFetches(configuration);
        // The settings were checked for their form. Camel would end the start for a name that does not resolve yet.
        configuration.setPreValidateHostAndPort(false);
        if (configuration.getIsolationLevel() != null && !ISOLATION.equals(configuration.getIsolationLevel())) {
            throw new RefusedSettingException(prefix + ISOLATION_SETTING, "expected " + ISOLATION
                + ", as the bridge sets it itself: an order whose transaction was aborted is none.");
        }
        configuration.setIsolationLevel(ISOLATION);
    }

    private static void boundFetches(KafkaConfiguration configuration) {
        KafkaConfiguration defaults = new KafkaConfiguration();
        if (configuration.getFetchMaxBytes().equals(defaults.getFetchMaxBytes())) {
            configuration.setFetchMaxBytes(HeapShare.fetch());
        }
        if (configuration.getMaxPartitionFetchBytes().equals(defaults.getMaxPartitionFetchBytes())) {
            configuration.setMaxPartitionFetchBytes(Math.min(HeapShare.fetch(), configuration.getMaxPartitionFetchBytes()));
        }
    }

    /** A consumer of the group, whatever the route says. */
    static Properties ofGroup(Properties made) {
        Properties properties = new Properties();
        properties.putAll(made);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, ISOLATION);
        return properties;
    }

    /** A consumer that reaches the same brokers, and is in no group. */
    static Properties ofReader(Properties ofGroup) {
        Properties properties = ofGroup(ofGroup);
        OF_A_GROUP.forEach(properties::remove);
        return properties;
    }

    /** A client that asks the same brokers. */
    static Properties ofAdmin(Properties ofGroup) {
        Properties properties = new Properties();
        ofGroup.forEach((name, value) -> {
            if ((AdminClientConfig.configNames().contains(name) || OURS.contains(name)) && !OF_A_GROUP.contains(name)) {
                properties.put(name, value);
            }
        });
        return properties;
    }
}
