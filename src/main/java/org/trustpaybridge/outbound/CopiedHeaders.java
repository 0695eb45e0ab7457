package org.trustpaybridge.outbound;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trustpaybridge.delivery.RecordHeader;
import org.trustpaybridge.order.IncomingEvent;

/**
 * Headers of a record that go on into another one, within limits: whoever publishes events could otherwise make records that no topic
 * takes. What is left out, one header says.
 *
 * @param taken   in their order
 * @param leftOut how many were left out, their bytes, and the names of the first; empty when none was
 */
record CopiedHeaders(List<RecordHeader> taken, Optional<RecordHeader> leftOut) {

    private static final int NAMES = 10;
    private static final int NAME = 40;

    /** Copies the list. */
    CopiedHeaders {
        taken = List.copyOf(taken);
    }

    /** Those that decide how the event is read, or say that it was replayed, have room before the others. */
    static CopiedHeaders within(HeaderLimits limits, List<RecordHeader> wanted) {
        boolean[] taken = new boolean[wanted.size()];
        Room room = new Room(limits);
        take(wanted, taken, room, header -> IncomingEvent.matters(header.name()) || DeadLetterHeaders.isReplay(header.name()));
        take(wanted, taken, room, header -> true);
        List<RecordHeader> in = new ArrayList<>();
        List<RecordHeader> out = new ArrayList<>();
        for (int i = 0; i < taken.length; i++) {
            (taken[i] ? in : out).add(wanted.get(i));
        }
        return new CopiedHeaders(in, out.isEmpty() ? Optional.empty() : Optional.of(summary(out)));
    }

    private static void take(List<RecordHeader> wanted, boolean[] taken, Room room, Predicate<RecordHeader> these) {
        for (int i = 0; i < taken.length; i++) {
            taken[i] = taken[i] || these.test(wanted.get(i)) && room.takes(size(wanted.get(i)));
        }
    }

    private static int size(RecordHeader header) {
        return Utf8.bytes(header.name()).length + (header.value() == null ? 0 : header.value().length);
    }

    private static RecordHeader summary(List<RecordHeader> out) {
        ObjectNode json = Json.object();
        json.put("count", out.size());
        json.put("bytes", out.stream().mapToLong(CopiedHeaders::size).sum());
        ArrayNode names = json.putArray("names");
        out.stream().limit(NAMES).forEach(header -> names.add(shown(header.name())));
        return Utf8.header(DeadLetterHeaders.LEFT_OUT, Json.text(json));
    }

    /** A name may be as long as a record, and have anything in it. */
    private static String shown(String name) {
        StringBuilder shown = new StringBuilder();
        name.chars().limit(NAME).forEach(c -> shown.append(c > ' ' && c < 0x7F ? (char) c : '?'));
        return shown.append(name.length() > NAME ? "..." : "").toString();
    }

    private static final class Room {

        private final HeaderLimits limits;
        private int number;
        private long bytes;

        Room(HeaderLimits limits) {
            this.limits = limits;
        }

        boolean takes(int size) {
            boolean fits = number < limits.number() && size <= limits.each() && bytes + size <= limits.all();
            if (fits) {
                number++;
                bytes += size;
            }
            return fits;
        }
    }
}
