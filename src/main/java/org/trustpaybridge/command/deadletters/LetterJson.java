package org.trustpaybridge.command.deadletters;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trustpaybridge.command.console.JsonOption;
import org.trustpaybridge.deadletters.DeadLetter;

/** A dead letter for a machine to read. */
final class LetterJson {

    private LetterJson() {
    }

    static ObjectNode of(DeadLetter letter) {
        ObjectNode json = JsonOption.object();
        json.put("partition", letter.place().partition());
        json.put("offset", letter.place().offset());
        json.put("reason", letter.code().map(Enum::name).orElse(null));
        json.put("message", letter.message().orElse(null));
        json.put("order_id", letter.orderId().orElse(null));
        json.put("failed_at", letter.failedAt().toString());
        json.put("stage", letter.stage().orElse(null));
        json.put("attempts", letter.attempts());
        json.put("replays", letter.replays());
        letter.source().ifPresent(source -> json.putObject("source").put("topic", source.topic())
            .put("partition", source.place().partition()).put("offset", source.place().offset()));
        letter.trimmed().ifPresent(trimmed -> json.putObject("trimmed").put("key_bytes", trimmed.key().size())
            .put("value_bytes", trimmed.value().size()).put("value_sha256", trimmed.value().sha256()));
        if (!letter.detail().isMissingNode()) {
            json.set("detail", letter.detail());
        }
        return json;
    }
}
