package org.trustpaybridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.assembly.BridgeMain;
import org.trustpaybridge.delivery.GateRules;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.delivery.ProviderGate;
import org.trustpaybridge.delivery.PublishGate;
import org.trustpaybridge.delivery.PublishLease;
import org.trustpaybridge.delivery.RecordHeader;
import org.trustpaybridge.delivery.Records;
import org.trustpaybridge.delivery.RetrySchedule;
import org.trustpaybridge.delivery.StuckRecords;
import org.trustpaybridge.delivery.WindowLimits;
import org.trustpaybridge.ledger.PublishedOrders;
import org.trustpaybridge.observe.activity.RecentActivity;
import org.trustpaybridge.observe.metrics.BridgeMetrics;
import org.trustpaybridge.outbound.OutgoingRecord;
import org.trustpaybridge.settings.Settings;
import org.trustpaybridge.settings.SettingsLoader;
import org.trustpaybridge.transport.ProviderConnections;

/** The real route files with mocks in the place of Kafka and the provider; the test polls the window as the consumer would. */
class OrderFlowTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PartitionId PARTITION = new PartitionId("order-created", 0);
    private static final String EVENT = """
        {"order_id":"o-1","currency":"CZK","amount":1000,"description":"Test","customer":{"email":"simonsmit@example.com","locale":"cs_CZ"},
         "payment_options":{"notification_url":"https://example.com/n","redirect_url":"https://example.com/r",
           "cancel_url":"https://example.com/c"}}
        """;
    private static final String CREATED = """
        {"success":true,"data":{"order_id":"o-1","payment_url":"https://payv2.multisafepay.com/connect/abc/","session_id":"abc"}}
        """;

    private static final Instant CHECKED = Instant.parse("2026-11-22T10:15:30.123Z");

    /** Stands still, so that a record waits until the test says otherwise. */
    private static final AtomicLong NANOS = new AtomicLong();
    private static final InFlightWindow WINDOW =
        new InFlightWindow(WindowLimits.forConcurrency(2), new EventReader(Optional.empty())::orderIdOf, Clock.systemUTC(), NANOS::get,
            new ProviderGate(new GateRules(Duration.ofSeconds(30), Duration.ofSeconds(30), 8), Clock.systemUTC(), NANOS::get));

    private static final BridgeMetrics METRICS = new BridgeMetrics(new SimpleMeterRegistry(), new RecentActivity(Clock.systemUTC()),
        Clock.systemUTC(), NANOS::get);

    /** Mocks take one exchange at a time, so what is to happen at the same time happens here. */
    private static volatile Processor beforeCall;
    /** Dead letters of before are tested over the wire, so their check is free. */
    private static volatile Processor firstStep;

    private static BridgeMain bridge;
    private static CamelContext camel;
    private static MockEndpoint provider;
    private static MockEndpoint paymentUrls;
    private static MockEndpoint deadLetters;

    /** Each line that is to be said seldom is a minute after the one before. */
    private static final AtomicLong LATER = new AtomicLong();

    @BeforeAll
    static void start() {
        Settings settings = new SettingsLoader(Map.of("MULTISAFEPAY_API_KEY", "k", "DELIVERY_CONCURRENCY", "2", "MANAGEMENT_PORT", "0",
            "RETRY_INITIAL_DELAY", "1s"), new Properties()).load(Optional.empty());
        bridge = new BridgeMain(settings, Path.of("routes").toAbsolutePath(), "test");
        PublishGate gate = new PublishGate(Duration.ofSeconds(30), Clock.systemUTC(), System::nanoTime);
        bridge.bind("admitRecord", new AdmitRecord(WINDOW, Duration.ofSeconds(1), gate::passEnded, METRICS));
        // The tests share the gate as well, in which orders of before fail; what it does to others is tested over the wire.
        // The tests share the routes and use the same order id again and again; the ledger is tested over the wire.
        CheckLedger emptyLedger = new CheckLedger(new PublishedOrders(Duration.ofHours(1), Clock.systemUTC()), Clock.systemUTC(), METRICS);
        bridge.bind("checkLedger", emptyLedger);
        Processor first = exchange -> firstStep.process(exchange);
        bridge.bind("checkAgain", new Steps(emptyLedger.again(), first));
        bridge.bind("checkRepeat", new Steps(emptyLedger.afterDoubt(), first));
        // No consumer polls here, so the lease is one whose time stands still.
        PublishLease lease = new PublishLease(Duration.ofSeconds(1), Duration.ofSeconds(1), () -> 0);
        lease.renew();
        Clock checked = Clock.fixed(CHECKED, ZoneOffset.UTC);
        bridge.bind("keepForLater", new KeepForLater(new RetrySchedule(Duration.ofSeconds(1), Duration.ofSeconds(1), new Random()), gate,
            new StuckRecords(record -> true, Clock.systemUTC()), () -> CompletableFuture.completedFuture(null), false, METRICS,
            () -> LATER.addAndGet(TimeUnit.MINUTES.toNanos(1))));
        bridge.bind("checkBeforeCalling", new Steps(CheckStillOurs.beforeCalling(WINDOW, gate, lease, checked, METRICS),
            new HoldBack(WINDOW)));
        bridge.bind("checkBeforePublishing", CheckStillOurs.beforePublishing(WINDOW, gate, lease, checked, METRICS));
        bridge.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport main) {
                try {
                    replaceEdges(main.getCamelContext());
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        bridge.start();
        camel = bridge.getCamelContext();
        provider = camel.getEndpoint("mock:provider", MockEndpoint.class);
        paymentUrls = camel.getEndpoint("mock:payment-url-created", MockEndpoint.class);
        deadLetters = camel.getEndpoint("mock:dead-letter", MockEndpoint.class);
    }

    /** By id: the URIs hold placeholders. */
    private static void replaceEdges(CamelContext context) throws Exception {
        AdviceWith.adviceWith(context, "order-created", route -> route.replaceFromWith("direct:fetched"));
        AdviceWith.adviceWith(context, "create-payment", route -> route.weaveById("post-order").replace()
            .process(exchange -> beforeCall.process(exchange)).to("mock:provider"));
        AdviceWith.adviceWith(context, "check-account", route -> route.weaveById("get-gateway").replace().process(exchange -> {
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
            exchange.getMessage().setBody("{\"success\":true,\"data\":{\"id\":\"TRUSTPAY\"}}".getBytes(StandardCharsets.UTF_8));
        }));
        AdviceWith.adviceWith(context, "check-posts", route -> route.weaveById("post-nothing").replace().process(exchange -> {
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 503);
        }));
        AdviceWith.adviceWith(context, "look-up-order", route -> route.weaveById("get-order").replace().process(exchange -> {
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 404);
            exchange.getMessage().setBody("{\"success\":false,\"error_code\":1006}".getBytes(StandardCharsets.UTF_8));
        }));
        AdviceWith.adviceWith(context, "payment-url-created",
            route -> route.weaveById("publish-payment-url-created").replace().to("mock:payment-url-created"));
        AdviceWith.adviceWith(context, "dead-letter", route -> route.weaveById("publish-dead-letter").replace().to("mock:dead-letter"));
    }

    @AfterAll
    static void stop() {
        bridge.stop();
    }

    @BeforeEach
    void anew() {
        MockEndpoint.resetMocks(camel);
        WINDOW.assign(PARTITION);
        answer(200, CREATED);
        beforeCall = exchange -> { };
        firstStep = exchange -> { };
    }

    @Test
    void a_good_order_is_posted_once_and_its_payment_url_is_published() throws IOException {
        // When
        fetch(EVENT);

        // Then
        JsonNode posted = JSON.readTree(only(provider).getBody(byte[].class));
        assertThat(posted.path("gateway").textValue()).isEqualTo("TRUSTPAY");
        assertThat(posted.path("order_id").textValue()).isEqualTo("o-1");
        Message published = only(paymentUrls);
        assertThat(published.getHeaders()).containsOnlyKeys(KafkaConstants.KEY, KafkaConstants.OVERRIDE_TIMESTAMP);
        assertThat(published.getHeader(KafkaConstants.KEY, byte[].class)).asString(StandardCharsets.UTF_8).isEqualTo("o-1");
        JsonNode value = JSON.readTree(published.getBody(OutgoingRecord.class).value());
        assertThat(value.path("payment_url").textValue()).isEqualTo("https://payv2.multisafepay.com/connect/abc/");
        assertThat(deadLetters.getReceivedExchanges()).isEmpty();
        assertFinished();
    }

    @Test
    void a_record_bears_the_time_at_which_its_partition_was_last_known_to_be_assigned_here() {
        fetch(EVENT);

        assertThat(only(paymentUrls).getHeader(KafkaConstants.OVERRIDE_TIMESTAMP)).isEqualTo(CHECKED.toEpochMilli());
    }

    @Test
    void the_provider_gets_the_content_type_and_no_other_header() {
        // When
        fetch(EVENT, Records.header("traceparent", "00-1-2-01"), Records.header("Authorization", "x"));

        // Then
        assertThat(only(provider).getHeaders()).containsExactly(Map.entry(Exchange.CONTENT_TYPE, "application/json"));
    }

    @Test
    void record_headers_that_camel_would_obey_change_nothing() {
        // Given
        RecordHeader[] hostile = {Records.header("CamelHttpUri", "http://evil.example"), Records.header("CamelHttpMethod", "DELETE"),
            Records.header("CamelHttpPath", "/x"), Records.header("CamelHttpQuery", "a=b"),
            Records.header("kafka.OVERRIDE_TOPIC", "elsewhere"),
            Records.header("CamelKafkaOverrideTopic", "elsewhere"), Records.header("kafka.PARTITION_KEY", "7"),
            Records.header("api_key", "x"),
            Records.header("Host", "evil.example"), Records.header("Content-Length", "1"), Records.header("decision", "dead-letter")};

        // When
        fetch(EVENT, hostile);

        // Then
        assertThat(only(provider).getHeaders()).containsOnlyKeys(Exchange.CONTENT_TYPE);
        assertThat(only(paymentUrls).getHeaders()).containsOnlyKeys(KafkaConstants.KEY, KafkaConstants.OVERRIDE_TIMESTAMP);
        assertThat(only(paymentUrls).getBody(OutgoingRecord.class).headers()).extracting(RecordHeader::name)
            .doesNotContain("api_key", "Host", "decision").noneMatch(name -> name.startsWith("Camel") || name.startsWith("kafka"));
    }

    @Test
    void headers_that_an_exchange_brings_along_change_nothing_either() {
        // Given
        WINDOW.open(Records.source(0, 1, "k", EVENT.getBytes(StandardCharsets.UTF_8), List.of()));

        // When
        camel.createProducerTemplate().sendBodyAndHeaders("direct:fetched", WINDOW.takeReady().get(0), Map.of(
            "CamelHttpUri", "http://evil.example", KafkaConstants.OVERRIDE_TOPIC, "elsewhere", KafkaConstants.KEY, "another"));
        awaitIdle();

        // Then
        assertThat(only(provider).getHeaders()).containsOnlyKeys(Exchange.CONTENT_TYPE);
        assertThat(only(paymentUrls).getHeaders()).containsOnlyKeys(KafkaConstants.KEY, KafkaConstants.OVERRIDE_TIMESTAMP);
        assertThat(only(paymentUrls).getHeader(KafkaConstants.KEY, byte[].class)).asString(StandardCharsets.UTF_8).isEqualTo("o-1");
    }

    @Test
    void headers_of_the_answer_do_not_steer_where_the_payment_url_goes() {
        // Given
        provider.whenAnyExchangeReceived(exchange -> {
            answer(exchange, 200, CREATED);
            exchange.getMessage().setHeader(KafkaConstants.OVERRIDE_TOPIC, "elsewhere");
            exchange.getMessage().setHeader(KafkaConstants.PARTITION_KEY, 3);
        });

        // When
        fetch(EVENT);

        // Then
        assertThat(only(paymentUrls).getHeaders()).containsOnlyKeys(KafkaConstants.KEY, KafkaConstants.OVERRIDE_TIMESTAMP);
    }

    @ParameterizedTest
    @CsvSource({"'{\"order_id\":\"o-1\"}'", "not json", "''"})
    void an_event_that_is_no_order_becomes_a_dead_letter_without_a_call(String event) {
        // When
        fetch(event);

        // Then
        OutgoingRecord letter = only(deadLetters).getBody(OutgoingRecord.class);
        assertThat(letter.value()).asString(StandardCharsets.UTF_8).isEqualTo(event);
        assertThat(text(letter, "bridge-error-code")).isEqualTo("INVALID_EVENT");
        assertThat(text(letter, "bridge-attempts")).isEqualTo("0");
        assertThat(only(deadLetters).getHeaders()).containsOnlyKeys(KafkaConstants.KEY, KafkaConstants.OVERRIDE_TIMESTAMP);
        assertThat(provider.getReceivedExchanges()).isEmpty();
        assertThat(paymentUrls.getReceivedExchanges()).isEmpty();
        assertFinished();
    }

    @ParameterizedTest
    @CsvSource({"200, 1001, PROVIDER_REJECTED", "404, 1006, ORDER_EXISTS"})
    void an_order_that_the_provider_refuses_becomes_a_dead_letter(int status, int errorCode, String code) {
        // Given
        answer(status, "{\"success\":false,\"data\":{},\"error_code\":" + errorCode + ",\"error_info\":\"no\"}");

        // When
        fetch(EVENT);

        // Then
        OutgoingRecord letter = only(deadLetters).getBody(OutgoingRecord.class);
        assertThat(text(letter, "bridge-error-code")).isEqualTo(code);
        assertThat(text(letter, "bridge-attempts")).isEqualTo("1");
        assertThat(paymentUrls.getReceivedExchanges()).isEmpty();
        assertFinished();
    }

    @ParameterizedTest
    @CsvSource({"500, ''", "503, <html>", "429, {}", "401, {}"})
    void an_answer_that_may_be_better_later_publishes_nothing_and_keeps_the_record(int status, String body) {
        // Given
        answer(status, body);

        // When
        fetch(EVENT);

        // Then
        assertThat(provider.getReceivedExchanges()).hasSize(1);
        assertKept();
    }

    @Test
    void an_order_that_was_kept_is_posted_again_on_its_next_pass() {
        // Given
        answer(500, "");
        fetch(EVENT);
        answer(200, CREATED);

        // When
        passAgain();

        // Then
        assertThat(provider.getReceivedExchanges()).hasSize(2);
        assertThat(only(paymentUrls).getBody(OutgoingRecord.class).key()).asString(StandardCharsets.UTF_8).isEqualTo("o-1");
        assertFinished();
    }

    @Test
    void a_call_without_an_answer_keeps_the_record() {
        // Given
        provider.whenAnyExchangeReceived(exchange -> {
            throw new ConnectException("refused");
        });

        // When
        fetch(EVENT);

        // Then
        assertKept();
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, NoClassDefFoundError.class})
    void a_step_that_fails_in_a_way_nobody_foresaw_keeps_the_record_and_its_message_is_not_logged(Class<? extends Throwable> failure)
            throws ReflectiveOperationException {
        // Given
        Throwable thrown = failure.getConstructor(String.class).newInstance("quotes an order");
        firstStep = exchange -> {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (Exception) thrown;
        };
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(logged);

        // When
        fetch(EVENT);

        // Then
        root.detachAppender(logged);
        assertKept();
        assertThat(provider.getReceivedExchanges()).isEmpty();
        assertThat(logged.list).extracting(event -> event.getFormattedMessage() + event.getKeyValuePairs())
            .anyMatch(line -> line.contains("A step failed") && line.contains(failure.getName() + " at "))
            .noneMatch(line -> line.contains("quotes an order"));
        assertThat(logged.list).extracting(ILoggingEvent::getThrowableProxy).containsOnlyNulls();
    }

    @Test
    void a_call_that_fails_in_a_way_nobody_foresaw_keeps_the_record_and_is_judged_as_any_failed_call() {
        // Given
        provider.whenAnyExchangeReceived(exchange -> {
            throw new IllegalStateException("pool shut down");
        });
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(logged);

        // When
        fetch(EVENT);

        // Then
        root.detachAppender(logged);
        assertKept();
        assertThat(logged.list).extracting(ILoggingEvent::getFormattedMessage).noneMatch(line -> line.contains("A step failed"));
    }

    @Test
    void calls_go_through_the_component_with_small_connections() {
        assertThat(camel.getComponent("http")).isInstanceOf(ProviderConnections.class);
        assertThat(camel.getComponent("https")).isInstanceOf(ProviderConnections.class);
    }

    @Test
    void when_publishing_fails_the_record_is_kept_and_published_later_without_a_second_post() {
        // Given
        failOnce(paymentUrls);
        fetch(EVENT);
        assertThat(WINDOW.status().waiting()).isEqualTo(1);
        assertThat(Records.committable(WINDOW).values()).containsExactly(1L);

        // When
        passAgain();

        // Then
        assertThat(provider.getReceivedExchanges()).hasSize(1);
        assertThat(paymentUrls.getReceivedExchanges()).hasSize(2)
            .extracting(exchange -> exchange.getMessage().getBody(OutgoingRecord.class))
            .extracting(event -> text(event, "ce_id")).containsOnly("order-created-0-1");
        assertFinished();
    }

    @Test
    void when_a_dead_letter_cannot_be_published_the_record_is_kept_and_the_letter_published_later() {
        // Given
        failOnce(deadLetters);
        fetch("not json");
        assertThat(WINDOW.status().waiting()).isEqualTo(1);

        // When
        passAgain();

        // Then
        assertThat(deadLetters.getReceivedExchanges()).hasSize(2);
        assertThat(provider.getReceivedExchanges()).isEmpty();
        assertFinished();
    }

    @Test
    void calls_are_made_by_as_many_workers_as_may_be_and_handing_over_waits_for_none() {
        // Given
        fetch(EVENT);
        CountDownLatch answering = new CountDownLatch(1);
        Set<String> threads = ConcurrentHashMap.newKeySet();
        beforeCall = exchange -> {
            threads.add(Thread.currentThread().getName());
            answering.await(10, TimeUnit.SECONDS);
        };
        provider.whenAnyExchangeReceived(exchange -> {
            String orderId = JSON.readTree(exchange.getMessage().getBody(byte[].class)).path("order_id").textValue();
            answer(exchange, 200, CREATED.replace("o-1", orderId));
        });
        for (int i = 2; i <= 5; i++) {
            WINDOW.open(Records.source(0, i, "k", EVENT.replace("o-1", "o-" + i).getBytes(StandardCharsets.UTF_8), List.of()));
        }

        // When
        handOver();

        // Then
        Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(threads).hasSize(2));
        assertThat(WINDOW.status().running()).isEqualTo(4);
        answering.countDown();
        awaitIdle();
        assertThat(paymentUrls.getReceivedExchanges()).hasSize(5);
        assertThat(threads).hasSize(2).allMatch(name -> name.matches("worker #\\d+"));
    }

    private static void fetch(String event, RecordHeader... headers) {
        WINDOW.open(Records.source(0, 1, "k", event.getBytes(StandardCharsets.UTF_8), List.of(headers)));
        pass();
    }

    private static void passAgain() {
        WINDOW.retryNow();
        pass();
    }

    private static void pass() {
        handOver();
        awaitIdle();
    }

    private static void handOver() {
        for (InFlightRecord inFlight : WINDOW.takeReady()) {
            camel.createProducerTemplate().sendBody("direct:fetched", inFlight);
        }
    }

    private static void awaitIdle() {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> WINDOW.status().running() == 0);
    }

    private static void assertFinished() {
        assertThat(WINDOW.status().inFlight()).isZero();
        assertThat(Records.committable(WINDOW)).containsExactly(Map.entry(PARTITION, 2L));
    }

    private static void assertKept() {
        assertThat(paymentUrls.getReceivedExchanges()).isEmpty();
        assertThat(deadLetters.getReceivedExchanges()).isEmpty();
        assertThat(WINDOW.status().waiting()).isEqualTo(1);
        assertThat(Records.committable(WINDOW).values()).containsExactly(1L);
    }

    private static Message only(MockEndpoint endpoint) {
        assertThat(endpoint.getReceivedExchanges()).hasSize(1);
        return endpoint.getReceivedExchanges().get(0).getMessage();
    }

    private static void answer(int status, String body) {
        provider.whenAnyExchangeReceived(exchange -> answer(exchange, status, body));
    }

    private static void answer(Exchange exchange, int status, String body) {
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        exchange.getMessage().setBody(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static void failOnce(MockEndpoint endpoint) {
        endpoint.whenExchangeReceived(1, exchange -> {
            throw new org.apache.kafka.common.errors.TimeoutException("no broker");
        });
    }

    private static String text(OutgoingRecord outgoing, String name) {
        return outgoing.headers().stream().filter(header -> header.name().equals(name)).findFirst()
            .map(header -> new String(header.value(), StandardCharsets.UTF_8)).orElseThrow();
    }
}
