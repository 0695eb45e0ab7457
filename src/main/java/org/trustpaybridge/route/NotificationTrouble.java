package org.trustpaybridge.route;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.log.LogEvent;

/**
 * Whether notifications cannot be worked on, and why: known from those that failed since one was published, and from the topic of status
 * changes that cannot be read. That something could not be published counts until something is. That it was not known in time what had
 * been published counts for a while: MultiSafepay repeats after 15 minutes, and what did not come again says nothing of now.
 *
 * <p>Safe for use by several threads.
 */
public final class NotificationTrouble implements Supplier<Collection<Condition>> {

    private static final Logger LOG = LoggerFactory.getLogger(NotificationTrouble.class);
    private static final Duration SAY_AGAIN = Duration.ofMinutes(1);
    private static final Duration COUNTS = Duration.ofMinutes(20);
    /** A topic that is created with the start, or brokers that are restarted, are no trouble. */
    private static final Duration A_WHILE = Duration.ofSeconds(10);

    private final Supplier<Optional<String>> unreadable;
    private final Clock clock;
    private Instant since;
    private Instant last;
    private Instant said = Instant.MIN;
    private String cause = "";
    private boolean publishing;
    private Instant unreadableSince;

    /**
     * @param unreadable why the topic of status changes cannot be read now; empty while it can be
     * @param clock      wall clock
     */
    public NotificationTrouble(Supplier<Optional<String>> unreadable, Clock clock) {
        this.unreadable = unreadable;
        this.clock = clock;
    }

    /** It was not known in time what had been published before. */
    void notKnown(String why) {
        is(why, false);
    }

    /** One could not be published. */
    void notPublished(String why) {
        is(why, true);
    }

    private synchronized void is(String why, boolean whenPublishing) {
        publishing = whenPublishing || publishing && since != null;
        last = clock.instant();
        since = since == null ? last : since;
        cause = why;
        if (said.equals(Instant.MIN) || Duration.between(said, last).compareTo(SAY_AGAIN) >= 0) {
            said = last;
            LogEvent.NOTIFICATIONS_HELD.on(LOG).addKeyValue("cause", why).addKeyValue("since", since).log();
        }
    }

    /** One was published. */
    synchronized void over() {
        if (since != null) {
            since = null;
            said = Instant.MIN;
            LogEvent.NOTIFICATIONS_FLOW.on(LOG).log();
        }
    }

    @Override
    public synchronized Collection<Condition> get() {
        Instant now = clock.instant();
        Optional<String> fault = unreadable.get();
        unreadableSince = fault.isEmpty() ? null : unreadableSince == null ? now : unreadableSince;
        if (fault.isPresent() && Duration.between(unreadableSince, now).compareTo(A_WHILE) > 0) {
            return List.of(condition("Status changes cannot be read: " + fault.get(), unreadableSince));
        }
        boolean counts = since != null && (publishing || Duration.between(last, now).compareTo(COUNTS) < 0);
        return counts ? List.of(condition(Character.toUpperCase(cause.charAt(0)) + cause.substring(1), since)) : List.of();
    }

    private static Condition condition(String why, Instant when) {
        return new Condition(Condition.Name.NOTIFICATIONS_HELD, "Notifications cannot be worked on",
            why + ". MultiSafepay is told to send them again, and does so for 45 minutes. Orders flow. This is over when one is published.",
            Optional.of(when));
    }
}
