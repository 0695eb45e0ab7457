package org.trustpaybridge.deadletters;

import java.util.LinkedHashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** The reason of a dead letter in a few words, for a line of a table. */
public final class ReasonInShort {

    private ReasonInShort() {
    }

    /** @return the fields that are wrong, or what the provider answered; else the sentence of the dead letter */
    public static String of(DeadLetter letter) {
        return letter.trimmed().isPresent() ? "trimmed; " + reason(letter) : reason(letter);
    }

    private static String reason(DeadLetter letter) {
        JsonNode detail = letter.detail();
        if (detail.path("violations").size() > 0) {
            Set<String> fields = new LinkedHashSet<>();
            detail.path("violations").forEach(violation -> fields.add(violation.path("field").asText()));
            return Printable.line(String.join(", ", fields));
        }
        if (detail.path("existing_order").has("amount")) {
            return Printable.line("was " + detail.path("existing_order").path("amount").asText() + " "
                + detail.path("existing_order").path("currency").asText());
        }
        String answer = answer(detail);
        return Printable.line(answer.isBlank() ? letter.message().orElse("") : answer);
    }

    private static String answer(JsonNode detail) {
        JsonNode code = detail.path("provider_error_code");
        JsonNode status = detail.path("http_status");
        String found = code.isInt() ? code.asInt() + " " : status.isInt() ? "HTTP " + status.asInt() + " " : "";
        return (found + detail.path("provider_error_info").asText("")).strip();
    }
}
