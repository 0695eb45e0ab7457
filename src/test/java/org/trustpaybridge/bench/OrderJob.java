package org.trustpaybridge.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.SourceRecord;
import org.trustpaybridge.order.IncomingEvent;
import org.trustpaybridge.order.KnownSecrets;
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
 * What the programs beside the bridge have in common: its settings, from its environment variables, its pure classes, with which they map,
 * judge and compose, and Kafka's and Java's clients.
 */
final class OrderJob {
    private final Map<String, String> settings;
    private final URI orders;
    private final OrderMapper mapper = new OrderMapper(MappingRules.standard());
    private final AnswerJudge judge;
    /** The client's own pool of threads makes one for each answer under way, which halves the rate. */
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5))
        .executor(Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()))).build();

    OrderJob(Map<String, String> settings) {
        this.settings = settings;
        URI base = URI.create(settings.get("MULTISAFEPAY_BASE_URL"));
        orders = URI.create(base + "/orders");
        judge = new AnswerJudge(Clock.systemUTC(), base, KnownSecrets.none());
    }

    int concurrency() {
        return Integer.parseInt(settings.get("DELIVERY_CONCURRENCY"));
    }

    String inbound() {
        return settings.get("TOPIC_ORDER_CREATED");
    }

    HttpClient http() {
        return http;
    }

    KafkaConsumer<byte[], byte[]> consumer(int mostRecordsOfPoll) {
        return new KafkaConsumer<>(Map.of("bootstrap.servers", settings.get("KAFKA_BROKERS"), "group.id", settings.get("KAFKA_GROUP_ID"),
            "enable.auto.commit", "false", "auto.offset.reset", "earliest", "max.poll.records", Integer.toString(mostRecordsOfPoll),
            "isolation.level", "read_committed", "partition.assignment.strategy", CooperativeStickyAssignor.class.getName()),
            new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(Map.of("bootstrap.servers", settings.get("KAFKA_BROKERS"), "acks", "all", "enable.idempotence", "true"),
            new ByteArraySerializer(), new ByteArraySerializer());
    }

    TrustPayOrder order(ConsumerRecord<byte[], byte[]> fetched) {
        return ((Mapping.Accepted) mapper.map(new IncomingEvent(fetched.value(), Map.of()))).order();
    }

    HttpRequest request(TrustPayOrder order) {
        return HttpRequest.newBuilder(orders).timeout(Duration.ofSeconds(30))
            .header("api_key", settings.get("MULTISAFEPAY_API_KEY")).header("Content-Type", "application/json")
            .header("Accept", "application/json").header("User-Agent", "trustpay-bridge-bench")
            .POST(HttpRequest.BodyPublishers.ofByteArray(order.toJson())).build();
    }

    /** The event to publish; empty when the provider created no payment. */
    Optional<ProducerRecord<byte[], byte[]>> event(ConsumerRecord<byte[], byte[]> fetched, TrustPayOrder order,
        HttpResponse<byte[]> answer) {
        if (!(judge.judge(new ProviderAnswer(answer.statusCode(), Optional.empty(), answer.body()), order.orderId())
            instanceof Outcome.Created created)) {
            return Optional.empty();
        }
        OutgoingRecord event = PaymentUrlCreated.of(
            new SourceRecord(fetched.topic(), fetched.partition(), fetched.offset(), Instant.EPOCH, null, null, List.of()),
            new Decision.PaymentUrl(order, created, Instant.now()));
        List<Header> headers = new ArrayList<>();
        event.headers().forEach(header -> headers.add(new RecordHeader(header.name(), header.value())));
        return Optional.of(new ProducerRecord<>(settings.get("TOPIC_PAYMENT_URL_CREATED"), null, event.key(), event.value(), headers));
    }

    /** The program ends with the one that started it, and a signal stops it in order. */
    static void untilStopped(Runnable stop) {
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
        Runtime.getRuntime().addShutdownHook(new Thread(stop));
    }
}
