package org.trustpaybridge.command.send;

import java.io.IOException;
import java.io.PrintWriter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.trustpaybridge.command.console.JsonOption;
import org.trustpaybridge.command.console.Shown;
import org.trustpaybridge.command.console.Styled;
import org.trustpaybridge.command.console.Table;
import picocli.CommandLine.Help.ColorScheme;

/** Tells what was sent and what came of it. */
final class SendReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintWriter out;
    private final ColorScheme colors;
    private final boolean json;
    private final ObjectNode document = JsonOption.object();

    SendReport(PrintWriter out, ColorScheme colors, boolean json) {
        this.out = out;
        this.colors = colors;
        this.json = json;
    }

    /** @param orderId null where it cannot be read */
    void sent(String orderId, RecordMetadata sent) {
        document.put("order_id", orderId).put("topic", sent.topic()).put("partition", sent.partition()).put("offset", sent.offset());
        say((orderId == null ? "Published an event without a readable order id" : "Published order " + Shown.plain(orderId)) + " as "
            + sent.topic() + "-" + sent.partition() + "@" + sent.offset());
    }

    void waiting(String what) {
        say("Waiting for " + what + " ...");
    }

    void ended(SendOutcome ending) {
        if (ending instanceof SendOutcome.PaymentUrl url) {
            document.put("outcome", "payment_url").put("payment_url", url.url()).put("took_ms", url.took().toMillis());
            say(new Styled("green", "Payment URL").in(colors) + " after " + url.took().toMillis() + " ms:");
            say("  " + Shown.plain(url.url()));
        } else if (ending instanceof SendOutcome.DeadLetter letter) {
            document.put("outcome", "dead_letter").put("dead_letter", letter.place()).put("code", letter.code())
                .put("reason", letter.reason()).put("took_ms", letter.took().toMillis());
            document.set("detail", tree(letter.detail()));
            say(new Styled("red", "Dead letter").in(colors) + " " + letter.place() + " after " + letter.took().toMillis() + " ms: "
                + Shown.plain(letter.code()));
            say(Shown.wrapped(letter.reason(), "  ", Table.WIDTH));
            say(Shown.json(JsonOption.text(tree(letter.detail()))));
        } else if (ending instanceof SendOutcome.Repeat repeat) {
            repeat(repeat);
        } else if (ending instanceof SendOutcome.Skipped) {
            document.put("outcome", "skipped");
            say(new Styled("yellow", "Skipped").in(colors)
                + ": order.mapping says that it is not for TrustPay. Nothing was published for it.");
        } else if (ending instanceof SendOutcome.Nothing nothing) {
            document.put("outcome", "nothing").put("why", nothing.why());
            say(new Styled("red", "Nothing came of it yet").in(colors) + ".");
            say(Shown.wrapped(nothing.why(), "  ", Table.WIDTH));
        }
    }

    private void repeat(SendOutcome.Repeat repeat) {
        document.put("outcome", "repeat");
        String skipped = new Styled("yellow", "A repeat").in(colors) + ": the bridge skipped it, ";
        if (repeat.letter().isPresent()) {
            document.put("earlier_dead_letter", repeat.letter().get());
            say(skipped + "this record's dead letter exists:");
            say("  " + repeat.letter().get());
        } else if (repeat.url().isPresent()) {
            document.put("earlier_payment_url", repeat.url().get());
            say(skipped + "the order has a payment URL:");
            say("  " + Shown.plain(repeat.url().get()));
        } else {
            say(skipped + "and published nothing.");
            say(Shown.wrapped("The payment URL of the order, or the dead letter of this record, was published before, but is not among"
                + " the newest records of its topic.", "  ", Table.WIDTH));
        }
    }

    void end() {
        if (json) {
            JsonOption.print(out, document);
        }
        out.flush();
    }

    private void say(String line) {
        if (!json) {
            out.println(line);
            out.flush();
        }
    }

    private static JsonNode tree(String detail) {
        try {
            return JSON.readTree(detail);
        } catch (IOException e) {
            return JSON.getNodeFactory().textNode(detail);
        }
    }
}
