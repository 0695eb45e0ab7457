package org.trustpaybridge.bench.micro;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.trustpaybridge.delivery.Decision;
import org.trustpaybridge.delivery.SourceRecord;
import org.trustpaybridge.order.IncomingEvent;
import org.trustpaybridge.order.KnownSecrets;
import org.trustpaybridge.order.Mapping;
import org.trustpaybridge.order.MappingRules;
import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.order.OrderMapper;
import org.trustpaybridge.order.TrustPayOrder;
import org.trustpaybridge.outbound.OutgoingRecord;
import org.trustpaybridge.outbound.PaymentUrlCreated;
import org.trustpaybridge.provider.AnswerJudge;
import org.trustpaybridge.provider.Outcome;
import org.trustpaybridge.provider.ProviderAnswer;
import org.trustpaybridge.testkit.OrderEvents;

/** From the answer to the record that is published. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AnswerBenchmark {
    private final AnswerJudge judge = new AnswerJudge(Clock.systemUTC(), URI.create("https://testapi.multisafepay.com/v1/json"),
        KnownSecrets.none());
    private final OrderId orderId = new OrderId("order-1000001");
    private final ProviderAnswer created = answer(200, """
        {"success":true,"data":{"order_id":"order-1000001",\
        "payment_url":"https://testpayv2.multisafepay.com/connect/0123456789abcdef/?lang=cs_CZ",\
        "session_id":"0123456789abcdef","events_token":"0123456789abcdef","events_url":"https://testapi.multisafepay.com/events/"}}""");
    private final ProviderAnswer refused = answer(200,
        "{\"success\":false,\"data\":{},\"error_code\":1002,\"error_info\":\"Invalid currency\"}");
    private final ProviderAnswer down = answer(503, "<html><body>Service Unavailable</body></html>");
    private final TrustPayOrder order = ((Mapping.Accepted) new OrderMapper(MappingRules.standard())
        .map(new IncomingEvent(OrderEvents.order("order-1000001", 1000), Map.of()))).order();
    private final SourceRecord source = new SourceRecord("order-created", 0, 1_000_001, Instant.EPOCH, null, null, List.of());
    private final Decision.PaymentUrl payment =
        new Decision.PaymentUrl(order, (Outcome.Created) judge.judge(created, orderId), Instant.EPOCH);

    @Benchmark
    public Outcome judgesAPaymentUrl() {
        return judge.judge(created, orderId);
    }

    @Benchmark
    public Outcome judgesARefusal() {
        return judge.judge(refused, orderId);
    }

    @Benchmark
    public Outcome judgesAnOutage() {
        return judge.judge(down, orderId);
    }

    @Benchmark
    public OutgoingRecord composesTheEvent() {
        return PaymentUrlCreated.of(source, payment);
    }

    private static ProviderAnswer answer(int status, String body) {
        return new ProviderAnswer(status, Optional.empty(), body.getBytes(StandardCharsets.UTF_8));
    }
}
