package org.trustpaybridge.kafka;

import java.lang.reflect.Proxy;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Makes producers that need not find Kafka at once, and that are made anew when they cannot do their work any more, see
 * {@link PatientProducer}. Camel makes one for each topic when the routes start, and never another.
 */
class PatientClientFactory extends DefaultKafkaClientFactory {

    private final Set<PatientProducer> producers = ConcurrentHashMap.newKeySet();

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Producer getProducer(Properties kafkaProps) {
        PatientProducer patient = new PatientProducer(Profiled.fitProducer(kafkaProps), properties -> new KafkaProducer<>(properties),
            producers::remove, System::nanoTime);
        producers.add(patient);
        patient.makeIfResolved();
        return (Producer) Proxy.newProxyInstance(Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, patient);
    }

    /** Replaces producers whose thread has ended. */
    void mend() {
        producers.forEach(PatientProducer::mend);
    }
}
