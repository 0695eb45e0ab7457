package org.trustpaybridge.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.KeyValuePair;

/** The shipped logging, with values that somebody made up in order to deceive. */
class QuotingTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', value = {
        "o-1,o-1", "Kč-ž-日本,Kč-ž-日本", "order-created-9@1,order-created-9@1", "~~,~\"\"~", "a b,~\"a b\"~", "a=b,~\"a=b\"~",
        "say \"x\",~\"say \\\"x\\\"\"~", "back\\slash,~\"back\\\\slash\"~"})
    void a_value_that_could_be_taken_for_several_stands_in_quotes(String value, String shown) {
        assertThat(Quoting.value(value)).isEqualTo(shown);
    }

    @Test
    void what_cannot_be_seen_or_turns_a_line_is_written_as_an_escape() {
        assertThat(Quoting.value("a\nb\u001b[31m\u202e\u200b\u2028\u3164\u00a0\udb40\udd01\ud800"))
            .isEqualTo("\"a\\u000ab\\u001b[31m\\u202e\\u200b\\u2028\\u3164\\u00a0\\udb40\\udd01\\ud800\"");
    }

    @Test
    void an_order_id_cannot_look_like_a_line_of_ours() throws Exception {
        String line = line("text", event("Said {}", "x\n2026 ERROR Forged",
            new KeyValuePair("order_id", "1 event=TPB0101 outcome=published"),
            new IllegalStateException("evil\n2026-01-01T00:00:00.000Z INFO  Payment URL published")));

        assertThat(line.lines().findFirst().orElseThrow()).contains("Said x\\u000a2026 ERROR Forged order_id=\"1 event=TPB0101"
            + " outcome=published\"");
        assertThat(line.lines().skip(1)).allMatch(each -> each.startsWith("\t")
            || each.startsWith("java.lang.IllegalStateException: evil\\u000a"));
    }

    private final LoggerContext text = new LoggerContext();
    private final LoggerContext json = new LoggerContext();

    @BeforeProperty
    void configureForProperties() throws Exception {
        configured("text");
        configured("json");
    }

    @AfterProperty
    void stopAfterProperties() {
        text.stop();
        json.stop();
    }

    @Property(tries = 300)
    void whatever_is_logged_takes_one_line_that_can_be_read_back(@ForAll String value) throws Exception {
        String line = line("text", event("Said {}", value, new KeyValuePair("order_id", value), null));
        String jsonLine = line("json", event("Said {}", value, new KeyValuePair("order_id", value), null));

        assertThat(line.stripTrailing().lines()).hasSize(1);
        assertThat(line.stripTrailing().chars()).noneMatch(Character::isISOControl);
        assertThat(jsonLine.stripTrailing().chars()).allMatch(c -> c >= ' ' && c < 0x7F);
        JsonNode read = JSON.readTree(jsonLine);
        if (value.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            assertThat(read.path("order_id").textValue()).isEqualTo(value);
        }
    }

    private LoggerContext configured(String format) throws Exception {
        LoggerContext context = format.equals("json") ? json : text;
        if (context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender(format) == null) {
            context.putProperty("LOG_FORMAT", format);
            JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(context);
            configurator.doConfigure(Path.of("src/main/resources/logback.xml").toFile());
        }
        return context;
    }

    private LoggingEvent event(String message, String argument, KeyValuePair pair, Throwable thrown) throws Exception {
        LoggingEvent event = new LoggingEvent(getClass().getName(), configured("text").getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME),
            Level.INFO,
            message, thrown, new Object[] {argument});
        event.addKeyValuePair(pair);
        return event;
    }

    @SuppressWarnings("unchecked")
    private String line(String format, LoggingEvent event) throws Exception {
        ch.qos.logback.classic.Logger root = configured(format).getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        return new String(((ConsoleAppender<ILoggingEvent>) root.getAppender(format)).getEncoder().encode(event), StandardCharsets.UTF_8);
    }
}
