package org.trustpaybridge.command.map;

import java.io.PrintWriter;
import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trustpaybridge.command.console.JsonOption;
import org.trustpaybridge.order.Mapping;
import org.trustpaybridge.order.Masking;
import org.trustpaybridge.order.Violation;

/** One line of JSON for each event. */
final class JsonReport implements Report {

    private final PrintWriter out;
    private final boolean reveal;

    JsonReport(PrintWriter out, boolean reveal) {
        this.out = out;
        this.reveal = reveal;
    }

    @Override
    public void add(Preview preview, boolean visible) {
        if (visible) {
            show(preview);
        }
    }

    private void show(Preview preview) {
        ObjectNode line = JsonOption.object().put("place", preview.place());
        preview.orderId().ifPresent(id -> line.put("order_id", id.text()));
        line.put("outcome", preview.skipped() ? "skipped" : preview.refused() ? "refused" : "order");
        preview.intermediate().ifPresent(made -> line.set("mapped", reveal ? made : OrderView.maskedResult(made)));
        if (preview.mapping() instanceof Mapping.Accepted accepted) {
            line.set("order", reveal ? OrderView.whole(accepted.order()) : OrderView.masked(accepted.order()));
            list(line.putArray("warnings"), accepted.warnings());
            ArrayNode notSent = line.putArray("not_sent");
            preview.notSent().forEach(field -> notSent.add(reveal ? field : Masking.name(field)));
            ArrayNode repairs = line.putArray("repairs");
            accepted.repairs().forEach(each -> repairs.addObject().put("field", each.field()).put("repair", each.kind().word())
                .put("what", each.detail()));
        } else if (preview.mapping() instanceof Mapping.Refused refused) {
            list(line.putArray("violations"), refused.violations());
        }
        if (preview.changes() != null) {
            ArrayNode changes = line.putArray("changes");
            preview.changes().forEach(change -> changes.addObject().put("field", change.field()).put("now", change.now())
                .put("then", change.then()));
        }
        JsonOption.printLine(out, line);
    }

    private static void list(ArrayNode array, List<Violation> found) {
        found.forEach(each -> array.addObject().put("field", each.field()).put("problem", each.problem()));
    }

    @Override
    public void end() {
        out.flush();
    }
}
