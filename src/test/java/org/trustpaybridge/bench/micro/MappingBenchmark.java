package org.trustpaybridge.bench.micro;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.trustpaybridge.order.IncomingEvent;
import org.trustpaybridge.order.Mapping;
import org.trustpaybridge.order.MappingRules;
import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.order.OrderIdPeek;
import org.trustpaybridge.order.OrderMapper;
import org.trustpaybridge.order.ReadEvent;
import org.trustpaybridge.order.TrustPayOrder;
import org.trustpaybridge.order.mapping.EventMapping;
import org.trustpaybridge.order.mapping.MappingInput;
import org.trustpaybridge.order.mapping.MappingProblemException;
import org.trustpaybridge.testkit.OrderEvents;

/** From the event to the request's body. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MappingBenchmark {
    private final OrderMapper mapper = new OrderMapper(MappingRules.standard());
    private final IncomingEvent event = new IncomingEvent(OrderEvents.order("order-1000001", 1000), Map.of());
    private final IncomingEvent wrong =
        new IncomingEvent("{\"order_id\":\"order-1000001\",\"amount\":\"12.50\"}".getBytes(StandardCharsets.UTF_8), Map.of());
    private final EventMapping mapping = envelope();
    private final MappingInput foreign = foreignEvent();
    private final TrustPayOrder order = ((Mapping.Accepted) mapper.map(event)).order();

    /** With {@code order.mapping}: the whole of reading, mapping and checking. */
    @Benchmark
    public Mapping mapsAForeignEvent() {
        return mapper.map((ReadEvent.Mapped) mapping.read(foreign));
    }

    private static EventMapping envelope() {
        try {
            return EventMapping.load(Path.of("config/mappings/envelope.jq"));
        } catch (MappingProblemException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MappingInput foreignEvent() {
        try {
            return MappingInput.of(new IncomingEvent(Files.readAllBytes(Path.of("config/mappings/tests/envelope/order.event.json")),
                Map.of()),
                Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the window asks of every record. */
    @Benchmark
    public Optional<OrderId> readsTheOrderId() {
        return OrderIdPeek.peek(event);
    }

    @Benchmark
    public Mapping mapsAnOrder() {
        return mapper.map(event);
    }

    @Benchmark
    public Mapping refusesAnEvent() {
        return mapper.map(wrong);
    }

    @Benchmark
    public byte[] writesTheRequest() {
        return order.toJson();
    }
}
