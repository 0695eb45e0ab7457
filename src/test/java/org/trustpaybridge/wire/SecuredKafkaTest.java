package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trustpaybridge.testkit.BrokerSettings;
import org.trustpaybridge.testkit.FreePorts;
import org.trustpaybridge.testkit.TestCertificate;

/**
 * TLS and SCRAM as docs/settings.md says, with the passwords in the environment, against a broker that lets nobody do what is not allowed:
 * all clients of the bridge get through, with the rights that docs/operate.md lists and no others.
 */
class SecuredKafkaTest {

    private static final String USER = "trustpay-bridge";
    private static final String PASSWORD = "kafka-test-password-5d1e";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AclBinding READ_DEAD_LETTERS = topic(WireRig.DEAD, AclOperation.READ);

    @TempDir
    private static Path folder;
    private static WireRig rig;

    @BeforeAll
    static void start() throws Exception {
        TestCertificate certificate = TestCertificate.in(folder);
        int port = FreePorts.one();
        BrokerSettings settings = BrokerSettings.defaults().withSecure(port, certificate)
            .with("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .with("super.users", "User:ANONYMOUS");
        rig = new WireRig(settings, Map.of(
            "KAFKA_BROKERS", "127.0.0.1:" + port,
            "camel.component.kafka.security-protocol", "SASL_SSL",
            "camel.component.kafka.sasl-mechanism", "SCRAM-SHA-512",
            "CAMEL_COMPONENT_KAFKA_SASL_JAAS_CONFIG", "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + USER
                + "\" password=\"" + PASSWORD + "\";",
            "camel.component.kafka.ssl-truststore-location", certificate.trustStore().toString(),
            "camel.component.kafka.ssl-truststore-type", "PKCS12",
            "CAMEL_COMPONENT_KAFKA_SSL_TRUSTSTORE_PASSWORD", TestCertificate.PASSWORD));
        // The bridge runs by now, and waits until it is let in.
        try (Admin admin = rig.broker.admin()) {
            admin.createAcls(rights()).all().get(10, TimeUnit.SECONDS);
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(USER,
                new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), PASSWORD.getBytes(StandardCharsets.UTF_8)))).all()
                .get(10, TimeUnit.SECONDS);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
    }

    @Test
    void orders_and_dead_letters_flow_and_what_was_published_is_known_after_a_restart() {
        rig.publish("secured", Events.order("secured"));
        rig.publish("poison", "no order");
        rig.kafka.awaitRecord(WireRig.OUT, "secured");
        rig.kafka.awaitRecord(WireRig.DEAD, "poison");
        rig.restartBridge();

        rig.publish("secured", Events.order("secured"));
        rig.publish("next", Events.order("next"));

        rig.kafka.awaitRecord(WireRig.OUT, "next");
        await().atMost(PATIENCE).until(() -> rig.kafka.lag(WireRig.GROUP, WireRig.IN) == 0);
        assertThat(rig.simulator.orderPosts("secured")).isEqualTo(1);
    }

    @Test
    void orders_flow_also_for_a_bridge_that_may_write_dead_letters_but_not_read_them() throws Exception {
        try (Admin admin = rig.broker.admin()) {
            AclBindingFilter reading = READ_DEAD_LETTERS.toFilter();
            admin.deleteAcls(List.of(reading)).all().get(10, TimeUnit.SECONDS);
            rig.restartBridge();

            rig.publish("unread", Events.order("unread"));
            rig.publish("unread-poison", "no order");

            rig.kafka.awaitRecord(WireRig.OUT, "unread");
            rig.kafka.awaitRecord(WireRig.DEAD, "unread-poison");
            assertThat(rig.get("/observe/health/ready")).contains("UP");
            admin.createAcls(List.of(READ_DEAD_LETTERS)).all().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void the_right_to_read_orders_is_missed_for_as_long_as_it_is_taken_away() throws Exception {
        flows("read-before");
        try (Admin admin = rig.broker.admin(); Logged logged = new Logged()) {
            withdraw(admin, topic(WireRig.IN, AclOperation.READ));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(rig.get("/observe/health/ready")).contains("DOWN", "Waiting for Kafka",
                "TopicAuthorizationException"));
            rig.publish("read-during", Events.order("read-during"));

            await().during(Duration.ofSeconds(8)).atMost(PATIENCE).until(() -> rig.get("/observe/health/ready")
                .contains("Waiting for Kafka"));

            assertThat(logged.with("TPB0301", "TopicAuthorizationException")).hasSizeBetween(1, 3);
            admin.createAcls(List.of(topic(WireRig.IN, AclOperation.READ))).all().get(10, TimeUnit.SECONDS);
            rig.kafka.awaitRecord(WireRig.OUT, "read-during");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(rig.get("/observe/health/ready")).contains("\"UP\""));
        }
    }

    @Test
    void the_right_to_be_in_the_group_is_missed_for_as_long_as_it_is_taken_away() throws Exception {
        flows("group-before");
        try (Admin admin = rig.broker.admin()) {
            AclBinding group = right(ResourceType.GROUP, WireRig.GROUP, AclOperation.READ);
            withdraw(admin, group);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(rig.get("/observe/health/ready")).contains("DOWN",
                "GroupAuthorizationException"));
            rig.publish("group-during", Events.order("group-during"));

            await().during(Duration.ofSeconds(8)).atMost(PATIENCE).until(() -> rig.get("/observe/health/ready").contains("DOWN"));

            admin.createAcls(List.of(group)).all().get(10, TimeUnit.SECONDS);
            rig.kafka.awaitRecord(WireRig.OUT, "group-during");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(rig.get("/observe/health/ready")).contains("\"UP\""));
            assertThat(rig.simulator.orderPosts("group-during")).isEqualTo(1);
        }
    }

    /** Without any topic to write to, a new producer does not even get its id, and a running one is refused with each record. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_right_to_write_is_missed_for_as_long_as_it_is_taken_away_and_each_order_is_published_once(boolean restarted) throws Exception {
        flows("write-before-" + restarted);
        try (Admin admin = rig.broker.admin()) {
            AclBinding out = topic(WireRig.OUT, AclOperation.WRITE);
            AclBinding dead = topic(WireRig.DEAD, AclOperation.WRITE);
            withdraw(admin, out);
            withdraw(admin, dead);
            if (restarted) {
                rig.restartBridge();
            }
            String id = "write-during-" + restarted;
            rig.publish(id, Events.order(id));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(rig.get("/observe/health/ready")).contains("DOWN",
                "Payment URLs cannot be published"));
            await().pollDelay(Duration.ofSeconds(4)).until(() -> true);

            admin.createAcls(List.of(out, dead)).all().get(10, TimeUnit.SECONDS);

            rig.kafka.awaitRecord(WireRig.OUT, id);
            flows("write-after-" + restarted);
            assertThat(rig.kafka.readAll(WireRig.OUT).stream().filter(each -> id.equals(each.key()))).hasSize(1);
            assertThat(rig.simulator.orderPosts(id)).isEqualTo(1);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(rig.get("/observe/health/ready")).contains("\"UP\""));
        }
    }

    private static void withdraw(Admin admin, AclBinding right) throws Exception {
        admin.deleteAcls(List.of(right.toFilter())).all().get(10, TimeUnit.SECONDS);
    }

    private static void flows(String order) {
        rig.publish(order, Events.order(order));
        rig.kafka.awaitRecord(WireRig.OUT, order);
    }

    private static List<AclBinding> rights() {
        List<AclBinding> rights = new ArrayList<>();
        rights.add(topic(WireRig.IN, AclOperation.READ));
        rights.add(topic(WireRig.OUT, AclOperation.READ));
        rights.add(topic(WireRig.OUT, AclOperation.WRITE));
        rights.add(topic(WireRig.DEAD, AclOperation.WRITE));
        rights.add(READ_DEAD_LETTERS);
        rights.add(right(ResourceType.GROUP, WireRig.GROUP, AclOperation.READ));
        return rights;
    }

    private static AclBinding topic(String name, AclOperation operation) {
        return right(ResourceType.TOPIC, name, operation);
    }

    private static AclBinding right(ResourceType type, String name, AclOperation operation) {
        return new AclBinding(new ResourcePattern(type, name, PatternType.LITERAL),
            new AccessControlEntry("User:" + USER, "*", operation, AclPermissionType.ALLOW));
    }
}
