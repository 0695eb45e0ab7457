package org.trustpaybridge.kafka;

import java.lang.reflect.Proxy;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Makes producers that need not find Kafka at once, and that are made anew when they cannot do their work any more, see
 * {@link PatientProducer}. Camel makes one for each topic when the routes start, and never another.
 */
class PatientClientFactory extends DefaultKafkaClientFactory {

    /** Of the thread that made this: it knows the jars of lib/ext. Camel (4.18) puts its own in place before it makes a client. */
    private final ClassLoader classes = Thread.currentThread().getContextClassLoader();
    private final Set<PatientProducer> producers = ConcurrentHashMap.newKeySet();

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Producer getProducer(Properties kafkaProps) {
        PatientProducer patient = new PatientProducer(Profiled.fitProducer(kafkaProps),
            properties -> asMade(() -> new KafkaProducer<>(properties)),
            producers::remove, System::nanoTime);
        producers.add(patient);
        patient.makeIfResolved();
        return (Producer) Proxy.newProxyInstance(Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, patient);
    }

    /** Makes a client that finds the classes named in its properties; threads that it begins find them too. */
    <T> T asMade(Supplier<T> maker) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(classes);
        try {
            return maker.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Replaces producers whose thread has ended. */
    void mend() {
        producers.forEach(PatientProducer::mend);
    }
}
