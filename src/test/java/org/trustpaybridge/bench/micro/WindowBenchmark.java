package org.trustpaybridge.bench.micro;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.trustpaybridge.delivery.CommitPoint;
import org.trustpaybridge.delivery.GateRules;
import org.trustpaybridge.delivery.InFlightRecord;
import org.trustpaybridge.delivery.InFlightWindow;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.delivery.ProviderGate;
import org.trustpaybridge.delivery.SourceRecord;
import org.trustpaybridge.delivery.Verdict;
import org.trustpaybridge.delivery.WindowLimits;
import org.trustpaybridge.order.OrderId;

/** The books of one record, from being fetched to being finished, while others are in flight. One thread, so without contention. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class WindowBenchmark {
    private static final PartitionId PARTITION = new PartitionId("order-created", 0);
    private static final byte[] VALUE = new byte[500];

    @Param({"64", "1024"})
    private int inFlight;

    private InFlightWindow window;
    private final Queue<InFlightRecord> running = new ArrayDeque<>();
    private long offset;

    @Setup(Level.Iteration)
    public void fill() {
        running.clear();
        offset = 0;
        Clock clock = Clock.systemUTC();
        window = new InFlightWindow(WindowLimits.forConcurrency(2 * inFlight),
            source -> Optional.of(new OrderId("order-" + source.offset())),
            clock, System::nanoTime, new ProviderGate(new GateRules(Duration.ofSeconds(30), Duration.ofSeconds(30), 8), clock,
                System::nanoTime));
        window.assign(PARTITION);
        for (int i = 0; i < inFlight; i++) {
            begin();
        }
    }

    /** The oldest is finished and the next one takes its place. */
    @Benchmark
    public void passesARecordThrough() {
        begin();
        InFlightRecord done = running.remove();
        done.conclude(new Verdict.Finished());
        window.passEnded(done, Duration.ofSeconds(1));
    }

    /** Asked five times a second. */
    @Benchmark
    public Map<PartitionId, CommitPoint> asksWhatToCommit() {
        return window.commitPoints();
    }

    private void begin() {
        window.open(new SourceRecord("order-created", 0, offset++, Instant.EPOCH, null, VALUE, List.of()));
        for (InFlightRecord taken : window.takeReady()) {
            window.passBegan(taken);
            running.add(taken);
        }
    }
}
