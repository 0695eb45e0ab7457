package org.trustpaybridge.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.provider.Failure;

/** Records for the tests; the key of each is its order id. */
public final class Records {

    /** When records are fetched here. */
    public static final Instant FETCHED = Instant.parse("2026-11-22T10:15:30Z");

    static final PartitionId P0 = new PartitionId("order-created", 0);
    static final PartitionId P1 = new PartitionId("order-created", 1);

    private Records() {
    }

    /** Hands the record out once more, whatever became of it before. */
    static void handOut(InFlightRecord record, long nanoTime) {
        record.beReady();
        record.handOut(nanoTime);
    }

    /** A record without headers; the order id may be null. */
    public static SourceRecord source(int partition, long offset, String orderId) {
        return source(partition, offset, orderId, new byte[] {1}, List.of());
    }

    /** A record of a time. */
    static SourceRecord source(int partition, long offset, String orderId, Instant time) {
        return new SourceRecord("order-created", partition, offset, time, orderId.getBytes(StandardCharsets.UTF_8), new byte[] {1},
            List.of());
    }

    /** A record. */
    public static SourceRecord source(int partition, long offset, String orderId, byte[] value, List<RecordHeader> headers) {
        byte[] key = orderId == null ? null : orderId.getBytes(StandardCharsets.UTF_8);
        return new SourceRecord("order-created", partition, offset, FETCHED, key, value, headers);
    }

    /** A header with a text. */
    public static RecordHeader header(String name, String text) {
        return new RecordHeader(name, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    /** The order id of a record of this class. */
    public static Optional<OrderId> orderId(SourceRecord source) {
        return Optional.ofNullable(source.key()).map(key -> new OrderId(new String(key, StandardCharsets.UTF_8)));
    }

    /** A record on its way through the routes, from a window of its own. */
    public static InFlightRecord inFlight(SourceRecord source) {
        InFlightWindow window = new InFlightWindow(new WindowLimits(1, 1, 1, 1), Records::orderId, Clock.fixed(FETCHED, ZoneOffset.UTC),
            () -> 0, flowing());
        window.assign(new PartitionId(source.topic(), source.partition()));
        window.open(source);
        return window.takeReady().get(0);
    }

    /** A gate that has seen no failure. */
    public static ProviderGate flowing() {
        return new ProviderGate(new GateRules(Duration.ofSeconds(30), Duration.ofSeconds(30), 8), Clock.systemUTC(), System::nanoTime);
    }

    /** A call for this record fails for a passing reason. */
    public static void providerFails(ProviderGate gate, InFlightRecord inFlight) {
        gate.failed(inFlight, new Failure(503, OptionalInt.empty(), "", "HTTP_STATUS"), false, Optional.empty());
    }

    /** A call for this record is answered. */
    public static void providerWorks(ProviderGate gate, InFlightRecord inFlight) {
        gate.succeeded(inFlight);
    }

    /** The offsets that a window would have committed. */
    public static Map<PartitionId, Long> committable(InFlightWindow window) {
        Map<PartitionId, Long> offsets = new LinkedHashMap<>();
        window.commitPoints().forEach((id, point) -> offsets.put(id, point.offset()));
        return offsets;
    }

    /** Takes what is ready and begins its passes, as the consumer and the first step of the routes do together. */
    public static List<InFlightRecord> take(InFlightWindow window) {
        List<InFlightRecord> taken = window.takeReady();
        taken.forEach(window::passBegan);
        return taken;
    }
}
