package org.trustpaybridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trustpaybridge.delivery.Records.source;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenOffsetsTest {

    private static final PartitionId P0 = new PartitionId("order-created", 0);

    @Property
    void what_is_written_is_read(@ForAll @Size(min = 1, max = 200) Set<@LongRange(max = 1L << 40) Long> offsets,
                                 @ForAll @LongRange(min = 1, max = 1000) long beyond) {
        TreeSet<Long> open = new TreeSet<>(offsets);
        long position = open.last() + beyond;
        String text = OpenOffsets.write(position, open);

        if (text.isEmpty()) {
            return;
        }
        OpenOffsets read = OpenOffsets.read(text, open.first()).orElseThrow();

        assertThat(read).isEqualTo(new OpenOffsets(open.first(), position, open));
        assertThat(open).noneMatch(read::finished);
        assertThat(read.finished(position)).isFalse();
    }

    @Test
    void the_usual_window_fits_into_what_a_broker_takes() {
        TreeSet<Long> open = new TreeSet<>(LongStream.range(0, 1000).map(i -> 5_000_000_000L + 3 * i).boxed().toList());

        assertThat(OpenOffsets.write(5_000_003_000L, open)).isNotEmpty().hasSizeLessThan(4096);
    }

    @Test
    void what_does_not_fit_is_left_out() {
        TreeSet<Long> open = new TreeSet<>(LongStream.range(0, 5000).boxed().toList());

        assertThat(OpenOffsets.write(5000, open)).isEmpty();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"somebody else's", "tpb1:", "tpb1:!", "tpb1:gICAgICA", "tpb2:AAA"})
    void texts_of_others_say_nothing(String text) {
        assertThat(OpenOffsets.read(text, 0)).isEmpty();
    }

    @Test
    void a_text_that_belongs_to_another_offset_says_nothing() {
        String text = OpenOffsets.write(20, new TreeSet<>(Set.of(7L, 9L)));

        assertThat(OpenOffsets.read(text, 8)).isEmpty();
        assertThat(OpenOffsets.read(text, 7)).isPresent();
    }

    @Test
    void the_next_member_passes_over_what_was_finished_behind_the_committed_offset() {
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
        next.assign(P0, committed);

        for (long offset = 10; offset < 17; offset++) {
            next.open(source(0, offset, "o-" + offset));
        }

        assertThat(committed.offset()).isEqualTo(10);
        assertThat(Records.take(next)).extracting(record -> record.source().offset()).containsExactly(10L, 13L, 15L, 16L);
    }

    private static InFlightWindow window() {
        return new InFlightWindow(WindowLimits.forConcurrency(64), Records::orderId, Clock.systemUTC(), System::nanoTime, Records.flowing());
    }
}
