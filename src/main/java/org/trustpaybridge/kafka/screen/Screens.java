package org.trustpaybridge.kafka.screen;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.log.LogEvent;

/**
 * What the {@link FetchScreen}s of a process have to say: what they look into for long, and whether they could be put where they belong.
 * It goes along with the properties of a consumer, from which all its kin are made, and no client of Kafka gets to see it.
 *
 * <p>Safe for use by several threads.
 */
public final class Screens {

    private static final String KEY = Screens.class.getName();

    private static final Logger LOG = LoggerFactory.getLogger(Screens.class);

    private final Set<Batches> open = ConcurrentHashMap.newKeySet();
    private volatile String missing = "";

    /** @param properties of a consumer; those that are made from them tell this object */
    public void goWith(Properties properties) {
        properties.put(KEY, this);
    }

    /** @return who is to be told by a consumer with these properties; one that nobody asks, where none was named */
    public static Screens of(Properties properties) {
        return properties.get(KEY) instanceof Screens named ? named : new Screens();
    }

    /** @return the properties for Kafka's client */
    public static Properties without(Properties properties) {
        Properties rest = new Properties();
        rest.putAll(properties);
        rest.remove(KEY);
        return rest;
    }

    void opened(Batches batches) {
        open.add(batches);
    }

    void closed(Batches batches) {
        open.remove(batches);
    }

    void missing(Exception refusal) {
        String why = refusal.getClass().getSimpleName() + ": " + refusal.getMessage();
        LogEvent.SCREEN_MISSING.on(LOG, missing.isEmpty()).addKeyValue("cause", why).log();
        missing = why;
    }

    /** @return why consumers are without a screen; empty when they have one, or none was made yet */
    public Optional<String> missing() {
        return Optional.of(missing).filter(why -> !why.isEmpty());
    }

    /** @return what somebody waits for at this moment, the longest first */
    public List<LookUnderWay> looks() {
        return open.stream().map(Batches::underWay).flatMap(Collection::stream)
            .sorted((a, b) -> Long.compare(b.millis(), a.millis())).toList();
    }
}
