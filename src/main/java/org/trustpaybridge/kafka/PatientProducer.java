package org.trustpaybridge.kafka;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.log.LogEvent;

/**
 * A producer behind which there is another one when the first cannot do its work any more: when its thread has ended, when it is in a
 * state that Kafka's client (3.9.2) never leaves, or when none of the addresses that it knows has answered for a while. It is made with
 * the first record where no broker's name resolves before, or there is no token to log in with.
 *
 * <p>What the one before still has gets some time to be acknowledged; then it fails as not acknowledged, so it is looked for on its topic
 * before it is published again.
 *
 * <p>Safe for use by several threads, as producers are.
 */
final class PatientProducer implements InvocationHandler {

    private static final Logger LOG = LoggerFactory.getLogger(PatientProducer.class);
    /** A broker that comes back soon needs no new producer. */
    private static final long SILENCE_NANOS = Duration.ofSeconds(15).toNanos();
    private static final long SAY_AGAIN_NANOS = Duration.ofSeconds(15).toNanos();
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);
    private static final String THREAD = "kafka-producer-network-thread | ";
    private static final int DEEPEST = 10;

    private final Properties properties;
    private final String brokers;
    private final Function<Properties, Producer<Object, Object>> maker;
    private final Consumer<PatientProducer> whenClosed;
    private volatile Made made;
    private volatile boolean closed;
    private final LongSupplier nanoTime;
    private long saidAt;

    /**
     * @param maker      makes a producer of Kafka's
     * @param whenClosed told when it was closed
     * @param nanoTime   monotonic time in nanoseconds
     */
    PatientProducer(Properties properties, Function<Properties, Producer<Object, Object>> maker, Consumer<PatientProducer> whenClosed,
                    LongSupplier nanoTime) {
        this.properties = properties;
        this.brokers = properties.getProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG);
        this.maker = maker;
        this.whenClosed = whenClosed;
        this.nanoTime = nanoTime;
        this.saidAt = nanoTime.getAsLong() - SAY_AGAIN_NANOS;
    }

    /** What Kafka refuses for another reason than a name or a token ends the start. */
    void makeIfResolved() {
        if (BrokerNames.missing(properties).isEmpty()) {
            make(null);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getDeclaringClass().equals(Object.class)) {
            return ofObject(proxy, method, arguments);
        }
        if (method.getName().equals("send")) {
            return send((ProducerRecord<Object, Object>) arguments[0], arguments.length > 1 ? (Callback) arguments[1] : null);
        }
        if (method.getName().equals("close")) {
            closed = true;
            whenClosed.accept(this);
        }
        if (made == null && method.getName().equals("close")) {
            return null;
        }
        if (made == null && method.getName().equals("metrics")) {
            return Map.of();
        }
        try {
            return method.invoke(ready().producer, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Object ofObject(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "producer for " + brokers;
        };
    }

    private Future<RecordMetadata> send(ProducerRecord<Object, Object> message, Callback callback) {
        Made now = ready();
        Pending pending = new Pending(now, callback);
        now.pending.add(pending);
        try {
            return now.producer.send(message, pending);
        } catch (RuntimeException | Error e) {
            pending.claim();
            now.failed(e);
            throw e;
        }
    }

    /** Replaces a producer whose thread has ended, for what it has would never be acknowledged. */
    void mend() {
        Made now = made;
        if (now != null && !closed && now.threadEnded()) {
            now.lost = "its thread has ended";
            make(now);
        }
    }

    private Made ready() {
        Made now = made;
        if (now != null && now.threadEnded()) {
            now.lost = "its thread has ended";
        }
        if (now == null || now.lost != null && !closed && nanoTime.getAsLong() - now.madeAt > PAUSE_NANOS) {
            make(now);
        }
        return made;
    }

    private synchronized void make(Made before) {
        if (made != before) {
            return;
        }
        BrokerNames.missing(properties).ifPresent(missing -> {
            throw new TimeoutException(missing);
        });
        made = new Made(maker.apply(properties));
        if (before != null) {
            boolean loud = nanoTime.getAsLong() - saidAt > SAY_AGAIN_NANOS;
            saidAt = loud ? nanoTime.getAsLong() : saidAt;
            LogEvent.KAFKA_CLIENT_RENEWED.on(LOG, loud).addKeyValue("client", before.clientId).addKeyValue("cause", before.lost).log();
            Thread end = new Thread(before::end, "producer-end");
            end.setDaemon(true);
            end.start();
        }
    }

    /** Why a producer will never publish again; empty if it may. */
    private static Optional<String> beyondRepair(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException
                || cause instanceof OutOfOrderSequenceException || cause instanceof ClusterAuthorizationException
                || cause instanceof AuthenticationException || cause instanceof UnsupportedVersionException
                || cause instanceof IllegalStateException) {
                return Optional.of(cause.getClass().getSimpleName());
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    /** One producer of Kafka's. */
    private final class Made {

        private final Producer<Object, Object> producer;
        private final String clientId;
        private final Thread thread;
        private final long madeAt = nanoTime.getAsLong();
        private final Set<Pending> pending = ConcurrentHashMap.newKeySet();
        private volatile long heardAt = madeAt;
        /** Why it is of no use any more; null while it is. */
        private volatile String lost;

        Made(Producer<Object, Object> producer) {
            this.producer = producer;
            this.clientId = producer.metrics().keySet().stream().map(metric -> metric.tags().get("client-id"))
                .filter(Objects::nonNull).findFirst().orElse("");
            this.thread = threads().filter(each -> each.getName().equals(THREAD + clientId)).findFirst().orElse(null);
        }

        private static Stream<Thread> threads() {
            return Thread.getAllStackTraces().keySet().stream();
        }

        boolean threadEnded() {
            return thread != null && !thread.isAlive();
        }

        void heard(Exception failure) {
            if (failure == null) {
                heardAt = nanoTime.getAsLong();
            } else {
                failed(failure);
            }
        }

        void failed(Throwable failure) {
            Optional<String> never = beyondRepair(failure);
            if (never.isPresent()) {
                lost = never.get();
            } else if (!(failure instanceof TimeoutException)) {
                // A broker said so.
                heardAt = nanoTime.getAsLong();
            } else if (nanoTime.getAsLong() - heardAt > SILENCE_NANOS) {
                lost = "no broker that it knows has answered for " + TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - heardAt) + " s";
            }
        }

        /** Without its thread, a producer says nothing of what it has. */
        void end() {
            try {
                producer.close(LAST_WORDS);
            } catch (KafkaException e) {
                LOG.debug("A producer that is of no use any more could not be closed", e);
            }
            pending.forEach(each -> each.onCompletion(null, new DisconnectException("The producer has ended")));
        }
    }

    /** A record that was not acknowledged yet. */
    private static final class Pending implements Callback {

        private final Made made;
        private final Callback callback;
        private final AtomicBoolean told = new AtomicBoolean();

        Pending(Made made, Callback callback) {
            this.made = made;
            this.callback = callback;
        }

        boolean claim() {
            made.pending.remove(this);
            return told.compareAndSet(false, true);
        }

        @Override
        public void onCompletion(RecordMetadata metadata, Exception failure) {
            if (claim()) {
                made.heard(failure);
                if (callback != null) {
                    callback.onCompletion(metadata, failure);
                }
            }
        }
    }
}
