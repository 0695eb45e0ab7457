package org.trustpaybridge.log;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;

/** Stack traces as Java prints them, but the message of an exception cannot begin a line. */
public final class Traces extends ThrowableHandlingConverter {

    private static final int CAUSES = 20;

    @Override
    public String convert(ILoggingEvent event) {
        StringBuilder trace = new StringBuilder();
        IThrowableProxy thrown = event.getThrowableProxy();
        for (int depth = 0; thrown != null && depth < CAUSES; depth++) {
            trace.append(depth == 0 ? "" : "Caused by: ").append(thrown.getClassName());
            if (thrown.getMessage() != null) {
                trace.append(": ").append(Quoting.sentence(thrown.getMessage()));
            }
            trace.append(System.lineSeparator());
            StackTraceElementProxy[] elements = thrown.getStackTraceElementProxyArray();
            int own = elements.length - thrown.getCommonFrames();
            for (int i = 0; i < own; i++) {
                trace.append('\t').append(elements[i].getSTEAsString()).append(System.lineSeparator());
            }
            if (thrown.getCommonFrames() > 0) {
                trace.append("\t... ").append(thrown.getCommonFrames()).append(" common frames omitted").append(System.lineSeparator());
            }
            thrown = thrown.getCause();
        }
        return trace.toString();
    }
}
