package org.trustpaybridge.secrets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.condition.Condition.Name;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.supervision.Lifeline;
import org.trustpaybridge.supervision.Vital;

/**
 * Looks every two seconds whether files with secrets have changed. Somebody who is refused looks at once besides. Without such files it
 * does nothing.
 */
public final class SecretsWatch implements Supplier<Collection<Condition>>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SecretsWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(90);
    private static final String THREAD = "The thread that reads secrets again";

    private final Map<String, Reread<?>> watched = new ConcurrentSkipListMap<>();
    private final Map<String, Instant> since = new ConcurrentHashMap<>();
    private final Lifeline alive;
    private final Clock clock;
    private ScheduledExecutorService scheduler;

    /**
     * @param alive of the looking thread
     * @param clock wall clock
     */
    public SecretsWatch(Lifeline alive, Clock clock) {
        this.alive = alive;
        this.clock = clock;
    }

    /**
     * @param <T>     of the value
     * @param reread  looked at from now on, unless one of its name is already
     * @param changed called after there is a new value
     * @return the same
     */
    public <T> Reread<T> watch(Reread<T> reread, Runnable changed) {
        if (watched.putIfAbsent(reread.name(), reread) == null) {
            reread.tell(new Told(reread.name(), changed));
            begin();
        }
        return reread;
    }

    private synchronized void begin() {
        if (scheduler == null) {
            scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "secrets");
                thread.setDaemon(true);
                return thread;
            });
            scheduler.scheduleWithFixedDelay(this::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        alive.pulse().beat();
        for (Reread<?> each : watched.values()) {
            try {
                each.look();
            } catch (RuntimeException | Error e) {
                if (!alive.endsWith(e, "reading secrets again")) {
                    LOG.debug("{} was not looked at: {}", each.name(), e.getClass().getSimpleName());
                }
            }
        }
    }

    @Override
    public Collection<Condition> get() {
        Map<String, String> why = watched.values().stream().filter(each -> each.trouble().isPresent())
            .collect(Collectors.toMap(Reread::name, each -> each.trouble().orElse("")));
        if (why.isEmpty()) {
            return List.of();
        }
        String files = why.entrySet().stream().sorted(Map.Entry.comparingByKey())
            .map(each -> "the file of " + each.getKey() + " " + each.getValue())
            .collect(Collectors.joining("; "));
        return List.of(new Condition(Name.SECRET_UNREADABLE, "A secret cannot be read again", Character.toUpperCase(files.charAt(0))
            + files.substring(1) + ". The last good one is used on, and would be missing after a restart.",
            why.keySet().stream().map(since::get).filter(each -> each != null).min(Instant::compareTo)));
    }

    /**
     * @param wanted whether it is to look at the moment
     * @return what is to be asked about its thread
     */
    public List<Vital> vitals(BooleanSupplier wanted) {
        return List.of(Vital.lives(THREAD, alive.pulse(), wanted), Vital.moves(THREAD, alive.pulse(), wanted, SILENCE));
    }

    @Override
    public synchronized void close() {
        Optional.ofNullable(scheduler).ifPresent(ScheduledExecutorService::shutdown);
    }

    private final class Told implements Reread.Listener {

        private final String name;
        private final Runnable afterwards;

        Told(String name, Runnable afterwards) {
            this.name = name;
            this.afterwards = afterwards;
        }

        @Override
        public void changed() {
            since.remove(name);
            afterwards.run();
            LogEvent.SECRET_CHANGED.on(LOG).addKeyValue("setting", name).log();
        }

        @Override
        public void unusable(String why) {
            since.putIfAbsent(name, clock.instant());
            LogEvent.SECRET_UNREADABLE.on(LOG).addKeyValue("setting", name).addKeyValue("cause", why).log();
        }

        @Override
        public void usableAgain() {
            since.remove(name);
            LogEvent.SECRET_READABLE.on(LOG).addKeyValue("setting", name).log();
        }
    }
}
