package org.trustpaybridge.simulator;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Endpoints that only the simulator has: what happened so far, and faults switched while it runs. */
final class Control {

    private final Parts parts;

    Control(Parts parts) {
        this.parts = parts;
    }

    Reply stats() {
        return Reply.json(200, json());
    }

    ObjectNode json() {
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
