package org.trustpaybridge.testkit;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A provider that answers the first POST of some orders as it was told to, and creates payments for all others. */
public final class HostileProvider implements AutoCloseable {

    private static final Pattern ORDER_ID = Pattern.compile("\"order_id\":\"([^\"]*)\"");

    private final Map<String, RawServer.Script> scripts = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> posts = new ConcurrentHashMap<>();
    private final Map<String, Duration> held = new ConcurrentHashMap<>();
    private final RawServer server = RawServer.start(this::serve);

    /** @return the orders that get these answers, by the names of the scripts */
    public Map<String, String> answers(String prefix, Map<String, RawServer.Script> wrong) {
        Map<String, String> orders = new LinkedHashMap<>();
        wrong.forEach((name, script) -> {
            String id = prefix + "-" + orders.size();
            scripts.put(id, script);
            orders.put(name, id);
        });
        return orders;
    }

    public URI baseUri() {
        return URI.create("http://127.0.0.1:" + server.port() + "/v1/json");
    }

    /** Connections so far. */
    public int connections() {
        return server.accepted();
    }

    /** POSTs of an order so far. */
    public int posts(String orderId) {
        return posts.getOrDefault(orderId, new AtomicInteger()).get();
    }

    /** POSTs of all orders so far. */
    public int posts() {
        return posts.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** How long the bridge listened to the wrong answer of an order; null while it does. */
    public Duration held(String orderId) {
        return held.get(orderId);
    }

    @Override
    public void close() {
        server.close();
    }

    private void serve(RawServer.Talk talk) throws IOException {
        while (true) {
            RawServer.Request request = talk.request();
            String id = orderId(request);
            RawServer.Script script = scripts.get(id);
            if (posts.computeIfAbsent(id, key -> new AtomicInteger()).incrementAndGet() > 1 || script == null) {
                talk.answer(200, created(id));
                continue;
            }
            long from = System.nanoTime();
            try {
                script.serve(talk);
                talk.awaitClosed();
            } finally {
                held.put(id, Duration.ofNanos(System.nanoTime() - from));
            }
            return;
        }
    }

    /** The answer that brings an order its payment URL. */
    public static String created(String orderId) {
        return "{\"success\":true,\"data\":{\"order_id\":\"" + orderId + "\",\"payment_url\":\"http://127.0.0.1/connect/" + orderId
            + "\"}}";
    }

    public static String orderId(RawServer.Request request) {
        Matcher found = ORDER_ID.matcher(request.body());
        return found.find() ? found.group(1) : "";
    }
}
