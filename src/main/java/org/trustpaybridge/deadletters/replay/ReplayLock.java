package org.trustpaybridge.deadletters.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;

/**
 * Lets one replay run at a time: it is the only member of a consumer group of its own, which Kafka's brokers watch over. Whoever finds a
 * member there does not start; if two start in the same moment, each finds that it was not given all partitions. A replay that was killed
 * leaves the group when its session is over.
 */
final class ReplayLock implements AutoCloseable {

    /** Than the session of a member that was killed. */
    private static final Duration LONGER = Duration.ofSeconds(2);
    private static final Duration JOINING = Duration.ofSeconds(20);
    private static final Duration LEAVING = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofMillis(250);
    /** Far shorter than the session. */
    private static final Duration PROOF = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> member;
    private final Set<TopicPartition> mine = new HashSet<>();
    private final List<TopicPartition> all;
    private Instant proven = Instant.EPOCH;

    private ReplayLock(Consumer<byte[], byte[]> member, String topic) {
        this.member = member;
        this.all = TopicScan.partitions(member, topic);
        member.subscribe(List.of(topic), new Mine());
    }

    /**
     * @param admin   looks for other members first
     * @param member  a consumer of the group
     * @param session after what time a member that was killed is given up
     * @param topics  the group and the dead-letter topic
     * @param watcher told of the waiting
     * @param stop    ends the waiting
     * @return the lock, held
     * @throws ReplayRefusedException if another replay runs
     */
    static ReplayLock take(Admin admin, Consumer<byte[], byte[]> member, Duration session, ReplayTopics topics, Watcher watcher,
                           StopRequest stop) {
        try {
            return taken(admin, member, session.plus(LONGER), topics, watcher, stop);
        } catch (RuntimeException e) {
            member.close(LEAVING);
            throw e;
        }
    }

    private static ReplayLock taken(Admin admin, Consumer<byte[], byte[]> member, Duration killed, ReplayTopics topics, Watcher watcher,
                                    StopRequest stop) {
        String group = topics.group();
        Instant deadline = Instant.now().plus(killed);
        for (Collection<MemberDescription> others = members(admin, group); !others.isEmpty(); others = members(admin, group)) {
            if (Instant.now().isAfter(deadline) || stop.requested()) {
                MemberDescription other = others.iterator().next();
                throw new ReplayRefusedException("Another replay is running, on host " + other.host().replaceFirst("^/", "")
                    + " (consumer group " + group + "). Wait until it has ended.");
            }
            watcher.progress("Waiting for another replay to end, second",
                killed.minus(Duration.between(Instant.now(), deadline)).toSeconds(),
                killed.toSeconds());
            stop.await(RETRY);
        }
        ReplayLock lock = new ReplayLock(member, topics.deadLetter());
        lock.join(stop);
        return lock;
    }

    private static Collection<MemberDescription> members(Admin admin, String group) {
        try {
            return admin.describeConsumerGroups(List.of(group)).describedGroups().get(group).get().members();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return List.of();
            }
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void join(StopRequest stop) {
        Instant deadline = Instant.now().plus(JOINING);
        while (mine.size() < all.size()) {
            member.poll(RETRY);
            member.pause(mine);
            if (Instant.now().isAfter(deadline) || stop.requested()) {
                throw new ReplayRefusedException("Another replay has just started, or Kafka does not answer. Try again in a few seconds.");
            }
        }
    }

    /** Keeps the group from giving this member up; to be called at least every few minutes. */
    void keep() {
        member.pause(mine);
        member.poll(Duration.ZERO);
    }

    /**
     * To be asked before each record.
     *
     * @param next the dead letter that is next; noted in the group as a position for people to look at, and read by nobody
     * @return whether this is still the one replay
     */
    boolean isHeldFor(TopicPartition next, long offset) {
        keep();
        if (mine.size() < all.size()) {
            return false;
        }
        if (Instant.now().isAfter(proven.plus(PROOF))) {
            try {
                member.commitSync(Map.of(next, new OffsetAndMetadata(offset)));
            } catch (CommitFailedException | RebalanceInProgressException e) {
                return false;
            }
            proven = Instant.now();
        }
        return true;
    }

    @Override
    public void close() {
        member.close(LEAVING);
    }

    private final class Mine implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            mine.addAll(partitions);
            member.pause(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            mine.removeAll(partitions);
        }
    }
}
