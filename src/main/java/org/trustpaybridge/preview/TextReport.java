package org.trustpaybridge.preview;

import java.io.PrintWriter;

import org.trustpaybridge.command.JsonOption;
import org.trustpaybridge.command.Shown;
import org.trustpaybridge.command.Styled;
import org.trustpaybridge.command.Table;
import org.trustpaybridge.order.Mapping;
import org.trustpaybridge.order.OrderId;
import picocli.CommandLine.Help.ColorScheme;

/** For people: each event with its order or its violations, then how many of each there are. */
final class TextReport implements Report {

    private final PrintWriter out;
    private final ColorScheme colors;
    private final boolean reveal;
    private final boolean comparing;
    private int orders;
    private int warned;
    private int refused;
    private int changed;

    TextReport(PrintWriter out, ColorScheme colors, boolean reveal, boolean comparing) {
        this.out = out;
        this.colors = colors;
        this.reveal = reveal;
        this.comparing = comparing;
    }

    @Override
    public void show(Preview preview) {
        if (comparing) {
            showChanges(preview);
        } else if (preview.mapping() instanceof Mapping.Accepted accepted) {
            orders++;
            warned += accepted.warnings().isEmpty() ? 0 : 1;
            head(preview, new Styled("green", "becomes this order"));
            out.println(Shown.json(JsonOption.text(reveal ? OrderView.whole(accepted.order()) : OrderView.masked(accepted.order()))));
            if (!accepted.warnings().isEmpty()) {
                Table table = new Table(colors, "WARNING", "WHAT");
                accepted.warnings().forEach(each -> table.row(new Styled("yellow", each.field()), each.problem()));
                table.print(out);
            }
            out.println();
        } else {
            refused++;
            head(preview, new Styled("red", "is refused"));
            Table table = new Table(colors, "FIELD", "PROBLEM");
            ((Mapping.Refused) preview.mapping()).violations().forEach(each -> table.row(each.field(), each.problem()));
            table.print(out);
            out.println();
        }
        out.flush();
    }

    private void showChanges(Preview preview) {
        if (!preview.changed()) {
            orders++;
            return;
        }
        changed++;
        head(preview, new Styled("yellow", "changes"));
        Table table = new Table(colors, "FIELD", "", "VALUE");
        for (Change change : preview.changes()) {
            table.row(change.field(), "now", change.now());
            table.row("", "then", change.then());
        }
        table.print(out);
        out.println();
    }

    private void head(Preview preview, Styled what) {
        String id = preview.orderId().map(OrderId::text).map(text -> ", order " + Shown.plain(text)).orElse("");
        out.println(preview.place() + id + ": " + what.in(colors));
    }

    @Override
    public void end() {
        if (comparing) {
            out.println(events(orders + changed) + ": " + changed + " would change, " + orders + " would not");
        } else {
            out.println(events(orders + refused) + ": " + orders + (orders == 1 ? " becomes an order" : " become orders")
                + (warned == 0 ? "" : " (" + warned + " with a warning)") + ", " + refused + (refused == 1 ? " is refused" : " are refused"));
        }
        out.flush();
    }

    private static String events(int count) {
        return count + (count == 1 ? " event" : " events");
    }
}
