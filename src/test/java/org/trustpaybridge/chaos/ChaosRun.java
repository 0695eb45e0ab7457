package org.trustpaybridge.chaos;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.kafka.clients.producer.RecordMetadata;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.BrokerCluster;
import org.trustpaybridge.testkit.KafkaProbe;
import org.trustpaybridge.testkit.MovableBroker;
import org.trustpaybridge.testkit.OrderEvents;
import org.trustpaybridge.testkit.ProcessRig;
import org.trustpaybridge.testkit.Topics;

/** One run: load and incidents side by side, then peace until everything is finished, then the judgement. */
final class ChaosRun implements AutoCloseable {
    static final String KIND = "chaos-kind";
    private static final Map<String, String> BRIDGE_SETTINGS = Map.of("MULTISAFEPAY_RESPONSE_TIMEOUT", "2s", "RETRY_MAX_DELAY", "5s");
    private static final int BRIDGES = 2;
    private static final Duration DRAIN = Duration.ofMinutes(3);

    private final ChaosSettings settings;
    private final ProcessRig rig;
    private final Topics topics;
    private final Fleet fleet;
    /** Whatever touches the fleet happens here. */
    private final ScheduledExecutorService stage = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "incidents"));
    /** Stopping and starting a broker takes seconds, in which other things shall happen. */
    private final ScheduledExecutorService brokerStage = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "broker"));
    private final AtomicInteger outstanding = new AtomicInteger();
    private final List<String> problems = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger brokerRestarts = new AtomicInteger();
    private final Published published = new Published();
    private final Lock load = new ReentrantLock();
    /** One thing at a time happens to Kafka. */
    private final AtomicBoolean kafkaLeftAlone = new AtomicBoolean(true);
    private final KafkaIncidents kafkaIncidents;
    private Instant began;

    ChaosRun(ChaosSettings settings) {
        this.settings = settings;
        say("seed " + settings.seed() + ", " + settings.orders() + " orders, " + settings.rate() + " records/s");
        rig = new ProcessRig(Path.of("target", "chaos", "seed-" + settings.seed()), Map.of("SIMULATOR_LATENCY", "20ms..150ms",
            "SIMULATOR_SEED", Long.toString(settings.seed())), settings.cluster() ? BrokerCluster.started() : MovableBroker.started());
        topics = rig.topics("chaos", 6);
        Map<String, String> bridges = new HashMap<>(BRIDGE_SETTINGS);
        bridges.put("RETRY_GIVE_UP_AFTER", settings.giveUpAfter().toSeconds() + "s");
        fleet = new Fleet(rig, topics, bridges);
        kafkaIncidents = new KafkaIncidents(rig, topics, published, load);
    }

    /** Runs it all. */
    Judgement judged() {
        List<BridgeProcess> first = List.of(fleet.join(), fleet.join());
        first.forEach(BridgeProcess::awaitReady);
        rig.faults(ChaosSettings.EVERYDAY_FAULTS);
        began = Instant.now();
        Incident.schedule(settings).forEach(incident -> in(stageOf(incident),
            Duration.between(Instant.now(), began.plus(incident.at())), () -> happen(incident)));
        publish(Deck.shuffled(settings));
        awaitEndOfIncidents();
        Duration drain = awaitFinished();
        problems.addAll(onStage(fleet::fallen));
        problems.addAll(onStage(fleet::stopAll));
        return new Judge(rig, topics, settings, published).judge(problems,
            new Judgement.Story(began, Duration.between(began, Instant.now()), drain,
            fleet.killed(), brokerRestarts.get()));
    }

    @Override
    public void close() {
        stage.shutdownNow();
        brokerStage.shutdownNow();
        rig.close();
    }

    private void publish(List<InputEvent> events) {
        KafkaProbe kafka = rig.kafka();
        List<Sent> sent = new ArrayList<>();
        for (InputEvent event : events) {
            LockSupport.parkNanos(Duration.between(Instant.now(), began.plus(event.at())).toNanos());
            load.lock();
            try {
                sent.add(new Sent(event, published.generation(),
                    kafka.publishSoon(topics.in(), event.key(), event.value(), KafkaProbe.header(KIND, event.kind().name()))));
            } finally {
                load.unlock();
            }
        }
        kafka.flush();
        for (Sent each : sent) {
            try {
                published.add(each.event(), each.generation(), each.acknowledged().get(2, TimeUnit.MINUTES));
            } catch (Exception e) {
                throw new IllegalStateException("The load itself could not be published", e);
            }
        }
    }

    private record Sent(InputEvent event, int generation, Future<RecordMetadata> acknowledged) {
    }

    private ScheduledExecutorService stageOf(Incident incident) {
        return incident.concernsKafka() && !incident.endsAllBridges() ? brokerStage : stage;
    }

    private void happen(Incident incident) {
        if (incident.needsVictim() && !fleet.hasVictim() || incident.concernsKafka() && !kafkaLeftAlone.compareAndSet(true, false)) {
            in(stageOf(incident), Duration.ofSeconds(1), () -> happen(incident));
            return;
        }
        boolean lasts = false;
        try {
            lasts = begin(incident);
        } finally {
            if (incident.concernsKafka() && !lasts) {
                kafkaLeftAlone.set(true);
            }
        }
    }

    /** @return whether Kafka is not left alone until somebody says so */
    private boolean begin(Incident incident) {
        say(incident.kind() + (incident.length().isZero() ? "" : " for " + incident.length().toMillis() + " ms"));
        switch (incident.kind()) {
            case KILL -> {
                fleet.kill(incident.victim());
                in(incident.length(), fleet::join);
            }
            case JOIN -> fleet.join();
            case LEAVE -> fleet.leave(incident.victim());
            case PAUSE -> {
                BridgeProcess bridge = fleet.pause(incident.victim());
                in(incident.length(), () -> fleet.resume(bridge));
            }
            case BROKER_STOP, BROKER_KILL -> {
                stopBroker(incident.kind());
                in(brokerStage, incident.length(), () -> {
                    rig.broker().start();
                    brokerRestarts.incrementAndGet();
                    kafkaLeftAlone.set(true);
                    say("the broker is back");
                });
                return true;
            }
            case PRODUCERS_THROTTLED -> {
                kafkaIncidents.throttleProducers(true);
                in(brokerStage, incident.length(), () -> {
                    kafkaIncidents.throttleProducers(false);
                    kafkaLeftAlone.set(true);
                });
                return true;
            }
            case BROKER_MOVED -> kafkaIncidents.moveBroker();
            case TRANSACTION_ABORTED -> kafkaIncidents.abortTransaction(incident.victim());
            case RECORDS_TOO_LARGE -> kafkaIncidents.publishTooLarge(incident.victim());
            case PARTITION_ADDED -> kafkaIncidents.addPartition();
            case TOPIC_CREATED_ANEW -> kafkaIncidents.createAnew();
            case OFFSETS_DELETED -> withoutBridges(kafkaIncidents::deleteOffsets);
            case DELETED_UNREAD -> withoutBridges(kafkaIncidents::deleteUnread);
            case OUTAGE -> providerFault("503=100%", incident);
            case ACCOUNT_FAULT -> providerFault("401=100%", incident);
            default -> throw new IllegalStateException("Unknown: " + incident);
        }
        return false;
    }

    private void withoutBridges(Runnable action) {
        int count = fleet.leaveAll();
        try {
            action.run();
        } finally {
            for (int i = 0; i < count; i++) {
                fleet.join();
            }
        }
    }

    private void stopBroker(Incident.Kind kind) {
        if (kind == Incident.Kind.BROKER_KILL) {
            rig.broker().kill();
        } else {
            rig.broker().stop();
        }
    }

    private void providerFault(String plan, Incident incident) {
        rig.faults(plan);
        in(incident.length(), () -> rig.faults(ChaosSettings.EVERYDAY_FAULTS));
    }

    private void in(Duration delay, Runnable action) {
        in(stage, delay, action);
    }

    private void in(ScheduledExecutorService where, Duration delay, Runnable action) {
        outstanding.incrementAndGet();
        where.schedule(() -> {
            try {
                action.run();
            } catch (RuntimeException | AssertionError e) {
                problems.add("An incident failed: " + e);
            } finally {
                outstanding.decrementAndGet();
            }
        }, Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
    }

    private void awaitEndOfIncidents() {
        Awaitility.await("the end of all incidents").atMost(Duration.ofMinutes(2)).until(() -> outstanding.get() == 0);
        if (onStage(fleet::size) < BRIDGES) {
            throw new IllegalStateException("The schedule left too few bridges");
        }
    }

    /** A shop goes on selling: by the next good orders a bridge sees that the provider works, and that those that fail are bad. */
    private Duration awaitFinished() {
        say("all published, waiting for the bridges");
        Instant from = Instant.now();
        AtomicInteger looks = new AtomicInteger();
        try {
            Awaitility.await("all offsets to be committed").atMost(DRAIN).pollInterval(Duration.ofSeconds(1)).ignoreExceptions()
                .until(() -> {
                boolean finished = rig.kafka().lag(topics.group(), topics.in()) == 0;
                if (!finished && looks.getAndIncrement() % 3 == 0) {
                    sellOneMore(looks.get());
                }
                return finished;
            });
        } catch (ConditionTimeoutException e) {
            problems.add("Not finished " + DRAIN.toSeconds() + " s after the last record");
        }
        return Duration.between(from, Instant.now());
    }

    private void sellOneMore(int number) {
        String id = "late-%05d".formatted(number);
        InputEvent event = new InputEvent(settings.length(), InputEvent.Kind.ORDER, id.getBytes(StandardCharsets.UTF_8),
            OrderEvents.order(id, 100));
        published.add(event, published.generation(), rig.kafka().publish(topics.in(), event.key(), event.value(),
            KafkaProbe.header(KIND, event.kind().name())));
    }

    private <T> T onStage(Callable<T> action) {
        try {
            return stage.submit(action).get(3, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void say(String what) {
        String time = began == null ? "" : " %6.1f s".formatted(Duration.between(began, Instant.now()).toMillis() / 1000.0);
        System.out.println("chaos" + time + "  " + what);
    }
}
