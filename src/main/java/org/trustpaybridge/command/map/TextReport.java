package org.trustpaybridge.command.map;

import java.io.PrintWriter;
import java.util.List;

import org.trustpaybridge.command.console.JsonOption;
import org.trustpaybridge.command.console.Shown;
import org.trustpaybridge.command.console.Styled;
import org.trustpaybridge.command.console.Table;
import org.trustpaybridge.order.Mapping;
import org.trustpaybridge.order.Masking;
import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.order.Violation;
import picocli.CommandLine.Help.ColorScheme;

/** For people: each event with its order or its violations, then how many of each there are. */
final class TextReport implements Report {

    private final PrintWriter out;
    private final ColorScheme colors;
    private final boolean reveal;
    private final boolean comparing;
    private boolean otherShape;
    private boolean urlsMissing;
    private int orders;
    private int warned;
    private int repaired;
    private int refused;
    private int skipped;
    private int changed;

    TextReport(PrintWriter out, ColorScheme colors, boolean reveal, boolean comparing) {
        this.out = out;
        this.colors = colors;
        this.reveal = reveal;
        this.comparing = comparing;
    }

    @Override
    public void add(Preview preview, boolean visible) {
        count(preview);
        if (comparing) {
            showChanges(preview);
        } else if (visible) {
            show(preview);
        }
        out.flush();
    }

    private void count(Preview preview) {
        if (comparing) {
            changed += preview.changed() ? 1 : 0;
            orders += preview.changed() ? 0 : 1;
        } else if (preview.skipped()) {
            skipped++;
        } else if (preview.mapping() instanceof Mapping.Accepted accepted) {
            orders++;
            warned += accepted.warnings().isEmpty() ? 0 : 1;
            repaired += accepted.repairs().isEmpty() ? 0 : 1;
        } else {
            refused++;
        }
    }

    private void show(Preview preview) {
        preview.intermediate().ifPresent(made -> {
            head(preview, new Styled("bold", "the mapping makes this of it"));
            out.println(Shown.json(JsonOption.text(reveal ? made : OrderView.maskedResult(made))));
        });
        if (preview.skipped()) {
            head(preview, new Styled("yellow", "is skipped: the mapping says that it is not for TrustPay"));
        } else if (preview.mapping() instanceof Mapping.Accepted accepted) {
            head(preview, new Styled("green", "becomes this order"));
            out.println(Shown.json(JsonOption.text(reveal ? OrderView.whole(accepted.order()) : OrderView.masked(accepted.order()))));
            table("WARNING", "WHAT", accepted.warnings());
            table("NOT SENT", "WHY", preview.notSent().stream().map(field -> new Violation(reveal ? field : Masking.name(field),
                "no member of an order; is it misspelt?")).toList());
            table("REPAIRED", "WHAT", accepted.repairs().stream().map(each -> new Violation(each.field(), each.detail())).toList());
        } else {
            head(preview, new Styled("red", "is refused"));
            List<Violation> violations = ((Mapping.Refused) preview.mapping()).violations();
            table("FIELD", "PROBLEM", violations);
            List<String> missing = violations.stream().filter(each -> each.problem().startsWith("missing")).map(Violation::field).toList();
            urlsMissing |= missing.stream().anyMatch(each -> each.endsWith("_url"));
            boolean whole = violations.size() == 1 && violations.get(0).field().equals("$")
                && violations.get(0).problem().startsWith("found an array");
            otherShape |= preview.intermediate().isEmpty() && (whole
                || missing.stream().filter(each -> !each.endsWith("_url")).count() > 1);
        }
        out.println();
    }

    private void table(String field, String problem, List<Violation> found) {
        if (!found.isEmpty()) {
            Table table = new Table(colors, field, problem);
            found.forEach(each -> table.row(each.field(), each.problem()));
            table.print(out);
        }
    }

    private void showChanges(Preview preview) {
        if (!preview.changed()) {
            return;
        }
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
            out.println(events(orders + refused + skipped) + ": " + orders + (orders == 1 ? " becomes an order" : " become orders")
                + (warned == 0 ? "" : " (" + warned + " with a warning)") + (repaired == 0 ? "" : ", " + repaired + " repaired")
                + ", " + refused + (refused == 1 ? " is refused" : " are refused")
                + (skipped == 0 ? "" : ", " + skipped + (skipped == 1 ? " is skipped" : " are skipped")));
            advice();
        }
        out.flush();
    }

    /** What to do next, for who tries events of a shop for the first time. */
    private void advice() {
        if (otherShape) {
            out.println("An event of another shape takes a mapping: see docs/mapping.md");
        }
        if (urlsMissing) {
            out.println("URLs may be settings: order.notification-url, .redirect-url and .cancel-url");
        }
    }

    private static String events(int count) {
        return count + (count == 1 ? " event" : " events");
    }
}
