package org.trustpaybridge.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.condition.Condition.Name;
import org.trustpaybridge.log.LogEvent;

/**
 * Knows whether the group keeps this member. A coordinator that answers too late leaves orders waiting, since nothing may be published; one
 * that gives the member up again and again has others, or this one, begin anew each time. Neither is an error to Kafka's client.
 *
 * <p>It outlives the consumer. The polling thread tells it, any thread asks for the conditions.
 */
public final class Membership implements Supplier<Collection<Condition>> {

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    /** Longer than a rebalance takes in which members finish their calls. */
    private static final Duration LASTS = Duration.ofSeconds(30);
    /** A heartbeat that is answered late allows a moment of publishing, and no more. */
    private static final Duration STAYS = Duration.ofSeconds(10);
    /** Without a look for that long, something else is the matter. */
    private static final Duration UNSEEN = Duration.ofSeconds(10);
    private static final Duration REMEMBERED = Duration.ofMinutes(3);
    private static final int OFTEN = 3;

    private final Clock clock;
    private final Deque<Instant> losses = new ArrayDeque<>();
    private Instant lookedAt = Instant.MIN;
    private Instant confirmedSince;
    private Instant unconfirmedSince;
    private Duration unconfirmed = Duration.ZERO;
    private boolean said;

    /** @param clock wall clock */
    public Membership(Clock clock) {
        this.clock = clock;
    }

    /**
     * With every poll.
     *
     * @param confirmed whether what this member has may be published
     */
    synchronized void looked(boolean confirmed) {
        Instant now = clock.instant();
        Duration passed = lookedAt.equals(Instant.MIN) ? Duration.ZERO : Duration.between(lookedAt, now);
        lookedAt = now;
        if (!confirmed) {
            confirmedSince = null;
            unconfirmedSince = unconfirmedSince == null ? now : unconfirmedSince;
            unconfirmed = passed.compareTo(UNSEEN) > 0 ? Duration.ZERO : unconfirmed.plus(passed);
            if (!said && lasts(now)) {
                said = true;
                LogEvent.MEMBERSHIP_UNCONFIRMED.on(LOG).log();
            }
            return;
        }
        confirmedSince = confirmedSince == null ? now : confirmedSince;
        if (Duration.between(confirmedSince, now).compareTo(STAYS) >= 0) {
            unconfirmed = Duration.ZERO;
            unconfirmedSince = null;
            if (said) {
                said = false;
                LogEvent.MEMBERSHIP_CONFIRMED.on(LOG).log();
            }
        }
    }

    /** The group gave this member up. */
    synchronized void lost() {
        losses.addLast(clock.instant());
        if (losses.size() > OFTEN) {
            losses.removeFirst();
        }
    }

    private boolean lasts(Instant now) {
        return unconfirmed.compareTo(LASTS) >= 0 && Duration.between(lookedAt, now).compareTo(UNSEEN) <= 0;
    }

    @Override
    public synchronized Collection<Condition> get() {
        Instant now = clock.instant();
        List<Condition> found = new ArrayList<>();
        if (lasts(now)) {
            found.add(new Condition(Name.MEMBERSHIP_UNCONFIRMED,
                "The consumer group does not confirm that this instance has its partitions",
                "Heartbeats are answered too late, or not at all, so nothing may be published. The coordinator is slow, or the group waits"
                    + " for a member that does not come.", Optional.of(unconfirmedSince)));
        }
        if (losses.size() >= OFTEN && Duration.between(losses.getFirst(), now).compareTo(REMEMBERED) < 0) {
            found.add(new Condition(Name.MEMBERSHIP_LOST, "The consumer group gives this instance up again and again",
                "Its partitions are lost each time, and orders in flight are begun anew. Look for pauses of this process or of the"
                    + " network, and whether somebody removes members from the group.", Optional.of(losses.getFirst())));
        }
        return found;
    }
}
