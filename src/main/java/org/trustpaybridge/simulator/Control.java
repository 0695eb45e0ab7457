package org.trustpaybridge.simulator;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Endpoints that only the simulator has: what happened so far, and faults switched while it runs. */
final class Control {

    private static final int MOST_TIMES = 20;
    private static final Pattern CHANGE = Pattern.compile("([a-z_]{1,40})(?: ([0-9]{1,15}))?((?: [a-z]+(?:=[0-9a-z_]+)?)*)");

    private final Parts parts;
    private final Notifier notifier;

    Control(Parts parts, Notifier notifier) {
        this.parts = parts;
        this.notifier = notifier;
    }

    /**
     * Puts an order into a status and tells its shop.
     *
     * @param orderId decoded
     * @param body    the status, the minor units that went back where some did, and words: {@code times=3} sends so many at once (0: none),
     *                {@code late=initialized} sends one more that says so afterwards, {@code pretransaction} sends one before
     */
    Reply change(String orderId, byte[] body) {
        Matcher change = CHANGE.matcher(new String(body, StandardCharsets.UTF_8).strip());
        Optional<OrderStatus> status = change.matches() ? OrderStatus.of(change.group(1)) : Optional.empty();
        if (status.isEmpty()) {
            return Reply.failure(400, "expected a status, and what goes with it, such as: partial_refunded 300 times=2");
        }
        long refunded = change.group(2) == null ? 0 : Long.parseLong(change.group(2));
        return parts.book().change(orderId, status.get(), refunded).map(order -> {
            Map<String, String> words = new HashMap<>();
            for (String word : change.group(3).strip().split(" ")) {
                words.put(word.replaceFirst("=.*", ""), word.replaceFirst("^[^=]*=?", ""));
            }
            if (words.containsKey("pretransaction")) {
                notifier.send(order, OrderStatus.INITIALIZED.text(), "payload_type=pretransaction");
            }
            int times = Integer.parseInt(words.getOrDefault("times", "1").replaceFirst("[^0-9].*", "0"));
            for (int n = 0; n < Math.min(times, MOST_TIMES); n++) {
                notifier.send(order);
            }
            if (words.containsKey("late")) {
                notifier.send(order, words.get("late"), "");
            }
            return Reply.json(200, order.view());
        }).orElseGet(() -> Reply.failure(404, "no such order"));
    }

    Reply stats() {
        return Reply.json(200, json());
    }

    private ObjectNode json() {
        return json(parts);
    }

    static ObjectNode json(Parts parts) {
        ObjectNode json = parts.stats().asJson();
        OrderBook.Totals totals = parts.book().totals();
        json.put("orders", totals.orders());
        json.put("orders_forgotten", totals.forgotten());
        json.put("sessions", totals.sessionsGiven());
        json.put("orders_with_several_sessions", totals.withSeveralSessions());
        ObjectNode histogram = json.putObject("orders_by_posts");
        parts.wire().ordersByPosts().forEach((posts, orders) -> histogram.put(posts.toString(), orders));
        json.put("fault_plan", parts.faults().plan().toString());
        return json;
    }

    Reply faults() {
        return Reply.json(200, Json.newObject().put("faults", parts.faults().plan().toString()));
    }

    Reply changeFaults(byte[] body) {
        try {
            parts.faults().plan(FaultPlan.parse(new String(body, StandardCharsets.UTF_8)));
            return faults();
        } catch (IllegalArgumentException wrong) {
            return Reply.failure(400, wrong.getMessage());
        }
    }
}
