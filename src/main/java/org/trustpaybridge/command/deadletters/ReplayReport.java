package org.trustpaybridge.command.deadletters;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trustpaybridge.command.console.JsonOption;
import org.trustpaybridge.command.console.Table;
import org.trustpaybridge.deadletters.LeftOut;
import org.trustpaybridge.deadletters.Place;
import org.trustpaybridge.deadletters.ReplayPlan;
import org.trustpaybridge.deadletters.replay.ReplayResult;
import org.trustpaybridge.deadletters.replay.ReplayTopics;
import org.trustpaybridge.kafka.KafkaFailure;

/** Says what a replay is going to do, and what it did. */
final class ReplayReport {

    private final PrintWriter out;
    private final PrintWriter err;
    private final ReplayTopics topics;
    private final String brokers;

    ReplayReport(PrintWriter out, PrintWriter err, ReplayTopics topics, String brokers) {
        this.brokers = brokers;
        this.out = out;
        this.err = err;
        this.topics = topics;
    }

    void print(ReplayPlan plan, double rate, boolean execute) {
        out.println(plan.selected() + (plan.selected() == 1 ? " dead letter" : " dead letters") + " on " + topics.deadLetter()
            + " asked for.");
        plan.leftOut().forEach((cause, count) -> wrapped("  " + count + " left out: " + cause.words()));
        int count = plan.letters().size();
        if (count > 0) {
            wrapped("  " + count + " to replay to " + topics.inbound() + ": " + reasons(plan.reasons()) + duration(count, rate));
        }
        if (plan.beyond() > 0) {
            out.println("  " + plan.beyond() + " more later: --max");
        }
        if (count == 0) {
            out.println("Nothing to replay.");
        } else if (!execute) {
            out.println("Nothing was changed. Add --execute to replay " + (count == 1 ? "it." : "them."));
        }
        out.flush();
    }

    void print(ReplayPlan plan, ReplayResult result) {
        if (plan.letters().isEmpty() && result.end() == ReplayResult.End.DONE) {
            return;
        }
        if (result.gone() > 0) {
            out.println(result.gone() + " no longer on " + topics.deadLetter() + ".");
        }
        if (!result.tooLarge().isEmpty()) {
            wrapped("Larger than " + topics.inbound() + " takes: " + places(result.tooLarge()));
        }
        if (!result.notWhole().isEmpty()) {
            wrapped("Trimmed, and the whole event is no longer on " + topics.inbound() + " (publish the orders again): "
                + places(result.notWhole()));
        }
        if (!result.notHeld().isEmpty()) {
            wrapped("Larger than this process can hold (no order is as large; with more memory, -Xmx, it is replayed): "
                + places(result.notHeld()));
        }
        out.println("Replayed " + result.replayed() + " of " + plan.letters().size() + ".");
        out.flush();
        switch (result.end()) {
            case DONE -> { }
            case STOPPED -> err.println("Stopped" + last(result) + " Run it again to go on.");
            case LOCK_LOST -> err.println("Stopped, since Kafka lost sight of this replay and another may have begun" + last(result)
                + " Run it again to go on.");
            case FAILED -> err.println("Stopped" + last(result) + " "
                + result.failure().map(failure -> KafkaFailure.inWords(failure, brokers)).orElse("")
                + " Run it again to go on: it looks first whether the event behind the last is there.");
        }
        err.flush();
    }

    void printJson(ReplayPlan plan, ReplayResult result) {
        ObjectNode json = JsonOption.object();
        json.put("executed", result != null);
        json.put("selected", plan.selected());
        ObjectNode leftOut = json.putObject("left_out");
        plan.leftOut().forEach((cause, count) -> leftOut.put(name(cause), count));
        json.put("to_replay", plan.letters().size());
        ObjectNode reasons = json.putObject("reasons");
        plan.reasons().forEach(reasons::put);
        json.put("beyond_max", plan.beyond());
        ArrayNode letters = json.putArray("letters");
        plan.letters().forEach(letter -> letters.add(letter.place().toString()));
        if (result != null) {
            json.put("replayed", result.replayed());
            json.put("last", result.last().map(Place::toString).orElse(null));
            json.put("gone", result.gone());
            ArrayNode tooLarge = json.putArray("too_large");
            result.tooLarge().forEach(place -> tooLarge.add(place.toString()));
            ArrayNode notWhole = json.putArray("trimmed_and_gone");
            result.notWhole().forEach(place -> notWhole.add(place.toString()));
            ArrayNode notHeld = json.putArray("larger_than_memory");
            result.notHeld().forEach(place -> notHeld.add(place.toString()));
            json.put("end", result.end().name().toLowerCase(Locale.ROOT));
        }
        JsonOption.print(out, json);
    }

    private static String name(LeftOut cause) {
        return cause.name().toLowerCase(Locale.ROOT);
    }

    private static String reasons(Map<String, Integer> reasons) {
        return reasons.entrySet().stream().map(each -> each.getValue() + " " + each.getKey()).collect(Collectors.joining(", "));
    }

    private static String places(List<Place> places) {
        return places.stream().limit(20).map(Place::toString).collect(Collectors.joining(", "));
    }

    private static String last(ReplayResult result) {
        return result.last().map(place -> "; the last was " + place + ".").orElse("; none was replayed.");
    }

    /** Under two seconds it is not worth a word. */
    private static String duration(int count, double rate) {
        long seconds = Math.round(count / rate);
        if (seconds < 2) {
            return "";
        }
        return "; takes about " + (seconds < 120 ? seconds + " s" : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h");
    }

    private void wrapped(String text) {
        String rest = text;
        while (rest.length() > Table.WIDTH) {
            int space = rest.lastIndexOf(' ', Table.WIDTH);
            if (space <= 4) {
                break;
            }
            out.println(rest.substring(0, space));
            rest = "    " + rest.substring(space + 1);
        }
        out.println(rest);
    }
}
