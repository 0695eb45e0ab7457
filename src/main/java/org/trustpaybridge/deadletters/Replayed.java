package org.trustpaybridge.deadletters;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.trustpaybridge.delivery.RecordHeader;
import org.trustpaybridge.outbound.DeadLetterHeaders;
import org.trustpaybridge.outbound.OutgoingRecord;

/** Makes the record that puts a dead letter's event back on the inbound topic. */
public final class Replayed {

    private Replayed() {
    }

    /**
     * @param deadLetterTopic the topic that the letter stands on
     * @param letter          the dead letter
     * @return the event as it came: key, value and headers, without those that the bridge added; with two that say which dead letter it was
     *     and how often it was replayed
     */
    public static OutgoingRecord of(String deadLetterTopic, StoredRecord letter) {
        return of(deadLetterTopic, letter, letter);
    }

    /**
     * @param deadLetterTopic the topic that the letter stands on
     * @param letter          a dead letter that was trimmed
     * @param event           its event, where it still stands
     * @return the same, made of the event
     */
    public static OutgoingRecord of(String deadLetterTopic, StoredRecord letter, StoredRecord event) {
        List<RecordHeader> headers = new ArrayList<>(event.headers());
        headers.removeIf(header -> DeadLetterHeaders.isReason(header.name()) || DeadLetterHeaders.isReplay(header.name()));
        headers.add(header(DeadLetterHeaders.REPLAY_OF, new ReplayMark(deadLetterTopic, letter.place()).toString()));
        headers.add(header(DeadLetterHeaders.REPLAYS, Integer.toString(DeadLetter.read(letter).replays() + 1)));
        return new OutgoingRecord(event.key(), event.value(), headers);
    }

    private static RecordHeader header(String name, String text) {
        return new RecordHeader(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
