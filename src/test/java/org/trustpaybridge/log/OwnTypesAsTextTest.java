package org.trustpaybridge.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.provider.OutcomeKind;
import org.trustpaybridge.settings.Secret;

/** The shipped JSON logging, with values as the bridge logs them. */
class OwnTypesAsTextTest {

    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void configure() throws JoranException {
        context.putProperty("LOG_FORMAT", "json");
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Path.of("src/main/resources/logback.xml").toFile());
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void an_order_id_is_logged_as_a_string() throws Exception {
        assertThat(logged("order_id", new OrderId("my-order-id-1")).textValue()).isEqualTo("my-order-id-1");
    }

    @Test
    void partitions_are_logged_as_strings() throws Exception {
        assertThat(logged("partitions", List.of(new PartitionId("order-created", 3))).get(0).textValue()).isEqualTo("order-created-3");
    }

    @Test
    void a_secret_is_logged_as_stars() throws Exception {
        assertThat(logged("key", new Secret("abc")).textValue()).isEqualTo("***");
    }

    @Test
    void numbers_and_names_keep_their_json_types() throws Exception {
        assertThat(logged("took_ms", 12L).isIntegralNumber()).isTrue();
        assertThat(logged("outcome", OutcomeKind.TRANSIENT).textValue()).isEqualTo("TRANSIENT");
    }

    @SuppressWarnings("unchecked")
    private JsonNode logged(String key, Object value) throws Exception {
        ch.qos.logback.classic.Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        LoggingEvent event = new LoggingEvent(getClass().getName(), root, Level.INFO, "Said", null, null);
        event.addKeyValuePair(new KeyValuePair(key, value));
        byte[] line = ((ConsoleAppender<ILoggingEvent>) root.getAppender("json")).getEncoder().encode(event);
        return new ObjectMapper().readTree(new String(line, StandardCharsets.UTF_8)).get(key);
    }
}
