package org.trustpaybridge.command.deadletters;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import org.trustpaybridge.deadletters.DeadLetter;
import org.trustpaybridge.deadletters.Place;
import org.trustpaybridge.deadletters.ReasonGuide;
import org.trustpaybridge.deadletters.StoredRecord;
import org.trustpaybridge.outbound.DeadLetterHeaders;

/** Everything about a dead letter, for a person. */
final class DeadLetterText {

    private static final int MOST_PLACES = 10;

    private final PrintWriter out;
    private final LabelledText sheet;
    private final boolean reveal;

    DeadLetterText(PrintWriter out, boolean reveal) {
        this.out = out;
        this.sheet = new LabelledText(out);
        this.reveal = reveal;
    }

    void print(String topic, StoredRecord stored, DeadLetter letter, List<Place> others, String value) {
        sheet.line("Where", letter.place() + " on " + topic + others(others));
        sheet.line("Order", letter.orderId().orElse("(no order id could be read)"));
        sheet.line("Given up", letter.failedAt() + ", after " + letter.attempts() + (letter.attempts() == 1 ? " POST" : " POSTs"));
        sheet.line("Reason", letter.reason() + letter.message().map(message -> ": " + message).orElse(""));
        letter.code().map(ReasonGuide::of).ifPresentOrElse(this::print, () -> sheet.line("", "The bridge did not write this record."));
        print(letter.detail());
        letter.source().ifPresent(source -> sheet.line("Event", "read from " + source
            + letter.replayOf().map(mark -> ", replay " + letter.replays() + " of this event, of dead letter "
                + mark.letter()).orElse("")));
        letter.trimmed().ifPresent(trimmed -> sheet.line("Trimmed",
            "the event is larger than this topic takes, or than the bridge can hold: this letter has the first "
            + length(stored.value()) + " of " + Math.max(0, trimmed.value().size()) + " bytes of its value, and the first "
            + length(stored.key()) + " of " + Math.max(0, trimmed.key().size()) + " of its key. "
            + (trimmed.value().sha256().isEmpty() ? "Its SHA-256 is not known" : "Its SHA-256 is " + trimmed.value().sha256())
                + ". A replay takes the whole event from where it was read, as long as it is there"));
        sheet.line("Key", key(stored, letter.orderId()));
        String headers = stored.headers().stream().map(header -> header.name())
            .filter(name -> !DeadLetterHeaders.isReason(name) && !DeadLetterHeaders.isReplay(name)).collect(Collectors.joining(", "));
        sheet.line("Headers", headers.isEmpty() ? "(none of its own)" : headers);
        out.println();
        out.println(value);
        if (!reveal && stored.value() != null) {
            out.println();
            out.println("*** hides what may be personal; --reveal shows it.");
        }
    }

    private static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static String others(List<Place> others) {
        return others.isEmpty() ? "" : "; older ones of this order: "
            + others.stream().limit(MOST_PLACES).map(Place::toString).collect(Collectors.joining(", "))
            + (others.size() > MOST_PLACES ? " and " + (others.size() - MOST_PLACES) + " more" : "");
    }

    private void print(ReasonGuide guide) {
        sheet.line("Meaning", plain(guide.happened()));
        sheet.line("To do", plain(guide.toDo()));
    }

    private static String plain(String text) {
        return text.replace("`", "") + ".";
    }

    private void print(JsonNode detail) {
        String label = "Violations";
        for (JsonNode violation : detail.path("violations")) {
            sheet.line(label, violation.path("field").asText() + ": " + violation.path("problem").asText());
            label = "";
        }
        if (detail.has("violations_left_out")) {
            sheet.line("", "and " + detail.path("violations_left_out").asText() + " more");
        }
        if (detail.has("http_status") || detail.has("provider_error_code") || detail.has("provider_error_info")) {
            sheet.line("Answer", (detail.has("http_status") ? "HTTP " + detail.path("http_status").asText() : "none")
                + (detail.has("provider_error_code") ? ", provider_error_code " + detail.path("provider_error_code").asText() : "")
                + Optional.of(detail.path("provider_error_info").asText()).filter(info -> !info.isBlank())
                    .map(info -> ", provider_error_info \"" + info + "\"").orElse(""));
        }
        if (detail.path("advice").isTextual()) {
            sheet.line("Advice", detail.path("advice").asText() + ".");
        }
        if (detail.has("reason") || detail.has("seen")) {
            sheet.line("Why", detail.path("reason").asText() + (detail.has("seen") ? ": " + detail.path("seen").asText() : ""));
        }
        JsonNode existing = detail.path("existing_order");
        if (!existing.isMissingNode()) {
            sheet.line("Existing", "known from " + existing.path("known_from").asText()
                + (existing.has("amount") ? ", " + existing.path("amount").asText() + " " + existing.path("currency").asText() : "")
                + (existing.has("status") ? ", status " + existing.path("status").asText() : "")
                + lookUp(existing.path("look_up")));
        }
    }

    private static String lookUp(JsonNode lookUp) {
        return switch (lookUp.path("result").asText()) {
            case "not-made" -> "; not looked up, since the id would be another place in the address";
            case "told-nothing" -> "; the look-up told nothing" + answered(lookUp);
            case "unknown" -> "; the look-up knows no such order" + answered(lookUp);
            default -> "";
        };
    }

    private static String answered(JsonNode lookUp) {
        return lookUp.has("http_status") ? " (HTTP " + lookUp.path("http_status").asText() + ")" : " (no answer)";
    }

    private String key(StoredRecord stored, Optional<String> orderId) {
        if (stored.key() == null) {
            return "(none)";
        }
        String text = new String(stored.key(), StandardCharsets.UTF_8);
        return reveal || orderId.filter(text::equals).isPresent() ? text : "*** (" + stored.key().length + " bytes)";
    }
}
