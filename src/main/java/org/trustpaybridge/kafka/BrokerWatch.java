package org.trustpaybridge.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.log.LogEvent;

/**
 * Knows whether Kafka was reached and when it was last polled, and says now and then what is waited for. Kafka's client itself would log a
 * warning every second and say nothing of a topic that does not exist.
 */
public final class BrokerWatch {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerWatch.class);
    private static final Duration SAY_AGAIN = Duration.ofSeconds(15);
    private static final Duration CHECK = Duration.ofSeconds(2);
    private static final Duration ASK = Duration.ofSeconds(2);
    /** A client that is refused is told so with every question, of which it asks one every 5 seconds at least. */
    private static final Duration LET_IN = Duration.ofSeconds(7);
    private static final Duration REACHABLE = Duration.ofSeconds(4);
    /** Longer than a client needs that can find its way back by itself. */
    private static final Duration CUT_OFF = Duration.ofSeconds(10);

    private final String brokers;
    private final Duration silence;
    private final Clock clock;
    private volatile boolean reached;
    private volatile Instant lastPoll;
    private volatile String waitingFor = "";
    private volatile Instant waitingSince;
    private volatile List<String> topics = List.of();
    private Instant saidAt = Instant.MIN;
    private Instant checkedAt = Instant.MIN;
    private Instant notCommittedSaidAt = Instant.MIN;
    private volatile Instant anotherReachedSince;
    private Instant refusedAt = Instant.MIN;
    private Consumer<?, ?> listenedTo;
    private double heardBytes;
    private Instant heardAt = Instant.MIN;
    private Instant listenedAt = Instant.MIN;

    /**
     * @param brokers bootstrap servers, for messages
     * @param silence without a heartbeat for that long, Kafka is away
     * @param clock   clock for {@link #lastPoll()}
     */
    public BrokerWatch(String brokers, Duration silence, Clock clock) {
        this.brokers = brokers;
        this.silence = silence;
        this.clock = clock;
    }

    /** @return when the consumer last came back from a poll; null before the first time */
    public Instant lastPoll() {
        return lastPoll;
    }

    /** @return whether Kafka and the inbound topic were reached since the start */
    public boolean reached() {
        return reached;
    }

    /** @return what is waited for, as a sentence; empty when nothing is */
    public String waitingFor() {
        return waitingFor;
    }

    /** @return since when something is, or was last, waited for; null when nothing ever was */
    public Instant waitingSince() {
        return waitingSince;
    }

    void expect(Collection<String> subscribed) {
        topics = List.copyOf(subscribed);
    }

    /** @return whether the brokers and the topics are there; asked until they are, never afterwards */
    boolean reached(Consumer<?, ?> consumer, Duration timeout) {
        if (reached) {
            return true;
        }
        Duration atMost = timeout.compareTo(ASK) < 0 ? timeout : ASK;
        try {
            for (String topic : topics) {
                if (consumer.partitionsFor(topic, atMost).isEmpty()) {
                    waitFor("topic " + topic + " does not exist");
                    pause(atMost);
                    return false;
                }
            }
            if (!waitingFor.isEmpty()) {
                LogEvent.KAFKA_REACHED.on(LOG).addKeyValue("brokers", brokers).log();
            }
            waitingFor = "";
            reached = true;
        } catch (TimeoutException e) {
            waitFor("no broker answers");
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            waitFor(e.getClass().getSimpleName() + ": " + KafkaFailure.refusal(e));
            pause(atMost);
        }
        return reached;
    }

    /** Notes a poll, and now and then looks how long ago a heartbeat was sent, which needs a coordinator. */
    void polled(Consumer<?, ?> consumer) {
        Instant now = clock.instant();
        lastPoll = now;
        if (Duration.between(checkedAt, now).compareTo(CHECK) < 0) {
            return;
        }
        checkedAt = now;
        // Negative before the first.
        double silent = metric(consumer, "consumer-coordinator-metrics", "last-heartbeat-seconds-ago");
        if (silent * 1000 > silence.toMillis()) {
            waitFor("no heartbeat could be sent for " + (long) silent + " s");
        } else if (silent >= 0 && !waitingFor.isEmpty() && Duration.between(refusedAt, now).compareTo(LET_IN) > 0) {
            LogEvent.KAFKA_BACK.on(LOG).addKeyValue("brokers", brokers).log();
            waitingFor = "";
        }
    }

    private static double metric(Consumer<?, ?> consumer, String group, String name) {
        return consumer.metrics().values().stream()
            .filter(metric -> metric.metricName().name().equals(name) && metric.metricName().group().equals(group))
            .map(metric -> metric.metricValue()).filter(Double.class::isInstance).mapToDouble(Double.class::cast).findFirst().orElse(0);
    }

    /**
     * Another client, which begins anew after every failure, asked Kafka.
     *
     * @param reached whether it got an answer
     */
    void answeredAnother(boolean reached) {
        if (!reached) {
            anotherReachedSince = null;
        } else if (anotherReachedSince == null) {
            anotherReachedSince = clock.instant();
        }
    }

    /**
     * Kafka's client (3.9.2) goes back to the addresses from the settings only when none of those that it was told can be tried. Of several
     * that are gone without an answer, there is always one to try.
     *
     * @return whether the consumer has not received a byte for a while although Kafka can be reached
     */
    boolean cutOff(Consumer<?, ?> consumer) {
        Instant now = clock.instant();
        boolean lookedAway = consumer != listenedTo || Duration.between(listenedAt, now).compareTo(CHECK.multipliedBy(2)) > 0;
        if (!lookedAway && Duration.between(listenedAt, now).compareTo(CHECK) < 0) {
            return false;
        }
        listenedTo = consumer;
        listenedAt = now;
        double bytes = metric(consumer, "consumer-metrics", "incoming-byte-total");
        if (lookedAway || bytes != heardBytes) {
            heardBytes = bytes;
            heardAt = now;
        }
        Instant since = anotherReachedSince;
        boolean cutOff = since != null && Duration.between(since, now).compareTo(REACHABLE) > 0
            && Duration.between(heardAt, now).compareTo(CUT_OFF) > 0;
        if (cutOff) {
            LogEvent.KAFKA_CLIENT_RENEWED.on(LOG).addKeyValue("client", "consumer").addKeyValue("cause",
                "no broker that it knows has answered for " + Duration.between(heardAt, now).toSeconds() + " s").log();
        }
        return cutOff;
    }

    /** The polling thread does its work, and has a reason not to poll that is told elsewhere. */
    void idle() {
        lastPoll = clock.instant();
    }

    /** Without that, no client can be made. */
    void missing(String what, Duration wait) {
        waitFor(what);
        pause(wait);
    }

    /** Kafka refuses this client. It may be let in again without a restart, so it asks again after a while. */
    void refused(KafkaException refusal) {
        refusedAt = clock.instant();
        waitFor(refusal.getClass().getSimpleName() + ": " + KafkaFailure.refusal(refusal));
        pause(ASK);
    }

    /** Offsets could not be committed; they go with the next commit. */
    void notCommitted(Exception failure) {
        Instant now = clock.instant();
        if (Duration.between(notCommittedSaidAt, now).compareTo(SAY_AGAIN) >= 0) {
            notCommittedSaidAt = now;
            LogEvent.COMMIT_DEFERRED.on(LOG).addKeyValue("cause", failure.getClass().getSimpleName()).log();
        }
    }

    private void waitFor(String what) {
        Instant now = clock.instant();
        if (waitingFor.isEmpty()) {
            waitingSince = now;
        }
        if (waitingFor.isEmpty() || Duration.between(saidAt, now).compareTo(SAY_AGAIN) >= 0) {
            saidAt = now;
            LogEvent.KAFKA_AWAITED.on(LOG).addKeyValue("brokers", brokers).addArgument(what).log();
        }
        waitingFor = what;
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
