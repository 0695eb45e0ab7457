package org.trustpaybridge.command.console;

import java.util.Iterator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;

/** Keeps the log away from the results of a command. */
public final class QuietLog {

    private QuietLog() {
    }

    /**
     * Moves the log of this process to standard error, and turns it off where nobody asked for it.
     *
     * @param level what {@code LOG_LEVEL} says; null or blank: no log at all
     */
    public static void toStandardError(String level) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            move(context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME));
            if (level == null || level.isBlank()) {
                context.getLoggerList().stream().filter(logger -> logger.getLevel() != null).forEach(logger -> logger.setLevel(Level.OFF));
            }
        }
    }

    private static void move(Logger root) {
        for (Iterator<Appender<ILoggingEvent>> appenders = root.iteratorForAppenders(); appenders.hasNext();) {
            if (appenders.next() instanceof ConsoleAppender<ILoggingEvent> console) {
                console.stop();
                console.setTarget("System.err");
                console.start();
            }
        }
    }
}
