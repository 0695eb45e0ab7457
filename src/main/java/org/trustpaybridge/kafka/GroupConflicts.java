package org.trustpaybridge.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupMaxSizeReachedException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.InvalidSessionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.log.LogEvent;

/**
 * Knows why the group does not take this instance. Two instances with one {@code group.instance.id} would take each other's place for ever:
 * the one whose place was taken waits until the other has left the group. Other reasons are looked at again every few seconds.
 *
 * <p>It outlives the consumer. The polling thread tells it, any thread asks for the condition.
 */
public final class GroupConflicts implements Supplier<Collection<Condition>> {

    private static final Logger LOG = LoggerFactory.getLogger(GroupConflicts.class);
    private static final Duration AGAIN = Duration.ofSeconds(5);
    /** When it cannot be asked whether the other has left. */
    private static final Duration AGAIN_UNASKED = Duration.ofSeconds(30);
    private static final Duration ANSWER = Duration.ofSeconds(4);
    private static final Duration STEP = Duration.ofMillis(500);

    private final Clock clock;
    private volatile Conflict conflict;
    private RuntimeException fenced;
    private long againNanos;

    /** @param clock wall clock */
    public GroupConflicts(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param failure    what a poll threw
     * @param properties of the consumer
     * @return whether it is a conflict of the group, and known from now on
     */
    boolean takes(Throwable failure, Properties properties) {
        String group = String.valueOf(properties.get(ConsumerConfig.GROUP_ID_CONFIG));
        String why;
        if (failure instanceof FencedInstanceIdException) {
            why = "another instance has taken the place of this one: both have the group.instance.id "
                + properties.get(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG) + " in the group " + group;
            fenced = (RuntimeException) failure;
        } else if (failure instanceof InconsistentGroupProtocolException) {
            why = "the members of the group " + group
                + " share partitions in another way than a bridge does; another program uses this group"
                + describe(properties).map(found -> ": " + BridgeAssignor.members(found)).orElse("");
        } else if (failure instanceof GroupMaxSizeReachedException) {
            why = "the group " + group + " has as many members as the brokers allow (group.max.size)";
        } else if (failure instanceof InvalidSessionTimeoutException) {
            why = "the brokers do not allow a session of " + properties.get(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG)
                + " ms (group.min.session.timeout.ms)";
        } else if (failure instanceof InvalidGroupIdException) {
            why = "the brokers do not take " + group + " for the name of a group";
        } else {
            return false;
        }
        Conflict before = conflict;
        againNanos = System.nanoTime() + AGAIN.toNanos();
        conflict = new Conflict(why, before == null ? clock.instant() : before.since);
        LogEvent.GROUP_CONFLICT.on(LOG, before == null || !before.why.equals(why)).addArgument(why).log();
        return true;
    }

    /**
     * @param timeout    longest wait
     * @param properties of the consumer
     * @return whether it is not time yet to ask the group again; some time has passed then
     * @throws RuntimeException what ended the consumer, when it is to be made anew
     */
    boolean holds(Duration timeout, Properties properties) {
        if (conflict == null) {
            return false;
        }
        if (System.nanoTime() - againNanos < 0) {
            pause(timeout.compareTo(STEP) < 0 ? timeout : STEP);
            return true;
        }
        if (fenced == null) {
            return false;
        }
        Optional<Boolean> taken = isTaken(properties);
        if (taken.orElse(false)) {
            againNanos = System.nanoTime() + AGAIN.toNanos();
            return true;
        }
        RuntimeException ended = fenced;
        if (taken.isEmpty()) {
            againNanos = System.nanoTime() + AGAIN_UNASKED.toNanos();
        }
        fenced = null;
        throw ended;
    }

    /** The group has taken this instance. */
    void joined() {
        if (conflict != null && fenced == null) {
            conflict = null;
            LogEvent.GROUP_JOINED.on(LOG).log();
        }
    }

    /** @return whether there is a member with this one's id; empty when Kafka does not tell */
    private static Optional<Boolean> isTaken(Properties properties) {
        Object id = properties.get(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        return describe(properties).map(group -> group.members().stream()
            .anyMatch(member -> member.groupInstanceId().filter(id::equals).isPresent()));
    }

    private static Optional<ConsumerGroupDescription> describe(Properties properties) {
        String group = properties.getProperty(ConsumerConfig.GROUP_ID_CONFIG);
        try (Admin admin = Admin.create(ClientDefaults.ofAdmin(properties))) {
            return Optional.of(admin.describeConsumerGroups(List.of(group)).describedGroups().get(group)
                .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.debug("Who is in the group is not known: {}", e.getClass().getSimpleName());
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static void pause(Duration wait) {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Collection<Condition> get() {
        Conflict now = conflict;
        return now == null ? List.of() : List.of(new Condition(Condition.Name.GROUP_CONFLICT,
            "The consumer group does not take this instance",
            now.why.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + now.why.substring(1)
                + ". It joins by itself when that has changed.",
            Optional.of(now.since)));
    }

    private record Conflict(String why, Instant since) {
    }
}
