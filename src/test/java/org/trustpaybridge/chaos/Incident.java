package org.trustpaybridge.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Something that happens during a run.
 *
 * @param at since the beginning
 * @param kind what
 * @param victim picks the bridge, modulo those running
 * @param length how long it lasts
 */
record Incident(Duration at, Kind kind, int victim, Duration length) {

    enum Kind { KILL, BROKER_STOP, BROKER_KILL, JOIN, LEAVE, PAUSE, OUTAGE, ACCOUNT_FAULT }

    boolean concernsBroker() {
        return kind == Kind.BROKER_STOP || kind == Kind.BROKER_KILL;
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
            default -> Duration.ZERO;
        };
    }
}
