package org.trustpaybridge.kafka;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.login.LoginException;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Puts what Kafka's clients throw into words. */
public final class KafkaFailure {

    private static final int LONGEST = 300;
    /** As Kafka's client (3.9.2) words what a login threw. */
    private static final Pattern WRAPPED =
        Pattern.compile("An error: \\((?:[\\w.$]+(?:Exception|Error): )*(.*?)(?: \\[Caused by |\\) occurred ).*");

    private KafkaFailure() {
    }

    /**
     * @param failure what a client threw
     * @param brokers bootstrap servers
     * @return one sentence for an operator, with what to do
     */
    public static String inWords(Throwable failure, String brokers) {
        Throwable cause = cause(failure);
        if (cause instanceof TimeoutException) {
            return "Kafka does not answer at " + brokers + ". Check kafka.brokers (KAFKA_BROKERS), and that TLS and SASL"
                + " (camel.component.kafka.security-protocol) are what this port expects.";
        }
        if (cause instanceof AuthenticationException) {
            return "Kafka at " + brokers + " does not let this client in: " + refusal(cause)
                + ". Check camel.component.kafka.sasl-* and ssl-*.";
        }
        if (cause instanceof LoginException) {
            return "No login at Kafka is possible: " + refusal(cause).replaceFirst("\\.$", "") + ".";
        }
        if (cause instanceof AuthorizationException) {
            return "Kafka refuses: " + cause.getMessage().replaceFirst("\\.$", "") + ". Grant the right, or use an account that has it.";
        }
        if (cause instanceof UnknownTopicOrPartitionException || cause instanceof InvalidTopicException) {
            return "Kafka knows no such topic: " + cause.getMessage();
        }
        if (cause instanceof ConfigException && cause.getMessage() != null && cause.getMessage().contains("bootstrap")) {
            return "No broker in kafka.brokers (KAFKA_BROKERS) can be resolved: " + brokers + ".";
        }
        if (cause instanceof InvalidConfigurationException) {
            return cause.getMessage();
        }
        return "Kafka's client failed: " + cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    /**
     * @param refusal of a login
     * @return what it says, in one line of some length: logins of others put all that they tried into it, and the classes it came through
     */
    static String refusal(Throwable refusal) {
        String message = String.valueOf(refusal.getMessage()).strip().replaceAll("\\s+", " ");
        Matcher wrapped = WRAPPED.matcher(message);
        String words = wrapped.matches() ? wrapped.group(1) : message;
        return words.length() > LONGEST ? words.substring(0, LONGEST) + "..." : words;
    }

    /** @return the exception that says what happened, out of those that only pass it on */
    public static Throwable cause(Throwable failure) {
        boolean envelope = failure instanceof ExecutionException || failure instanceof CompletionException
            || failure.getClass() == KafkaException.class;
        return envelope && failure.getCause() != null ? cause(failure.getCause()) : failure;
    }
}
