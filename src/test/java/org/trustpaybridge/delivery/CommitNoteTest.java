package org.trustpaybridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trustpaybridge.delivery.Records.source;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class CommitNoteTest {

    private static final PartitionId P0 = new PartitionId("order-created", 0);
    private static final String TOPIC_ID = "Zm9vYmFyYmF6cXV4MTIzNA";
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123Z");
    /** What a broker takes by default. */
    private static final int BYTES = 4096;

    @Property
    void what_is_written_is_read(@ForAll @Size(min = 1, max = 200) Set<@LongRange(max = 1L << 40) Long> offsets,
                                 @ForAll @LongRange(min = 1, max = 1000) long beyond, @ForAll @IntRange(min = 1, max = 5000) int partitions,
                                 @ForAll boolean deleted, @ForAll boolean doubtful, @ForAll boolean told) {
        // Given
        TreeSet<Long> open = new TreeSet<>(offsets);
        long position = open.last() + beyond;
        CommitNote note = new CommitNote(TOPIC_ID, partitions,
            deleted ? Optional.of(new DeletedUnread(5, 1L << 41, 1L << 40, NOON)) : Optional.empty(),
            doubtful ? Optional.of(new Doubt(1L << 42, told)) : Optional.empty(), Optional.empty());

        // When
        CommitNote read = CommitNote.read(note.write(position, open, BYTES), open.first());

        // Then
        assertThat(read.brief()).isEqualTo(note);
        assertThat(read.trusted()).isTrue();
        read.open().ifPresent(known -> assertThat(known).isEqualTo(new OpenOffsets(open.first(), position, open)));
        assertThat(CommitNote.read(note.write(open.first()), open.first())).isEqualTo(note);
    }

    /** Of Azure Event Hubs. What is left out are open offsets, and nothing else. */
    @Property
    void no_note_is_longer_than_brokers_take(@ForAll @Size(min = 1, max = 2000) Set<@LongRange(max = Long.MAX_VALUE / 4) Long> offsets,
                                             @ForAll @LongRange(max = Long.MAX_VALUE / 4) long number, @ForAll boolean doubtful) {
        // Given
        TreeSet<Long> open = new TreeSet<>(offsets);
        CommitNote note = new CommitNote(TOPIC_ID, Integer.MAX_VALUE, Optional.of(new DeletedUnread(number, 2 * number, number, NOON)),
            doubtful ? Optional.of(new Doubt(number, true)) : Optional.empty(), Optional.empty());
        int longest = BrokerProfile.EVENT_HUBS.noteLength();

        // When
        String text = note.write(open.last() + 1, open, longest);

        // Then
        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(longest);
        assertThat(CommitNote.read(text, open.first()).brief()).isEqualTo(note);
    }

    @Test
    void the_usual_window_fits_into_what_a_broker_takes() {
        // Given
        TreeSet<Long> open = new TreeSet<>(LongStream.range(0, 1000).map(i -> 5_000_000_000L + 3 * i).boxed().toList());

        // When
        String text = full().write(5_000_003_000L, open, BYTES);

        // Then
        assertThat(text).hasSizeLessThan(BYTES);
        assertThat(CommitNote.read(text, 5_000_000_000L).open()).isPresent();
    }

    /** Brokers may be set to take less. Without the open offsets, records behind the committed one are looked up once more. */
    @Test
    void what_does_not_fit_leaves_the_open_offsets_out_and_all_else_in() {
        // Given
        TreeSet<Long> open = new TreeSet<>(LongStream.range(0, 5000).boxed().toList());

        // When
        String text = full().write(5000, open, BYTES);

        // Then
        assertThat(CommitNote.read(text, 0)).isEqualTo(full());
        assertThat(text).hasSizeLessThan(150);
    }

    @Test
    void what_an_earlier_version_wrote_tells_the_open_offsets_and_is_not_trusted_for_more() {
        // When
        CommitNote note = CommitNote.read("tpb1:CgUD", 10);

        // Then
        assertThat(note.open()).contains(new OpenOffsets(10, 15, Set.of(10L, 13L)));
        assertThat(note.trusted()).isFalse();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"somebody else's", "tpb1:", "tpb1:!", "tpb1:gICAgICA", "tpb2:", "tpb2:!", "tpb2:AAD//////////38", "tpb2:AP8",
        "tpb2:////////////////////////", "tpb3:AAA"})
    void texts_of_others_and_damaged_ones_say_nothing(String text) {
        assertThat(CommitNote.read(text, 0)).isEqualTo(CommitNote.NONE);
    }

    @Test
    void a_text_that_belongs_to_another_offset_says_nothing() {
        String text = full().write(20, new TreeSet<>(Set.of(7L, 9L)), BYTES);

        assertThat(CommitNote.read(text, 8)).isEqualTo(CommitNote.NONE);
        assertThat(CommitNote.read(text, 7).open()).isPresent();
    }

    @Test
    void the_next_member_passes_over_what_was_finished_behind_the_committed_offset() {
        // Given
        InFlightWindow first = window();
        first.assign(P0);
        for (long offset = 10; offset < 15; offset++) {
            first.open(source(0, offset, "o-" + offset));
        }
        Records.take(first).stream().filter(record -> record.source().offset() != 10 && record.source().offset() != 13).forEach(record -> {
            record.conclude(new Verdict.Finished());
            first.passEnded(record, Duration.ZERO);
        });
        CommitPoint committed = first.commitPoints().get(P0);
        InFlightWindow next = window();
        next.assign(P0, new Opening(10, 10, CommitNote.read(committed.metadata(), committed.offset())));

        // When
        for (long offset = 10; offset < 17; offset++) {
            next.open(source(0, offset, "o-" + offset));
        }

        // Then
        assertThat(committed.offset()).isEqualTo(10);
        assertThat(Records.take(next)).extracting(record -> record.source().offset()).containsExactly(10L, 13L, 15L, 16L);
    }

    private static CommitNote full() {
        return new CommitNote(TOPIC_ID, 12, Optional.of(new DeletedUnread(5, 1L << 41, 1L << 40, NOON)),
            Optional.of(new Doubt(1L << 42, false)),
            Optional.empty());
    }

    private static InFlightWindow window() {
        return new InFlightWindow(WindowLimits.forConcurrency(64), Records::orderId, Clock.systemUTC(), System::nanoTime,
            Records.flowing());
    }
}
