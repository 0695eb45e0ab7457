package org.trustpaybridge.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Something that happens during a run.
 *
 * @param at since the beginning
 * @param kind what
 * @param victim picks the bridge, modulo those running
 * @param length how long it lasts
 */
record Incident(Duration at, Kind kind, int victim, Duration length) {

    enum Kind {
        KILL, BROKER_STOP, BROKER_KILL, JOIN, LEAVE, PAUSE, OUTAGE, ACCOUNT_FAULT,
        /** The broker comes back on another port. */
        BROKER_MOVED,
        /** Brokers let producers write next to nothing. */
        PRODUCERS_THROTTLED,
        /** A publisher aborts its transaction. */
        TRANSACTION_ABORTED,
        /** Records so large that their dead letters fit into no topic. */
        RECORDS_TOO_LARGE,
        /** Each topic gets one partition more. */
        PARTITION_ADDED,
        /** All bridges end, and Kafka forgets what the group committed. */
        OFFSETS_DELETED,
        /** All bridges end, and half of what is published meanwhile is deleted before anyone has read it. */
        DELETED_UNREAD,
        /** The inbound topic is deleted and created anew while bridges work on it. */
        TOPIC_CREATED_ANEW
    }

    /** What happens to Kafka itself, one thing at a time. */
    private static final Set<Kind> OF_KAFKA = EnumSet.of(Kind.BROKER_STOP, Kind.BROKER_KILL, Kind.BROKER_MOVED, Kind.PRODUCERS_THROTTLED,
        Kind.TRANSACTION_ABORTED, Kind.RECORDS_TOO_LARGE, Kind.PARTITION_ADDED, Kind.OFFSETS_DELETED, Kind.DELETED_UNREAD,
            Kind.TOPIC_CREATED_ANEW);

    boolean concernsKafka() {
        return OF_KAFKA.contains(kind);
    }

    /** Whether it is the fleet that is touched. */
    boolean endsAllBridges() {
        return kind == Kind.OFFSETS_DELETED || kind == Kind.DELETED_UNREAD;
    }

    boolean needsVictim() {
        return kind == Kind.KILL || kind == Kind.LEAVE || kind == Kind.PAUSE;
    }

    /** The seed's schedule. Provider faults last long and have places of their own, which do not touch; all else is shuffled. */
    static List<Incident> schedule(ChaosSettings settings) {
        Random random = new Random(~settings.seed());
        List<Kind> kinds = new ArrayList<>(Collections.nCopies(settings.kills(), Kind.KILL));
        for (int i = 0; i < settings.brokerRestarts(); i++) {
            kinds.add(i % 2 == 0 ? Kind.BROKER_STOP : Kind.BROKER_KILL);
        }
        OF_KAFKA.stream().filter(kind -> kind != Kind.BROKER_STOP && kind != Kind.BROKER_KILL)
            .filter(kind -> kind != Kind.BROKER_MOVED || !settings.cluster())
            .forEach(kind -> kinds.addAll(Collections.nCopies(settings.kafka(), kind)));
        kinds.addAll(Collections.nCopies(settings.pauses(), Kind.PAUSE));
        kinds.addAll(Collections.nCopies(2 * settings.joins(), Kind.JOIN));
        Collections.shuffle(kinds, random);
        List<Incident> incidents = new ArrayList<>();
        long slot = settings.length().toMillis() / (kinds.size() + 1);
        boolean join = true;
        for (int i = 0; i < kinds.size(); i++) {
            Kind kind = kinds.get(i);
            if (kind == Kind.JOIN) {
                kind = join ? Kind.JOIN : Kind.LEAVE;
                join = !join;
            }
            Duration at = Duration.ofMillis(slot * i + slot / 2 + (long) (slot * 0.7 * random.nextDouble()));
            incidents.add(new Incident(at, kind, random.nextInt(100), length(kind, random)));
        }
        incidents.add(providerFault(Kind.OUTAGE, settings.outage(), settings, 0.2 + 0.2 * random.nextDouble()));
        if (!settings.accountFault().isZero()) {
            incidents.add(providerFault(Kind.ACCOUNT_FAULT, settings.accountFault(), settings, 0.6 + 0.2 * random.nextDouble()));
        }
        incidents.sort(Comparator.comparing(Incident::at));
        return incidents;
    }

    private static Incident providerFault(Kind kind, Duration length, ChaosSettings settings, double place) {
        return new Incident(Duration.ofMillis((long) (settings.length().toMillis() * place)), kind, 0, length);
    }

    private static Duration length(Kind kind, Random random) {
        return switch (kind) {
            case KILL -> Duration.ofMillis(random.nextInt(3000));
            case BROKER_STOP, BROKER_KILL -> Duration.ofMillis(1000 + random.nextInt(6000));
            case PAUSE -> Duration.ofSeconds(12);
            case PRODUCERS_THROTTLED -> Duration.ofSeconds(8);
            default -> Duration.ZERO;
        };
    }
}
