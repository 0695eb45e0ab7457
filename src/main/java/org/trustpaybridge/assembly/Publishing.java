package org.trustpaybridge.assembly;

import java.time.Clock;
import java.util.Map;

import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.PublishGate;
import org.trustpaybridge.delivery.PublishGate.Target;
import org.trustpaybridge.delivery.StuckRecords;
import org.trustpaybridge.observe.state.PublishConditions;
import org.trustpaybridge.observe.state.PublishLog;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;

/**
 * Those who know whether what is published gets into Kafka.
 *
 * @param gate       which topics take records
 * @param stuck      which records fail alone
 * @param conditions the same in words
 */
record Publishing(PublishGate gate, StuckRecords stuck, PublishConditions conditions) {

    static Publishing of(Settings settings, InFlightWindow window, Clock clock) {
        PublishGate gate = new PublishGate(settings.delivery().maxDelay(), clock, System::nanoTime);
        StuckRecords stuck = new StuckRecords(window::stillOurs, clock);
        String deadLetters = settings.text(Setting.TOPIC_DEAD_LETTER);
        Map<Target, String> topics = Map.of(Target.PAYMENT_URLS, settings.text(Setting.TOPIC_PAYMENT_URL_CREATED),
            Target.DEAD_LETTERS, deadLetters, Target.LARGE_DEAD_LETTERS, deadLetters);
        PublishLog log = new PublishLog(window, topics, clock);
        gate.whenChanged((target, closed) -> {
            log.accept(target, closed);
            if (closed.isEmpty()) {
                window.releaseHeld();
            }
        });
        return new Publishing(gate, stuck, new PublishConditions(window, gate, stuck, topics, clock));
    }

    void passEnded(InFlightRecord inFlight) {
        gate.passEnded(inFlight);
        stuck.passEnded(inFlight);
    }
}
