package org.trustpaybridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.trustpaybridge.delivery.StuckRecords.Kind;

class StuckRecordsTest {

    private final Set<InFlightRecord> gone = new HashSet<>();
    private final StuckRecords stuck = new StuckRecords(record -> !gone.contains(record), Clock.systemUTC());
    private final InFlightRecord record = Records.inFlight(Records.source(0, 7, "o-7"));

    @Test
    void a_record_that_fails_again_and_again_is_named_once_with_what_was_said_last() {
        // When
        stuck.failed(record, Kind.STEP_FAILS, "first");
        stuck.passEnded(record);
        Records.handOut(record, 0);
        stuck.failed(record, Kind.STEP_FAILS, "second");
        stuck.passEnded(record);

        // Then
        assertThat(stuck.now()).hasSize(1).first().matches(each -> each.inFlight() == record && each.why().equals("second"));
    }

    @Test
    void a_pass_that_did_not_fail_ends_it() {
        // Given
        stuck.failed(record, Kind.STEP_FAILS, "a step");
        stuck.passEnded(record);
        Records.handOut(record, 0);

        // When
        record.conclude(new Verdict.Finished());
        stuck.passEnded(record);

        // Then
        assertThat(stuck.now()).isEmpty();
    }

    @Test
    void a_letter_that_is_too_large_stays_so_while_it_waits_for_its_turn() {
        // Given
        stuck.failed(record, Kind.TOO_LARGE, "too large");
        stuck.passEnded(record);
        Records.handOut(record, 0);

        // When
        record.conclude(new Verdict.Held(Duration.ZERO));
        stuck.passEnded(record);

        // Then
        assertThat(stuck.now()).hasSize(1);
    }

    @Test
    void records_whose_partition_went_are_forgotten() {
        // Given
        InFlightRecord other = Records.inFlight(Records.source(1, 8, "o-8"));
        stuck.failed(record, Kind.REFUSED, "refused");
        stuck.failed(other, Kind.REFUSED, "refused");

        // When
        gone.add(record);

        // Then
        assertThat(stuck.now()).extracting(StuckRecords.Stuck::inFlight).isEqualTo(List.of(other));
    }
}
