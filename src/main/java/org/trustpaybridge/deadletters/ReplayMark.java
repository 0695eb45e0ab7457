package org.trustpaybridge.deadletters;

import java.util.Optional;

/**
 * Names the dead letter that a replayed record was, in its header {@code bridge-replay-of}. These marks on the inbound topic are the only
 * memory of what was replayed: they are there exactly if the record is, whoever was killed when.
 *
 * @param topic  dead-letter topic
 * @param letter place of the dead letter in it
 */
public record ReplayMark(String topic, Place letter) {

    /**
     * @param text a header's text
     * @return the mark; empty if the text is none
     */
    public static Optional<ReplayMark> parse(String text) {
        int at = text.lastIndexOf('-');
        return at < 1 ? Optional.empty() : Place.parse(text.substring(at + 1)).map(place -> new ReplayMark(text.substring(0, at), place));
    }

    @Override
    public String toString() {
        return topic + "-" + letter;
    }
}
