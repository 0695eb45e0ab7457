package org.trustpaybridge.simulator;

import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Counts since the start. Only calls of the API count, neither payment pages nor the control endpoints. */
final class Stats {

    private final Map<String, Long> answers = new TreeMap<>();
    private final Map<String, Long> faults = new TreeMap<>();
    private final Map<String, Long> notifications = new TreeMap<>();
    private long requests;

    synchronized void request() {
        requests++;
    }

    synchronized void answer(int status) {
        answers.merge(Integer.toString(status), 1L, Long::sum);
    }

    /** A call that got no HTTP status at all. */
    synchronized void noAnswer() {
        answers.merge("none", 1L, Long::sum);
    }

    synchronized void fault(Fault fault) {
        faults.merge(fault.toString(), 1L, Long::sum);
    }

    /** Counts a notification: {@code acknowledged}, {@code failed} or {@code skipped}. */
    synchronized void notification(String outcome) {
        notifications.merge(outcome, 1L, Long::sum);
    }

    synchronized long requests() {
        return requests;
    }

    synchronized ObjectNode asJson() {
        ObjectNode json = Json.newObject().put("requests", requests);
        putAll(json.putObject("answers"), answers);
        putAll(json.putObject("faults"), faults);
        putAll(json.putObject("notifications"), notifications);
        return json;
    }

    private static void putAll(ObjectNode json, Map<String, Long> counts) {
        counts.forEach(json::put);
    }
}
