package org.trustpaybridge.deadletters;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.trustpaybridge.delivery.DeadLetterReason.Code;
import org.trustpaybridge.outbound.DeadLetterHeaders;
import org.trustpaybridge.outbound.Trimmed;

/**
 * What a dead letter's headers say. Whoever may write to the topic may have written them: a header that makes no sense counts as one that
 * is not there.
 *
 * @param place    where it stands on the dead-letter topic
 * @param code     why it is there; empty on a record that the bridge did not write
 * @param stage    step at which the event ended
 * @param message  the reason in a sentence
 * @param detail   the reason in detail; missing when there is none
 * @param orderId  the order id, when it could be read
 * @param attempts POSTs made for it
 * @param failedAt when it was given up, or when the record was written
 * @param source   where the event stands or stood
 * @param replays  how often the event was replayed before it became this dead letter
 * @param replayOf the dead letter that it was before; empty if it was not replayed
 * @param trimmed  fingerprints of the whole event, if the letter holds only the beginning of it
 */
public record DeadLetter(Place place, Optional<Code> code, Optional<String> stage, Optional<String> message, JsonNode detail,
                         Optional<String> orderId, int attempts, Instant failedAt, Optional<Source> source, int replays,
                         Optional<ReplayMark> replayOf, Optional<Trimmed> trimmed) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param letter a record of the dead-letter topic
     * @return what its headers say
     */
    public static DeadLetter read(StoredRecord letter) {
        return new DeadLetter(letter.place(), letter.header(DeadLetterHeaders.CODE).flatMap(DeadLetter::code),
            letter.header(DeadLetterHeaders.STAGE), letter.header(DeadLetterHeaders.MESSAGE),
            letter.header(DeadLetterHeaders.DETAIL).map(DeadLetter::json).orElse(MissingNode.getInstance()),
            letter.header(DeadLetterHeaders.ORDER_ID), (int) number(letter, DeadLetterHeaders.ATTEMPTS).orElse(0L).longValue(),
            letter.header(DeadLetterHeaders.FAILED_AT).flatMap(DeadLetter::time).orElse(letter.timestamp()), source(letter),
            (int) number(letter, DeadLetterHeaders.REPLAYS).orElse(0L).longValue(),
            letter.header(DeadLetterHeaders.REPLAY_OF).flatMap(ReplayMark::parse),
            letter.header(DeadLetterHeaders.TRIMMED).map(text -> text.getBytes(StandardCharsets.UTF_8)).flatMap(Trimmed::read));
    }

    /**
     * @param hide hides what nobody may see in a text
     * @return the same, with the sentence and the texts of the detail as they may be seen
     */
    public DeadLetter hiding(UnaryOperator<String> hide) {
        return new DeadLetter(place, code, stage, message.map(hide), hiding(hide, detail), orderId, attempts, failedAt, source, replays,
            replayOf,
            trimmed);
    }

    private static JsonNode hiding(UnaryOperator<String> hide, JsonNode node) {
        if (node.isTextual()) {
            return TextNode.valueOf(hide.apply(node.textValue()));
        }
        if (node instanceof ObjectNode object) {
            object.properties().forEach(member -> member.setValue(hiding(hide, member.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, hiding(hide, array.get(i)));
            }
        }
        return node;
    }

    /** @return the code as a word; {@code (none)} on a record that the bridge did not write */
    public String reason() {
        return code.map(Code::name).orElse("(none)");
    }

    private static Optional<Code> code(String text) {
        return Arrays.stream(Code.values()).filter(code -> code.name().equals(text)).findFirst();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Source> source(StoredRecord letter) {
        return letter.header(DeadLetterHeaders.TOPIC).flatMap(topic -> number(letter, DeadLetterHeaders.PARTITION)
            .flatMap(partition -> number(letter, DeadLetterHeaders.OFFSET, 18)
                .map(offset -> new Source(topic, new Place((int) partition.longValue(), offset)))));
    }

    private static Optional<Long> number(StoredRecord letter, String name) {
        return number(letter, name, 9);
    }

    private static Optional<Long> number(StoredRecord letter, String name, int digits) {
        return letter.header(name).filter(text -> text.matches("[0-9]{1," + digits + "}")).map(Long::valueOf);
    }

    /**
     * Where an event stands.
     *
     * @param topic topic
     * @param place place in it
     */
    public record Source(String topic, Place place) {

        @Override
        public String toString() {
            return topic + "-" + place;
        }
    }
}
