package org.trustpaybridge.command;

import java.util.LinkedHashSet;
import java.util.Set;

import org.trustpaybridge.kafka.CamelKafkaSettings;

/** Puts a failed start into words, without a stack trace. */
final class StartFailure {

    private static final int LONGEST = 500;

    private StartFailure() {
    }

    static String describe(Throwable failure) {
        return CamelKafkaSettings.refusal(failure).map(refusal -> "The bridge cannot start:\n  " + refusal.getMessage())
            .orElseGet(() -> "The bridge cannot start:\n  " + String.join("\n  ", lines(failure)) + "\nSet LOG_LEVEL=debug to see where.");
    }

    /** @return the same in one line */
    static String causes(Throwable failure) {
        return CamelKafkaSettings.refusal(failure).map(Throwable::getMessage).orElseGet(() -> String.join("; ", lines(failure)));
    }

    private static Set<String> lines(Throwable failure) {
        Set<String> lines = new LinkedHashSet<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage().strip();
            lines.add(message.length() > LONGEST ? message.substring(0, LONGEST) + "..." : message);
        }
        return lines;
    }
}
