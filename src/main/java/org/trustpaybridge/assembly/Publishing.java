package org.trustpaybridge.assembly;

import java.time.Clock;
import java.util.Map;
import java.util.Set;

import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.PublishGate;
import org.trustpaybridge.delivery.PublishGate.Target;
import org.trustpaybridge.delivery.StuckRecords;
import org.trustpaybridge.kafka.OutgoingRecordSerializer;
import org.trustpaybridge.kafka.PublishingKafka;
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

    /** Of each endpoint that publishes; the names are those of camel-kafka's endpoints. */
    private static final Map<String, String> ENDPOINTS = Map.of(
        "requestRequiredAcks", "all",
        "enableIdempotence", "true",
        // What is not acknowledged soon is published again, after a look at who has the partition. A producer that keeps trying on its own
        // might succeed when another member has published the order already.
        "requestTimeoutMs", "{{publish.request-timeout}}",
        "deliveryTimeoutMs", "{{publish.delivery-timeout}}",
        "maxBlockMs", "{{publish.delivery-timeout}}",
        "keySerializer", "org.apache.kafka.common.serialization.ByteArraySerializer",
        "valueSerializer", OutgoingRecordSerializer.class.getName(),
        "headerFilterStrategy", "#noHeaders",
        // Goes on with an acknowledged record at once, on the thread of the producer. What follows must not wait for anything.
        "workerPool", "#onProducerThread");

    /** @return Camel's component for Kafka, by which the routes read and publish */
    static PublishingKafka component(Settings settings) {
        return new PublishingKafka(Set.of(settings.text(Setting.TOPIC_PAYMENT_URL_CREATED), settings.text(Setting.TOPIC_DEAD_LETTER),
            settings.text(Setting.TOPIC_PAYMENT_STATUS_CHANGED)), ENDPOINTS);
    }

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
