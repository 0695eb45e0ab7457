package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.testkit.CommandRun;
import org.trustpaybridge.testkit.FreePorts;
import org.trustpaybridge.testkit.Notification;
import org.trustpaybridge.testkit.ReceivedRecord;

/** Orders of every fate go through; then everything that an operator can see is searched for what must not be there. */
class SecretsTest {

    private static final List<String> FATES = List.of("secret-good", "secret-repaired", "sim-503x1-secret", "sim-1001-secret",
        "sim-1006-secret",
        "sim-reset-afterx1-secret", "sim-cutx1-secret", "sim-9999-secret", "sim-1032-200x1-secret", "sim-422-secret",
            "sim-stray-headers-secret",
        "sim-1001-echo-secret", "sim-1006-echo-secret", "sim-9999-echo-secret", "sim-1032-echox1-secret", "sim-1021-echox1-secret");

    private static final String KAFKA_PASSWORD = "kafka-secret-58b1";
    private static final String CLIENT_SECRET = "client-secret-of-oauth-2f7a";
    /** Not asked for by this broker, and therefore only carried along. */
    private static final String KAFKA_LOGIN =
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"" + KAFKA_PASSWORD
            + "\" clientSecret=\"" + CLIENT_SECRET + "\";";

    private static final String KEY_IN_BASE64 =
        Base64.getEncoder().encodeToString(WireRig.API_KEY.getBytes(StandardCharsets.UTF_8)).substring(0, 16);

    private static final Captured LOG = new Captured();
    private static final String STATUS = "payment-status-changed";
    private static WireRig rig;

    @BeforeAll
    static void send_orders_of_every_fate() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        LOG.setContext(root.getLoggerContext());
        LOG.start();
        root.addAppender(LOG);
        ((Logger) LoggerFactory.getLogger("org.trustpaybridge")).setLevel(Level.TRACE);
        ((Logger) LoggerFactory.getLogger("org.apache.camel")).setLevel(Level.INFO);
        int port = FreePorts.one();
        rig = new WireRig(List.of(STATUS), Map.of("CAMEL_COMPONENT_KAFKA_SASL_JAAS_CONFIG", KAFKA_LOGIN, "NOTIFICATIONS_ENABLED", "true",
            "NOTIFICATIONS_PORT", Integer.toString(port)));
        for (String id : FATES) {
            rig.publish(id, Events.order(id));
        }
        rig.publish("secret-wrong", Events.order("secret-wrong").replace("1000", "true").replace("jana.novakova@", "jana.novakova@@"));
        rig.publish("secret-repaired", Events.order("secret-repaired").replace("\"locale\"",
            "\"state\":\"Jihojana.novakova\",\"birthday\":\"jana.novakova\",\"ip_address\":\"jana.novakova, 10.0.0.1\",\"locale\""));
        rig.publish("secret-cut", Events.order("secret-cut").substring(0, 250));
        notify(port);
        for (String id : List.of("secret-good", "sim-503x1-secret", "sim-reset-afterx1-secret", "sim-cutx1-secret", "sim-1032-200x1-secret",
            "sim-stray-headers-secret", "sim-1032-echox1-secret", "sim-1021-echox1-secret")) {
            rig.kafka.awaitRecord(WireRig.OUT, id);
        }
        for (String id : List.of("sim-1001-secret", "sim-1006-secret", "sim-9999-secret", "sim-422-secret", "secret-wrong", "secret-cut",
            "sim-1001-echo-secret", "sim-1006-echo-secret", "sim-9999-echo-secret")) {
            rig.kafka.awaitRecord(WireRig.DEAD, id);
        }
    }

    /** One that is published, one that is not signed with the key, one that nobody understands, and one whose status is the key. */
    private static void notify(int port) throws Exception {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Notification.of(WireRig.API_KEY, "secret-paid", "completed")
            .sendTo(port).statusCode() == 200);
        Notification.of("another-key", "secret-paid", "completed").sendTo(port);
        Notification.of(WireRig.API_KEY, "secret-odd", "Jana <" + Events.PERSONAL + ">").sendTo(port);
        Notification.of(WireRig.API_KEY, "secret-odd", WireRig.API_KEY).sendTo(port);
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(LOG);
        ((Logger) LoggerFactory.getLogger("org.trustpaybridge")).setLevel(null);
        ((Logger) LoggerFactory.getLogger("org.apache.camel")).setLevel(null);
    }

    @Test
    void the_log_holds_no_secret_and_no_personal_data() {
        assertThat(LOG.lines).anyMatch(line -> line.contains("Payment URL published"));
        assertThat(LOG.lines).allSatisfy(SecretsTest::assertClean);
    }

    @Test
    void jmx_holds_no_secret_and_no_personal_data() throws Exception {
        List<String> attributes = jmx(Set.of("org.apache.camel", "kafka.consumer", "kafka.producer", "org.trustpaybridge"));

        assertThat(attributes).anyMatch(line -> line.contains("name=\"payment-order\"")).allSatisfy(SecretsTest::assertClean);
    }

    @Test
    void metrics_and_health_hold_no_secret_and_no_personal_data() throws Exception {
        String metrics = rig.get("/observe/metrics");
        String health = rig.get("/observe/health");

        assertThat(metrics).contains("trustpay_bridge_provider_failures_total{");
        assertThat(health).contains("UP");
        assertThat(rig.get("/status")).contains("sim-1001-secret", "PROVIDER_REJECTED");
        assertClean(metrics);
        assertClean(rig.get("/status"));
        assertClean(rig.get("/"));
        assertClean(health);
    }

    @Test
    void events_of_a_status_hold_no_secret_and_no_personal_data_at_all() {
        assertThat(rig.kafka.readAll(STATUS)).hasSize(1).allSatisfy(each -> assertClean(each.value()));
    }

    @Test
    void headers_of_outgoing_records_hold_no_secret_and_no_personal_data() {
        List<ReceivedRecord> outgoing = new ArrayList<>(rig.kafka.readAll(WireRig.OUT));
        outgoing.addAll(rig.kafka.readAll(WireRig.DEAD));
        outgoing.addAll(rig.kafka.readAll(STATUS));

        assertThat(outgoing).hasSizeGreaterThanOrEqualTo(FATES.size()).allSatisfy(each ->
            assertClean(each.headerNames().stream().map(name -> name + "=" + each.headers(name)).collect(Collectors.joining(" "))));
    }

    /** The host of a URL may be seen there, its path and query not. */
    @Test
    void commands_for_dead_letters_tell_no_secret_and_no_personal_data(@TempDir Path folder) throws Exception {
        Path config = CommandRun.config(folder.resolve("secrets.properties"),
            Map.of("KAFKA_BROKERS", rig.broker.bootstrapServers(), "MULTISAFEPAY_API_KEY", WireRig.API_KEY));
        List<CommandRun> runs = new ArrayList<>();
        runs.add(CommandRun.of(config, "dead-letters", "list"));
        runs.add(CommandRun.of(config, "dead-letters", "list", "--json"));
        runs.add(CommandRun.of(config, "dead-letters", "replay", "--all", "--json"));
        for (ReceivedRecord letter : rig.kafka.readAll(WireRig.DEAD)) {
            runs.add(CommandRun.of(config, "dead-letters", "show", letter.partition() + "@" + letter.offset()));
        }

        assertThat(runs).hasSizeGreaterThanOrEqualTo(9).allSatisfy(run -> {
            assertThat(run.code()).as(run.err()).isZero();
            assertClean(run.out().replace("https://shop.example.com/***", ""));
            assertClean(run.err());
        });
    }

    /** Otherwise a test that looks for what must not be there might look at nothing. */
    @Test
    void what_the_provider_says_back_is_there_without_the_key() {
        ReceivedRecord letter = rig.kafka.awaitRecord(WireRig.DEAD, "sim-1001-echo-secret");

        assertThat(letter.header("bridge-error-detail").orElseThrow()).contains("*** {\\\"api_key\\\":\\\"***\\\"} ***= ***== ***");
    }

    private static void assertClean(String text) {
        assertThat(text).doesNotContain(KEY_IN_BASE64).doesNotContainIgnoringCase("%77%69%72%65");
        assertThat(text).doesNotContain(WireRig.API_KEY).doesNotContain(KAFKA_PASSWORD, CLIENT_SECRET).doesNotContain("jana.novakova")
            .doesNotContain("/connect/").doesNotContain("n0t1fy").doesNotContain("shop.example.com").doesNotContain("events_token");
    }

    static List<String> jmx(Set<String> domains) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        List<String> lines = new ArrayList<>();
        for (ObjectName name : server.queryNames(null, null)) {
            if (domains.contains(name.getDomain())) {
                lines.add(name.toString());
                for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                    lines.add(name + " " + attribute.getName() + "=" + value(server, name, attribute));
                }
            }
        }
        return lines;
    }

    private static Object value(MBeanServer server, ObjectName name, MBeanAttributeInfo attribute) {
        try {
            Object value = server.getAttribute(name, attribute.getName());
            return value instanceof Object[] array ? List.of(array) : value;
        } catch (Exception e) {
            return e.getMessage();
        }
    }

    /** Keeps each event as it would be written: message, key=value fields, and the exception with its causes. */
    private static final class Captured extends AppenderBase<ILoggingEvent> {

        final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            // The broker and the simulator run in this JVM too, and are not the bridge.
            if (!event.getLoggerName().startsWith("kafka.") && !event.getLoggerName().startsWith("org.trustpaybridge.simulator")) {
                StringBuilder line = new StringBuilder(event.getLoggerName() + " " + event.getFormattedMessage() + " "
                    + event.getKeyValuePairs());
                for (IThrowableProxy thrown = event.getThrowableProxy(); thrown != null; thrown = thrown.getCause()) {
                    line.append(' ').append(thrown.getClassName()).append(": ").append(thrown.getMessage());
                }
                lines.add(line.toString());
            }
        }
    }
}
