package org.trustpaybridge.outbound;

import java.io.IOException;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trustpaybridge.delivery.Fingerprint;

/**
 * What a dead letter says of its record's key and value when it holds only the beginning of them, because its topic takes no more. It is
 * the header {@link DeadLetterHeaders#TRIMMED}, as JSON: {@code value_bytes}, {@code value_sha256} and {@code value_kept}, the same of the
 * key, and {@code original}, how to get the whole record. Members of a key or value that is null are missing, and so is a hash of bytes
 * that nobody looked at.
 *
 * @param key   the record's key, whole
 * @param value the record's value, whole
 */
public record Trimmed(Fingerprint key, Fingerprint value) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param text value of the header
     * @return what it says; empty if it is not what this program writes
     */
    public static Optional<Trimmed> read(byte[] text) {
        try {
            JsonNode json = JSON.readTree(text);
            return Optional.of(new Trimmed(fingerprint(json, "key"), fingerprint(json, "value"))).filter(found -> json.isObject());
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * @param topic     topic of the record
     * @param partition partition of it
     * @param offset    offset in it
     * @param keyKept   how many bytes of the key the letter holds
     * @param valueKept how many bytes of the value the letter holds
     * @return the value of the header
     */
    String json(String topic, int partition, long offset, int keyKept, int valueKept) {
        ObjectNode json = Json.object();
        describe(json, "value", value, valueKept);
        describe(json, "key", key, keyKept);
        json.put("original", "record " + offset + " of partition " + partition + " of topic " + topic + ", as long as the topic keeps it: "
            + "kafka-console-consumer.sh --bootstrap-server BROKERS --topic " + topic + " --partition " + partition + " --offset " + offset
            + " --max-messages 1");
        return Json.text(json);
    }

    private static void describe(ObjectNode json, String name, Fingerprint whole, int kept) {
        if (whole.size() >= 0) {
            json.put(name + "_bytes", whole.size());
            if (!whole.sha256().isEmpty()) {
                json.put(name + "_sha256", whole.sha256());
            }
            json.put(name + "_kept", kept);
        }
    }

    private static Fingerprint fingerprint(JsonNode json, String name) {
        return new Fingerprint(json.path(name + "_bytes").asLong(-1), json.path(name + "_sha256").asText(""));
    }
}
