package org.trustpaybridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks like a setting and is none is found, and what others put into the environment is left alone. */
class MisspeltTest {

    @ParameterizedTest
    @CsvSource({"ORDER_CURRENCY, ORDER_CURRENCIES", "DELIVERY_CONCURENCY, DELIVERY_CONCURRENCY", "TOPIC_DEADLETTER, TOPIC_DEAD_LETTER",
        "DELIVERYCONCURRENCY, DELIVERY_CONCURRENCY", "KAFKA_BROKER, KAFKA_BROKERS", "KAFKA_GROUPID, KAFKA_GROUP_ID",
        "KAFKA_GROUP, KAFKA_GROUP_ID", "KAKFA_BROKERS, KAFKA_BROKERS", "KAFKA_BOOTSTRAP_SERVERS, KAFKA_BROKERS",
        "kafka_brokers, KAFKA_BROKERS", "kafka.brokers, KAFKA_BROKERS", "Topic_Order_Created, TOPIC_ORDER_CREATED",
        "ORDER_CREATED_TOPIC, TOPIC_ORDER_CREATED", "DEAD_LETTER_TOPIC, TOPIC_DEAD_LETTER", "TOPIC_PAYMENT_URL, TOPIC_PAYMENT_URL_CREATED",
        "RETRY_MAX_DELAY_MS, RETRY_MAX_DELAY", "RETRY_GIVEUP_AFTER, RETRY_GIVE_UP_AFTER", "LEDGER_RETENTION_HOURS, LEDGER_RETENTION",
        "MULTISAFPAY_API_KEY, MULTISAFEPAY_API_KEY", "MULTI_SAFEPAY_API_KEY, MULTISAFEPAY_API_KEY", "MANAGMENT_PORT, MANAGEMENT_PORT",
        "MANAGEMENT_TOKEN_FILES, MANAGEMENT_TOKEN_FILE", "LOG_LEVLE, LOG_LEVEL", "LOGLEVEL, LOG_LEVEL",
        "CAMEL_COMPONET_KAFKA_SASL_MECHANISM, CAMEL_COMPONENT_KAFKA_SASL_MECHANISM",
        "CAMEL_COMPONENT_KAFAK_SASL_MECHANISM, CAMEL_COMPONENT_KAFKA_SASL_MECHANISM",
        "CAMEL_KAFKA_SASL_MECHANISM, CAMEL_COMPONENT_KAFKA_SASL_MECHANISM"})
    void a_variable_that_looks_like_a_setting_is_found_with_the_one_that_was_meant(String variable, String meant) {
        assertThat(Misspelt.among(Map.of(variable, "8081"), new Properties())).containsExactly(new Misspelt(variable, meant));
    }

    @ParameterizedTest
    @CsvSource({"delivery.concurency, delivery.concurrency", "kafka.groupId, kafka.group-id", "topic.deadletter, topic.dead-letter"})
    void so_is_a_system_property(String name, String meant) {
        Properties system = new Properties();
        system.putAll(Map.of(name, "1", "java.home", "/", "user.dir", "/", "camel.component.kafka.sasl-mechanism", "x", "LOG_LEVEL",
            "info"));
        Stream.of(Setting.values()).forEach(setting -> system.put(setting.key(), "1"));

        assertThat(Misspelt.among(Map.of(), system)).containsExactly(new Misspelt(name, meant));
    }

    /** By the rules of Kubernetes and of Docker's links; the services have the names of our settings on purpose. */
    @ParameterizedTest
    @ValueSource(strings = {"ORDER", "ORDER_CURRENCY", "DELIVERY", "TOPIC", "TOPIC_DEADLETTER", "KAFKA", "KAFKA_BROKER", "KAFKA_GROUP",
        "MANAGEMENT",
        "MANAGMENT", "LEDGER", "RETRY", "PUBLISH", "LOG", "MULTISAFEPAY", "MULTISAFEPAY_SIMULATOR", "DEAD_LETTER"})
    void what_the_platform_sets_for_a_service_is_left_alone(String service) {
        Map<String, String> environment = new HashMap<>(Map.of("MULTISAFEPAY_API_KEY", "k"));
        String address = "tcp://10.96.12.7:9092";
        environment.putAll(Map.of(service + "_SERVICE_HOST", "10.96.12.7", service + "_SERVICE_PORT", "9092", service
            + "_SERVICE_PORT_HTTP", "80",
            service + "_PORT", address, service + "_PORT_9092_TCP", address, service + "_PORT_9092_TCP_PROTO", "tcp",
            service + "_PORT_9092_TCP_PORT", "9092", service + "_PORT_9092_TCP_ADDR", "10.96.12.7"));

        assertThat(Misspelt.among(environment, new Properties())).isEmpty();
        assertThat(new SettingsLoader(environment, new Properties()).load(java.util.Optional.empty()).text(Setting.MANAGEMENT_PORT))
            .isEqualTo("9876");
    }

    @Test
    void what_other_programs_read_is_left_alone() {
        List<String> others = List.of("PATH", "HOME", "HOSTNAME", "LANG", "JAVA_HOME", "JAVA_OPTS", "JAVA_DEFAULT_OPTS",
            "JAVA_TOOL_OPTIONS",
            "MALLOC_ARENA_MAX", "HTTPS_PROXY", "NO_PROXY", "OTEL_SERVICE_NAME", "OTEL_EXPORTER_OTLP_ENDPOINT", "KAFKA_HOME", "KAFKA_OPTS",
            "KAFKA_HEAP_OPTS", "KAFKA_VERSION", "KAFKA_BROKER_ID", "KAFKA_NODE_ID", "KAFKA_CFG_NODE_ID", "KAFKA_LISTENERS",
                "KAFKA_LOG_DIRS",
            "KAFKA_ADVERTISED_LISTENERS", "KAFKA_CLUSTER_ID", "KAFKA_JMX_PORT", "KAFKA_TOPIC", "LOG_DIR", "LOG_FILE", "LOG_PATH",
                "ORDER_ID",
            "ORDER_SERVICE_URL", "ORDER_DB_HOST", "DELIVERY_SERVICE_URL", "DELIVERY_API_KEY", "TOPIC", "TOPIC_PREFIX",
                "MANAGEMENT_SERVER_PORT",
            "MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE", "SPRING_PROFILES_ACTIVE", "TRACING_ENDPOINT", "CAMEL_MAIN_NAME",
                "CAMEL_SSL_ENABLED",
            "CAMEL_SERVER_PORT", "CAMEL_COMPONENT_KAFKA_SASL_MECHANISM", "CAMEL_COMPONENT_HTTPS_PROXY_HOST", "INVOCATION_ID", "_");

        assertThat(Misspelt.among(others.stream().collect(Collectors.toMap(name -> name, name -> "x")), new Properties())).isEmpty();
        assertThat(Misspelt.among(Map.of("KAFKA_BROKERS", "k:9092", "KAFKA_BOOTSTRAP_SERVERS", "k:9092"), new Properties())).isEmpty();
    }

    @Test
    void no_setting_is_taken_for_another_one() {
        Map<String, String> all = Stream.of(Setting.values()).collect(Collectors.toMap(Setting::environmentVariable, setting -> "x"));

        assertThat(Misspelt.among(all, new Properties())).isEmpty();
    }
}
