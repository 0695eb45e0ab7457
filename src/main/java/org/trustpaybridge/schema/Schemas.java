package org.trustpaybridge.schema;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.trustpaybridge.order.EventFormat;
import org.trustpaybridge.order.IncomingEvent;
import org.trustpaybridge.supervision.Lifeline;
import org.trustpaybridge.supervision.Vital;

/**
 * Reads values that name their schema: a byte 0, the schema's id in four bytes, the value. A schema is fetched once, by a thread of its
 * own, and kept for good, as it never changes. Meanwhile its values cannot be read yet; those of other schemas can. What the registry says
 * it does not have is asked for a second time, since one of several registries may be behind, and again half a minute later.
 *
 * <p>Safe for use by several threads.
 */
public final class Schemas implements EventFormat, AutoCloseable {

    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(30);
    private static final int MOST_UNKNOWN = 1_000;
    private static final Duration STEP = Duration.ofMillis(200);
    private static final long FIRST_WAIT = Duration.ofMillis(500).toNanos();
    /** A registry that gives no answer holds the thread for as long, once for each of its URLs. */
    private static final Duration SILENCE = Duration.ofMinutes(10);

    private final SchemaRegistry registry;
    private final RegistryState state;
    private final Duration longestWait;
    private final Lifeline alive;
    private final LongSupplier nanoTime;
    private final Map<Integer, ValueReader> readers = new ConcurrentHashMap<>();
    /** Guarded by this, as is all below. */
    private final Map<Integer, Wanted> wanted = new LinkedHashMap<>();
    private final Map<Integer, Long> unknownUntil = new HashMap<>();
    private Runnable whenFound = () -> { };
    private Thread thread;
    private boolean closed;

    /**
     * @param registry    has the schemas
     * @param longestWait between two questions about one schema
     * @param counted     told of each answer: {@code found}, {@code unknown}, {@code failed}
     * @param alive       of the asking thread
     * @param clock       wall clock
     * @param nanoTime    monotonic time in nanoseconds
     */
    public Schemas(SchemaRegistry registry, Duration longestWait, Consumer<String> counted, Lifeline alive, Clock clock,
                   LongSupplier nanoTime) {
        this.registry = registry;
        this.longestWait = longestWait;
        this.alive = alive;
        this.nanoTime = nanoTime;
        this.state = new RegistryState(registry.url(), counted, clock);
    }

    /** @param action run, on the asking thread, when values can be read that could not before */
    public synchronized void whenFound(Runnable action) {
        whenFound = action;
    }

    /** @return what is so with the registry, as far as somebody waits for it */
    public RegistryState state() {
        return state;
    }

    /**
     * @param wanted whether it is to ask at the moment
     * @return what is to be asked about it
     */
    public List<Vital> vitals(BooleanSupplier wanted) {
        return List.of(Vital.lives("The thread that asks the schema registry", alive.pulse(), wanted),
            Vital.moves("The thread that asks the schema registry", alive.pulse(), wanted, SILENCE));
    }

    @Override
    public Decoded decode(IncomingEvent event) {
        byte[] value = event.value();
        if (value == null) {
            return new Decoded.AsJson(event);
        }
        Optional<Decoded.Undecodable> wrong = WireFormat.problem(value);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        int id = WireFormat.schemaId(value);
        ValueReader reader = readers.get(id);
        if (reader == null) {
            want(id);
            return new Decoded.NotYet();
        }
        return reader.read(event);
    }

    private synchronized void want(int id) {
        if (closed || wanted.containsKey(id)) {
            return;
        }
        wanted.put(id, new Wanted(nanoTime.getAsLong()));
        if (thread == null) {
            thread = new Thread(this::run, "schema-registry");
            thread.setDaemon(true);
            thread.start();
        }
        notifyAll();
    }

    /** Asks at once for what it waits for: the registry may let it in by now. */
    public synchronized void askNow() {
        long now = nanoTime.getAsLong();
        wanted.values().forEach(each -> {
            each.failures = 0;
            each.dueNanos = now;
        });
        notifyAll();
    }

    private void run() {
        while (true) {
            alive.pulse().beat();
            try {
                int id = next();
                if (id < 0 && isClosed()) {
                    return;
                }
                if (id >= 0) {
                    ask(id);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                if (!alive.endsWith(e, "asking the schema registry")) {
                    state.failed(e.getClass().getSimpleName());
                }
            }
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Ids are not negative. Whoever calls it does so again and again. */
    @SuppressWarnings("WaitNotInLoop")
    private synchronized int next() throws InterruptedException {
        long now = nanoTime.getAsLong();
        forgetUnknown(now);
        Optional<Integer> due = closed ? Optional.empty() : wanted.entrySet().stream().filter(each -> each.getValue().dueNanos - now <= 0)
            .map(Map.Entry::getKey).findFirst();
        if (due.isEmpty()) {
            wait(STEP.toMillis());
        }
        return due.orElse(-1);
    }

    private void forgetUnknown(long now) {
        unknownUntil.entrySet().removeIf(each -> {
            boolean over = each.getValue() - now <= 0;
            if (over) {
                readers.remove(each.getKey());
            }
            return over;
        });
    }

    private void ask(int id) {
        try {
            found(id, ValueReader.of(registry.schema(id)));
            state.found();
        } catch (UnknownSchemaException e) {
            unknown(id, e);
        } catch (RegistryAwayException e) {
            state.failed(e.getMessage());
            later(id);
        } catch (RuntimeException | Error e) {
            later(id);
            throw e;
        }
    }

    private void found(int id, ValueReader reader) {
        Runnable action;
        synchronized (this) {
            readers.put(id, reader);
            wanted.remove(id);
            action = whenFound;
            notifyAll();
        }
        action.run();
    }

    private void unknown(int id, UnknownSchemaException why) {
        state.unknown();
        synchronized (this) {
            Wanted asked = wanted.get(id);
            if (asked != null && !asked.unknownOnce) {
                asked.unknownOnce = true;
                asked.dueNanos = nanoTime.getAsLong() + ASK_AGAIN.toNanos();
                return;
            }
            if (unknownUntil.size() < MOST_UNKNOWN) {
                unknownUntil.put(id, nanoTime.getAsLong() + UNKNOWN_FOR.toNanos());
            } else {
                // Full of ids that nobody has: who names this one next has it asked for again.
                unknownUntil.put(id, nanoTime.getAsLong());
            }
        }
        found(id, ValueReader.unusable(why.getMessage(), "the id of a schema that it has"));
    }

    private synchronized void later(int id) {
        Wanted asked = wanted.remove(id);
        if (asked != null) {
            asked.failures++;
            asked.dueNanos = nanoTime.getAsLong() + Math.min(longestWait.toNanos(), FIRST_WAIT << Math.min(asked.failures - 1, 10));
            wanted.put(id, asked);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    private static final class Wanted {

        private long dueNanos;
        private int failures;
        private boolean unknownOnce;

        Wanted(long dueNanos) {
            this.dueNanos = dueNanos;
        }
    }
}
