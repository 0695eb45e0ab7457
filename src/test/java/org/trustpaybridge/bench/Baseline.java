package org.trustpaybridge.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.SourceRecord;
import org.trustpaybridge.order.IncomingEvent;
import org.trustpaybridge.order.Mapping;
import org.trustpaybridge.order.MappingRules;
import org.trustpaybridge.order.OrderMapper;
import org.trustpaybridge.order.TrustPayOrder;
import org.trustpaybridge.outbound.OutgoingRecord;
import org.trustpaybridge.outbound.PaymentUrlCreated;
import org.trustpaybridge.provider.AnswerJudge;
import org.trustpaybridge.provider.Outcome;
import org.trustpaybridge.provider.ProviderAnswer;

/**
 * The same job without a framework: Kafka's own clients, Java's HTTP client and {@link BaselineWindow}. It takes the bridge's settings from
 * the bridge's environment variables, and maps, judges and composes with the bridge's own pure classes, so that the difference is what lies
 * between them. It promises less: no ledger, no order of events with one id, no outage handling, no dead letters, no metrics.
 */
final class Baseline {
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final int concurrency;
    private final String outbound;
    private final URI orders;
    private final String apiKey;
    private final OrderMapper mapper = new OrderMapper(MappingRules.standard());
    private final AnswerJudge judge;
    /** The client's own pool of threads makes one for each answer under way, which halves the rate. */
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5))
        .executor(Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()))).build();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final BaselineWindow window = new BaselineWindow();
    private final Queue<BaselineWindow.Slot> waiting = new ConcurrentLinkedQueue<>();
    private final Semaphore calls;
    private volatile boolean stopping;

    private Baseline(Map<String, String> settings) {
        concurrency = Integer.parseInt(settings.get("DELIVERY_CONCURRENCY"));
        outbound = settings.get("TOPIC_PAYMENT_URL_CREATED");
        URI base = URI.create(settings.get("MULTISAFEPAY_BASE_URL"));
        orders = URI.create(base + "/orders");
        apiKey = settings.get("MULTISAFEPAY_API_KEY");
        judge = new AnswerJudge(Clock.systemUTC(), base);
        calls = new Semaphore(concurrency);
        consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", settings.get("KAFKA_BROKERS"), "group.id", settings.get("KAFKA_GROUP_ID"),
            "enable.auto.commit", "false", "auto.offset.reset", "earliest", "max.poll.records", Integer.toString(concurrency),
            "partition.assignment.strategy", CooperativeStickyAssignor.class.getName()),
            new ByteArrayDeserializer(), new ByteArrayDeserializer());
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", settings.get("KAFKA_BROKERS"), "acks", "all", "enable.idempotence", "true"),
            new ByteArraySerializer(), new ByteArraySerializer());
        consumer.subscribe(List.of(settings.get("TOPIC_ORDER_CREATED")), window);
    }

    public static void main(String[] arguments) {
        // With two cores or one the common pool has no thread to spare, and every answer would be handled by a new thread.
        System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "2");
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
        Baseline baseline = new Baseline(System.getenv());
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            baseline.stopping = true;
            baseline.consumer.wakeup();
            try {
                stopped.await(DRAIN.toSeconds() + 5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        baseline.run();
        stopped.countDown();
    }

    private void run() {
        long lastCommit = System.nanoTime();
        boolean full = false;
        while (!stopping) {
            if (full != window.open() >= 2 * concurrency) {
                full = !full;
                if (full) {
                    consumer.pause(consumer.assignment());
                } else {
                    consumer.resume(consumer.assignment());
                }
            }
            try {
                for (ConsumerRecord<byte[], byte[]> fetched : consumer.poll(Duration.ofMillis(full ? 5 : 100))) {
                    waiting.add(window.open(fetched));
                }
            } catch (WakeupException stop) {
                break;
            }
            dispatch();
            if (System.nanoTime() - lastCommit >= COMMIT_INTERVAL.toNanos()) {
                lastCommit = System.nanoTime();
                consumer.commitAsync(window.finished(), null);
            }
        }
        window.awaitIdle(DRAIN);
        consumer.commitSync(window.finished());
        consumer.close();
        producer.close();
    }

    /** Sends as many waiting orders as may be in flight; called from the polling thread and by every answer. */
    private void dispatch() {
        while (!waiting.isEmpty() && calls.tryAcquire()) {
            BaselineWindow.Slot slot = waiting.poll();
            if (slot == null) {
                calls.release();
            } else {
                call(slot);
            }
        }
    }

    private void call(BaselineWindow.Slot slot) {
        Mapping mapping = mapper.map(new IncomingEvent(slot.value(), Map.of()));
        TrustPayOrder order = ((Mapping.Accepted) mapping).order();
        HttpRequest request = HttpRequest.newBuilder(orders).timeout(Duration.ofSeconds(30))
            .header("api_key", apiKey).header("Content-Type", "application/json").header("Accept", "application/json")
            .header("User-Agent", "trustpay-bridge-baseline")
            .POST(HttpRequest.BodyPublishers.ofByteArray(order.toJson())).build();
        http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()).whenComplete((answer, failure) -> {
            calls.release();
            dispatch();
            if (failure == null && judge.judge(new ProviderAnswer(answer.statusCode(), Optional.empty(), answer.body()), order.orderId())
                instanceof Outcome.Created created) {
                publish(slot, new Decision.PaymentUrl(order, created, Instant.now()));
            } else {
                again(slot);
            }
        });
    }

    private void publish(BaselineWindow.Slot slot, Decision.PaymentUrl payment) {
        OutgoingRecord event = PaymentUrlCreated.of(
            new SourceRecord(slot.topic(), slot.partition(), slot.offset(), Instant.EPOCH, null, null, List.of()), payment);
        List<Header> headers = new ArrayList<>();
        event.headers().forEach(header -> headers.add(new RecordHeader(header.name(), header.value())));
        producer.send(new ProducerRecord<>(outbound, null, event.key(), event.value(), headers), (written, failure) -> {
            if (failure == null) {
                window.close(slot);
            } else {
                System.err.println("Publishing " + new String(event.key(), StandardCharsets.UTF_8) + " failed: " + failure);
                again(slot);
            }
        });
    }

    private void again(BaselineWindow.Slot slot) {
        CompletableFuture.delayedExecutor(RETRY.toMillis(), TimeUnit.MILLISECONDS).execute(() -> {
            waiting.add(slot);
            dispatch();
        });
    }
}
