package org.trustpaybridge.command.map;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trustpaybridge.order.Mapping;
import org.trustpaybridge.order.TrustPayOrder;
import org.trustpaybridge.order.Violation;

/**
 * One thing that the other rules, or another mapping, do differently to an event.
 *
 * @param field a member of the order by its path, or {@code outcome}
 * @param now   its JSON under the rules in force; {@code -} where it is left out
 * @param then  the same under the other rules
 */
record Change(String field, String now, String then) {

    private static final String NONE = "-";

    /**
     * @param reveal whether personal data is shown; what differs only in what is hidden is told as a change all the same
     * @return all changes; none where both rules do the same
     */
    static List<Change> between(Mapping now, Mapping then, boolean reveal) {
        if (now instanceof Mapping.Accepted a && then instanceof Mapping.Accepted b) {
            return members(a.order(), b.order(), reveal);
        }
        if (now == null && then == null) {
            return List.of();
        }
        if (now instanceof Mapping.Refused a && then instanceof Mapping.Refused b) {
            return a.violations().equals(b.violations()) ? List.of()
                : List.of(new Change("outcome", outcome(now), outcome(then)));
        }
        return List.of(new Change("outcome", outcome(now), outcome(then)));
    }

    private static List<Change> members(TrustPayOrder now, TrustPayOrder then, boolean reveal) {
        Map<String, String> a = OrderView.members(OrderView.whole(now));
        Map<String, String> b = OrderView.members(OrderView.whole(then));
        Map<String, String> shownA = OrderView.members(shown(now, reveal));
        Map<String, String> shownB = OrderView.members(shown(then, reveal));
        Set<String> fields = new LinkedHashSet<>(a.keySet());
        fields.addAll(b.keySet());
        List<Change> changes = new ArrayList<>();
        for (String field : fields) {
            if (!a.getOrDefault(field, NONE).equals(b.getOrDefault(field, NONE))) {
                changes.add(new Change(field, shownA.getOrDefault(field, NONE), shownB.getOrDefault(field, NONE)));
            }
        }
        return changes;
    }

    private static ObjectNode shown(TrustPayOrder order, boolean reveal) {
        return reveal ? OrderView.whole(order) : OrderView.masked(order);
    }

    private static String outcome(Mapping mapping) {
        if (mapping instanceof Mapping.Refused refused) {
            List<String> problems = refused.violations().stream().map(Change::text).toList();
            return "refused: " + String.join("; ", problems);
        }
        return mapping == null ? "skipped" : "an order";
    }

    private static String text(Violation violation) {
        return violation.field() + " " + violation.problem();
    }
}
