package org.trustpaybridge.kafka;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.trustpaybridge.supervision.Vital;

/**
 * Misses the threads with which Kafka's producers send. A producer whose thread has died takes records and never says what became of them
 * (kafka-clients 3.9.2). Those of the routes are made anew; the process ends where that does not help. One that was closed has taken its
 * name out of JMX.
 */
public final class ProducerThreads implements Supplier<Optional<String>> {

    private static final String PREFIX = "kafka-producer-network-thread | ";
    /** A producer that is being closed is in JMX for a moment longer than its thread lives. */
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final Set<Thread> seen = new HashSet<>();
    private final Runnable mend;

    private ProducerThreads(Runnable mend) {
        this.mend = mend;
    }

    /**
     * @param context of the routes
     * @return what is to be asked about them; being asked, it replaces producers that have lost their thread
     */
    public static Vital vital(CamelContext context) {
        KafkaComponent component = context.getComponent("kafka", KafkaComponent.class);
        return new Vital("A producer of Kafka's", CLOSING, new ProducerThreads(
            component.getKafkaClientFactory() instanceof PatientClientFactory factory ? factory::mend : () -> { }));
    }

    @Override
    public Optional<String> get() {
        mend.run();
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] threads = new Thread[root.activeCount() * 2];
        int count = root.enumerate(threads);
        Arrays.stream(threads, 0, count).filter(thread -> thread.getName().startsWith(PREFIX)).forEach(seen::add);
        for (Iterator<Thread> each = seen.iterator(); each.hasNext();) {
            Thread thread = each.next();
            if (!thread.isAlive()) {
                if (open(thread.getName().substring(PREFIX.length()))) {
                    return Optional.of("has lost its thread " + thread.getName());
                }
                each.remove();
            }
        }
        return Optional.empty();
    }

    private static boolean open(String clientId) {
        try {
            return ManagementFactory.getPlatformMBeanServer()
                .isRegistered(new ObjectName("kafka.producer:type=app-info,id=" + ObjectName.quote(clientId)))
                || ManagementFactory.getPlatformMBeanServer().isRegistered(new ObjectName("kafka.producer:type=app-info,id=" + clientId));
        } catch (MalformedObjectNameException e) {
            return false;
        }
    }
}
