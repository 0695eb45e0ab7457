package org.trustpaybridge.observe.state;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.PublishGate.Closed;
import org.trustpaybridge.delivery.PublishGate.Target;
import org.trustpaybridge.log.LogEvent;

/** One line when a topic takes nothing, one a minute while that goes on, and one when it takes records again. */
public final class PublishLog implements BiConsumer<Target, Optional<Closed>> {

    private static final Logger LOG = LoggerFactory.getLogger(PublishLog.class);
    private static final Duration SAY_AGAIN = Duration.ofMinutes(1);

    private final InFlightWindow window;
    private final Map<Target, String> topics;
    private final Clock clock;
    private final Map<Target, Instant> closedSince = new EnumMap<>(Target.class);
    private final Map<Target, Instant> saidAt = new EnumMap<>(Target.class);

    /**
     * @param window knows how many records are held, and lets them go
     * @param topics names of the topics
     * @param clock  tells how long it took
     */
    public PublishLog(InFlightWindow window, Map<Target, String> topics, Clock clock) {
        this.window = window;
        this.topics = Map.copyOf(topics);
        this.clock = clock;
    }

    @Override
    public void accept(Target target, Optional<Closed> closed) {
        closed.ifPresentOrElse(why -> closed(target, why), () -> open(target));
    }

    private synchronized void closed(Target target, Closed closed) {
        Instant now = clock.instant();
        closedSince.put(target, closed.since());
        boolean loud = !now.isBefore(saidAt.getOrDefault(target, Instant.MIN));
        if (loud) {
            saidAt.put(target, now.plus(SAY_AGAIN));
        }
        event(target).on(LOG, loud)
            .addKeyValue("topic", topics.get(target))
            .addKeyValue("cause", closed.why())
            .addKeyValue("held", window.status().held())
            .addKeyValue("since_s", Duration.between(closed.since(), now).toSeconds())
            .log();
    }

    private static LogEvent event(Target target) {
        return switch (target) {
            case PAYMENT_URLS -> LogEvent.PAYMENT_URLS_HELD;
            case DEAD_LETTERS -> LogEvent.DEAD_LETTERS_HELD;
            case LARGE_DEAD_LETTERS -> LogEvent.TOO_LARGE_HELD;
        };
    }

    private synchronized void open(Target target) {
        LogEvent.PUBLISHED_AGAIN.on(LOG, saidAt.remove(target) != null)
            .addKeyValue("topic", topics.get(target))
            .addKeyValue("held", window.status().held())
            .addKeyValue("held_s", Duration.between(closedSince.getOrDefault(target, clock.instant()), clock.instant()).toSeconds())
            .log();
    }
}
