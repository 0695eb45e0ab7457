package org.trustpaybridge.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.kafka.screen.FetchScreen;
import org.trustpaybridge.kafka.screen.PollBudget;
import org.trustpaybridge.kafka.screen.Screens;
import org.trustpaybridge.log.LogEvent;

/**
 * A consumer that hands out records without waiting for the ones before, commits only what is finished from the front, and pauses
 * fetching, not polling, while there is no room. camel-kafka uses it from its polling thread as it would use Kafka's own.
 *
 * <p>What {@link #poll} returns are not the fetched records themselves but their books: each value is an {@link InFlightRecord}, key and
 * headers are left out. So no record header becomes a Camel header, and a record can be handed out again without being fetched again.
 */
final class WindowedConsumer extends KafkaConsumer<Object, Object> {

    private static final Logger LOG = LoggerFactory.getLogger(WindowedConsumer.class);

    /** Bounds how late a commit or a due record can be when the topic is silent. */
    private static final Duration LONGEST_POLL = Duration.ofMillis(100);
    private static final Duration FULL_WAIT = Duration.ofMillis(20);
    /** To leave the group. Brokers that are gone without a word would take Kafka's own half a minute. */
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final Duration DRAIN_STEP = Duration.ofMillis(500);

    private final PollBudget<Object> budget;
    private final InFlightWindow window;
    private final ConsumerContext context;
    private final BrokerWatch brokerWatch;
    private final WakeUps wakeUps;
    private final Commits commits;
    private final FetchSteering fetching;
    private final Heartbeats heartbeats;
    private final FailedPolls failedPolls;
    private final Placement placement;
    private final FetchedPlaces places;
    private final FetchScreen screen;
    private Runnable subscription = () -> { };
    private boolean left;

    WindowedConsumer(Properties properties, ConsumerContext context) {
        this(properties, context, new PollBudget<>());
    }

    private WindowedConsumer(Properties properties, ConsumerContext context, PollBudget<Object> budget) {
        super(Screens.without(properties), new PollBudget.Keys<>(), budget);
        this.screen = FetchScreen.putBefore(this, false, Screens.of(properties));
        this.budget = budget;
        this.context = context;
        this.window = context.window();
        this.brokerWatch = context.brokerWatch();
        this.wakeUps = new WakeUps(this::wakeup);
        this.commits = new Commits(this, window, brokerWatch, wakeUps, Profiled.of(properties).commitInterval());
        this.fetching = new FetchSteering(window, context.consumption(), super::pause, super::resume, wakeUps::wake);
        this.heartbeats = new Heartbeats(context.lease(), context.alive().membership(), () -> !brokerWatch.waitingFor().isEmpty());
        this.places = new FetchedPlaces(this, window);
        this.failedPolls = new FailedPolls(this, (partition, offset) -> super.seek(partition, offset), properties, context);
        fetching.whenForgotten(failedPolls::forget);
        this.placement = new Placement(context, commits, fetching, wakeUps::wake, new Itself());
        window.whenReady(wakeUps::wake);
        context.consumption().whenSwitched(wakeUps::wake);
    }

    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        context.alive().pulse().beat();
        if (failedPolls.givenUp(timeout) || !brokerWatch.reached(this, timeout)) {
            return ConsumerRecords.empty();
        }
        try {
            return pollOnce(timeout);
        } catch (AuthenticationException | AuthorizationException e) {
            // A commit throws them too. Camel would end the consumer for good on the one, and reconnect without a pause on the other.
            brokerWatch.refused(e);
            return ConsumerRecords.empty();
        }
    }

    private ConsumerRecords<Object, Object> pollOnce(Duration timeout) {
        window.giveBackTaken();
        heartbeats.renewLease(this);
        commits.whenDue();
        placement.settle();
        fetching.steer(assignment(), paused(), failedPolls.readElsewhere());
        Optional<Duration> elsewhere = failedPolls.readOn(fetching::wanted);
        Duration wait = fetching.pausedByCamel() ? shorter(timeout, LONGEST_POLL) : wait(timeout);
        if (fetching.pausedByWindow() && !fetching.pausedByCamel()) {
            // Nothing can be fetched: wait for the window, not for the broker, and then just keep the membership alive.
            window.awaitChange(shorter(wait, FULL_WAIT));
            wait = Duration.ZERO;
        }
        fetch(elsewhere.isPresent() ? shorter(elsewhere.get(), wait) : wait);
        brokerWatch.polled(this);
        return fetching.pausedByCamel() ? ConsumerRecords.empty() : KafkaRecords.handedOut(window.takeReady());
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        brokerWatch.expect(topics);
        ConsumerRebalanceListener around = new WindowRebalanceListener(listener, context, placement, fetching, wakeUps, this::release);
        subscription = () -> super.subscribe(topics, around);
        subscription.run();
    }

    /** Called by Camel, on suspend and before it stops. */
    @Override
    public void pause(Collection<TopicPartition> partitions) {
        fetching.camelPauses(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        fetching.camelResumes(partitions);
    }

    /**
     * Does nothing: on resume Camel 4.18 seeks every partition back to its committed offset, which would fetch the records in flight again.
     */
    @Override
    public void seek(TopicPartition partition, long offset) {
        LOG.debug("A seek to {} on {} is ignored, the window keeps the position", offset, partition);
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        seek(partition, offset.offset());
    }

    /**
     * Camel asks on resume, to seek to what it is told. Nothing is asked of the broker for that: it would take time, and might end by a
     * wake-up that was meant for a poll, of which nobody would then know that it was used up. The bridge's own question is the one with a
     * time-out.
     */
    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        return Map.of();
    }

    @Override
    public void unsubscribe() {
        leave();
        super.unsubscribe();
    }

    @Override
    public void close() {
        leave();
        left = true;
        super.close(CLOSING);
    }

    @Override
    public void close(Duration timeout) {
        leave();
        left = true;
        super.close(timeout);
    }

    private void fetch(Duration wait) {
        wakeUps.pollBegins();
        budget.renew();
        try {
            // Records that became ready before this thread said that it polls have no one to wake.
            boolean something = !fetching.pausedByCamel() && window.untilNextDue().filter(Duration::isZero).isPresent();
            ConsumerRecords<Object, Object> fetched = super.poll(something ? Duration.ZERO : wait);
            wakeUps.pollEnded();
            for (ConsumerRecord<Object, Object> fetchedRecord : fetched) {
                places.noteEpoch(fetchedRecord);
                window.open(KafkaRecords.sourceOf(fetchedRecord));
            }
            places.notePositions(fetched.partitions());
            screen.complain();
            context.alive().faults().polled();
        } catch (WakeupException e) {
            if (!wakeUps.caught()) {
                throw e;
            }
        } catch (InvalidOffsetException e) {
            placement.outOfRange(e);
        } catch (AuthenticationException | AuthorizationException e) {
            // No failure of this consumer: the caller waits, whatever was refused.
            throw e;
        } catch (InterruptException e) {
            // Camel 4.18 would poll an unsubscribed consumer from then on. If it wants this thread to end, it does not poll again.
            boolean wasSet = Thread.interrupted();
            LogEvent.POLL_INTERRUPTED.on(LOG, wasSet).log();
        } catch (RuntimeException | Error e) {
            failedPolls.handle(e);
        } finally {
            wakeUps.pollEnded();
        }
    }

    private Duration wait(Duration timeout) {
        Duration wait = window.settled() && !fetching.holding() ? timeout : shorter(timeout, LONGEST_POLL);
        return window.untilNextDue().map(due -> shorter(due, wait)).orElse(wait);
    }

    /** Camel closes a consumer twice when it reconnects. */
    private void leave() {
        if (!left) {
            release(assignment());
            failedPolls.close();
        }
    }

    /** Lets what is running finish, commits, and closes the books of the partitions. */
    private void release(Collection<TopicPartition> partitions) {
        List<PartitionId> ids = partitions.stream().map(KafkaRecords::idOf).toList();
        if (ids.isEmpty()) {
            return;
        }
        wakeUps.pollEnded();
        finishRunning(ids);
        commits.last(ids);
        window.revoke(ids);
        places.forget(partitions);
    }

    private void finishRunning(List<PartitionId> ids) {
        window.giveBackTaken();
        window.release(ids);
        drain(ids);
    }

    /**
     * Waits as long as a call and its publishing can take: what is given away unfinished is posted again by another member. Meanwhile this
     * thread does not poll, but it lives, and heartbeats go on.
     */
    private void drain(List<PartitionId> ids) {
        long deadline = System.nanoTime() + context.drain().toNanos();
        boolean idle = window.awaitIdle(ids, DRAIN_STEP);
        while (!idle && System.nanoTime() - deadline < 0 && !Thread.currentThread().isInterrupted()) {
            heartbeats.renewLease(this);
            idle = window.awaitIdle(ids, DRAIN_STEP);
        }
        if (!idle) {
            LogEvent.GIVEN_AWAY_UNFINISHED.on(LOG).addKeyValue("partitions", ids).log();
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** Kafka's own client, as the placement sees it. */
    private final class Itself implements Placement.Client {

        @Override
        public void seek(TopicPartition partition, OffsetAndMetadata to) {
            places.forget(List.of(partition));
            failedPolls.forget(List.of(partition));
            WindowedConsumer.super.seek(partition, to);
        }

        @Override
        public void drain(List<PartitionId> ids) {
            finishRunning(ids);
        }

        /** Nothing that was fetched and not handed out survives that, nor does what the fetcher knew of the topic. */
        @Override
        public void joinAnew() {
            WindowedConsumer.super.unsubscribe();
            subscription.run();
        }

        @Override
        public Collection<TopicPartition> assigned() {
            return assignment();
        }
    }
}
