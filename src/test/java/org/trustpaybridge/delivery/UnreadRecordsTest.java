package org.trustpaybridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.order.OrderId;
import org.trustpaybridge.order.ReadEvent;

/** Records whose schema is not here yet: held apart, in their order. The value of each begins with the number of its schema. */
class UnreadRecordsTest {

    private static final int KNOWN = 1;
    private static final int AWAITED = 2;

    private final Set<Integer> known = new HashSet<>(Set.of(KNOWN));
    private final InFlightWindow window = InFlightWindow.reading(new WindowLimits(4, 3, 100, 1000), this::read,
        Clock.fixed(Records.FETCHED, ZoneOffset.UTC), () -> 0, Records.flowing());
    private int woken;

    @BeforeEach
    void assign() {
        window.assign(Records.P0);
        window.whenReady(() -> woken++);
    }

    @Test
    void others_flow_and_nothing_behind_it_is_committed() {
        open(0, "a", AWAITED, "a");
        open(1, "b", KNOWN, "b");

        finish(take("b"));

        assertThat(Records.take(window)).isEmpty();
        assertThat(window.commitPoints().values()).allMatch(point -> point.offset() == 0);
        assertThat(window.unread()).isEqualTo(1);
        assertThat(window.status().held()).isEqualTo(1);
    }

    @Test
    void all_have_their_turn_when_the_schema_has_come_and_the_polling_thread_is_woken() {
        open(0, "a", AWAITED, "a");
        open(1, "b", AWAITED, "b");
        known.add(AWAITED);

        window.readAgain();

        assertThat(woken).isPositive();
        assertThat(ids(Records.take(window))).containsExactly("a", "b");
        assertThat(window.unread()).isZero();
        assertThat(window.status().held()).isZero();
    }

    @Test
    void what_comes_later_with_its_key_waits_behind_it_though_it_could_be_read() {
        open(0, "k", AWAITED, "same");
        open(1, "k", KNOWN, "same");
        open(2, "other", KNOWN, "free");
        assertThat(ids(Records.take(window))).containsExactly("free");

        known.add(AWAITED);
        window.readAgain();

        List<InFlightRecord> first = Records.take(window);
        assertThat(first).singleElement().satisfies(record -> assertThat(record.source().offset()).isZero());
        finish(first.get(0));
        assertThat(Records.take(window)).singleElement().satisfies(record -> assertThat(record.source().offset()).isEqualTo(1));
    }

    @Test
    void a_schema_that_comes_while_the_record_is_opened_is_not_missed() {
        int[] asked = {0};
        InFlightWindow racing = InFlightWindow.reading(new WindowLimits(4, 3, 100, 1000),
            source -> asked[0]++ == 0 ? new ReadEvent.NotYet() : new ReadEvent.AsItCame(Optional.of(new OrderId("a"))),
            Clock.fixed(Records.FETCHED, ZoneOffset.UTC), () -> 0, Records.flowing());
        racing.assign(Records.P0);

        racing.open(Records.source(0, 0, "a"));

        assertThat(ids(Records.take(racing))).containsExactly("a");
    }

    @Test
    void a_partition_that_is_taken_away_takes_them_along() {
        open(0, "k", AWAITED, "same");
        open(1, "k", KNOWN, "same");

        window.revoke(List.of(Records.P0));
        known.add(AWAITED);
        window.readAgain();

        assertThat(Records.take(window)).isEmpty();
        assertThat(window.unread()).isZero();
        assertThat(window.status().held()).isZero();
        assertThat(window.status().bytes()).isZero();
    }

    @Test
    void without_keys_nothing_waits_for_anything_else() {
        open(0, null, AWAITED, "a");
        open(1, null, KNOWN, "b");

        assertThat(ids(Records.take(window))).containsExactly("b");
    }

    private ReadEvent read(SourceRecord source) {
        String id = new String(source.value(), 1, source.value().length - 1, StandardCharsets.UTF_8);
        return known.contains((int) source.value()[0]) ? new ReadEvent.AsItCame(Optional.of(new OrderId(id))) : new ReadEvent.NotYet();
    }

    private void open(long offset, String key, int schema, String id) {
        window.open(Records.source(0, offset, key, ((char) schema + id).getBytes(StandardCharsets.UTF_8), List.of()));
    }

    private InFlightRecord take(String id) {
        List<InFlightRecord> taken = Records.take(window);
        assertThat(ids(taken)).containsExactly(id);
        return taken.get(0);
    }

    private void finish(InFlightRecord inFlight) {
        inFlight.conclude(new Verdict.Finished());
        window.passEnded(inFlight, Duration.ZERO);
    }

    private static Stream<String> ids(List<InFlightRecord> records) {
        return records.stream().map(record -> record.orderId().orElseThrow().text());
    }
}
