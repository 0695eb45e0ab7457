package org.trustpaybridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped logging; its variables are given as properties of the context, which stand for those of the environment. */
class LoggingConfigurationTest {

    private final LoggerContext context = new LoggerContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @CsvSource({"'', '', text, INFO", "text, info, text, INFO", "json, debug, json, DEBUG", "json, '', json, INFO", "'', WARN, text, WARN"})
    void format_and_level_follow_their_variables_and_blank_ones_count_as_not_set(String format, String level, String appender,
        String expected)
        throws JoranException {
        // Given
        context.putProperty("LOG_FORMAT", format);
        context.putProperty("LOG_LEVEL", level);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);

        // When
        configurator.doConfigure(Path.of("src/main/resources/logback.xml").toFile());

        // Then
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        assertThat(root.iteratorForAppenders()).toIterable().extracting(ch.qos.logback.core.Appender::getName).containsExactly(appender);
        assertThat(context.getLogger("org.trustpaybridge").getLevel()).isEqualTo(Level.valueOf(expected));
    }
}
