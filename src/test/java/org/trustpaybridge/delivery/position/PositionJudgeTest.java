package org.trustpaybridge.delivery.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trustpaybridge.delivery.CommitNote;
import org.trustpaybridge.delivery.DeletedUnread;
import org.trustpaybridge.delivery.Doubt;
import org.trustpaybridge.delivery.OpenOffsets;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.delivery.Standing;
import org.trustpaybridge.delivery.position.Beginning.How;
import org.trustpaybridge.delivery.position.PartitionFacts.Committed;
import org.trustpaybridge.delivery.position.Question.Why;

class PositionJudgeTest {

    private static final PartitionId P3 = new PartitionId("order-created", 3);
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant YESTERDAY = NOW.minus(Duration.ofHours(23));
    private static final Instant LAST_WEEK = NOW.minus(Duration.ofDays(7));
    private static final Instant LAST_MONTH = NOW.minus(Duration.ofDays(30));
    private static final TopicTrace UNTOUCHED = trace(part(0, 0, null), part(0, 0, null));
    private static final TopicTrace WHOLE_SINCE_LAST_MONTH = trace(part(0, 500, LAST_MONTH), part(0, 0, null), part(0, 300, YESTERDAY));
    private static final TopicTrace WHOLE_SINCE_YESTERDAY = trace(part(0, 50, YESTERDAY), part(0, 20, NOW));
    private static final TopicTrace CUT_YESTERDAY = trace(part(40, 50, YESTERDAY), part(3, 20, LAST_WEEK));
    private static final TopicTrace CUT_LAST_MONTH = trace(part(40, 50, LAST_MONTH), part(0, 0, null));

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private PositionJudge judge = judge("");

    // ---- what is committed

    @Test
    void a_commit_of_this_topic_within_it_is_trusted() {
        PartitionFacts facts = facts(10, 90, commit(50, note("id")));

        Beginning beginning = judge.place(facts);

        assertThat(beginning.how()).isEqualTo(How.CONTINUED);
        assertThat(beginning.at()).isEqualTo(50);
        assertThat(beginning.opening().committed()).as("nothing is to be committed").isEqualTo(50);
        assertThat(go(beginning, facts, null).beginning().doubt()).isEmpty();
    }

    /** A process was killed, and started again only when the ledger had forgotten what was published right before. */
    @Test
    void where_the_group_left_off_old_records_are_looked_up_but_nobody_is_asked() {
        PartitionFacts facts = facts(10, 90, commit(50, note("id")));

        PositionVerdict.Go go = go(judge.place(facts), facts, first(50, LAST_WEEK));

        assertThat(go.readBackTo()).contains(LAST_WEEK.minus(DAY));
        assertThat(go.beginning().doubt()).contains(new Doubt(90, true));
        assertThat(go.beginning().opening().committed()).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "10, 10"})
    void a_topic_of_another_id_is_read_from_its_beginning_whatever_is_committed(long start, long at) {
        for (long committed : List.of(0L, 50L, 5000L)) {
            Beginning beginning = judge.place(facts(start, 90, commit(committed, note("another"))));

            assertThat(beginning.how()).isEqualTo(How.NEW_TOPIC);
            assertThat(beginning.at()).isEqualTo(at);
            assertThat(beginning.doubt()).contains(new Doubt(90, false));
            assertThat(beginning.opening().committed()).as("it is to be committed").isEqualTo(-1);
            assertThat(beginning.note().topicId()).isEqualTo("id");
            assertThat(beginning.note().deleted().map(DeletedUnread::atMost)).isEqualTo(start > 0 ? Optional.of(start) : Optional.empty());
        }
    }

    @Test
    void a_commit_beyond_the_end_is_believed_by_the_epoch_of_its_leader_only() {
        Committed withEpoch = new Committed(120, Optional.of(4), note("id"));

        assertThat(judge.place(facts(10, 90, Optional.of(withEpoch))).leaderEpoch()).as("the client compares it").contains(4);
        for (CommitNote note : List.of(note("id"), CommitNote.NONE)) {
            Beginning beginning = judge.place(facts(10, 90, commit(120, note)));
            assertThat(beginning.how()).isEqualTo(How.BEYOND_END);
            assertThat(beginning.at()).as("where new records may lie").isEqualTo(10);
            assertThat(beginning.doubt()).contains(new Doubt(90, false));
        }
    }

    @Test
    void what_somebody_else_committed_is_a_wish_and_proves_nothing() {
        for (CommitNote note : List.of(CommitNote.NONE, CommitNote.read("tpb1:Mgo", 50))) {
            Beginning beginning = judge.place(facts(10, 90, commit(50, note)));

            assertThat(beginning.how()).isEqualTo(How.MOVED);
            assertThat(beginning.at()).isEqualTo(50);
            assertThat(beginning.doubt()).contains(new Doubt(90, false));
            assertThat(beginning.note().open()).isEqualTo(note.open());
        }
    }

    @Test
    void at_the_end_nothing_is_in_doubt() {
        for (Optional<Committed> committed : List.of(commit(90, CommitNote.NONE), Optional.<Committed>empty())) {
            PartitionFacts facts = facts(committed.isPresent() ? 10 : 90, 90, committed);

            assertThat(go(judge.place(facts), facts, null).beginning().doubt()).isEmpty();
        }
    }

    // ---- deleted unread

    @Test
    void records_that_were_deleted_behind_the_committed_offset_are_counted_but_for_those_that_were_finished() {
        OpenOffsets open = new OpenOffsets(50, 60, Set.of(50L, 53L));
        CommitNote note = new CommitNote("id", 4, Optional.empty(), Optional.empty(), Optional.of(open));

        Beginning beginning = judge.place(facts(70, 90, commit(50, note)));

        assertThat(beginning.at()).isEqualTo(70);
        assertThat(beginning.deleted()).contains(new DeletedUnread(50, 70, 2 + 10, NOW));
        assertThat(beginning.note().deleted()).isEqualTo(beginning.deleted());
        assertThat(beginning.opening().committed()).as("it is to be committed").isEqualTo(-1);
    }

    @Test
    void what_nobody_acknowledged_yet_is_kept_and_more_is_added() {
        DeletedUnread before = new DeletedUnread(5, 20, 15, LAST_WEEK);
        CommitNote note = new CommitNote("id", 4, Optional.of(before), Optional.empty(), Optional.empty());

        assertThat(judge.place(facts(10, 90, commit(50, note))).note().deleted()).contains(before);
        assertThat(judge.place(facts(70, 90, commit(50, note))).note().deleted()).contains(new DeletedUnread(5, 70, 35, LAST_WEEK));
    }

    @Test
    void where_all_that_was_deleted_had_been_finished_nothing_is_lost() {
        CommitNote note = new CommitNote("id", 4, Optional.empty(), Optional.empty(), Optional.of(new OpenOffsets(50, 60, Set.of(50L))));

        assertThat(judge.place(facts(51, 90, commit(50, note))).deleted()).map(DeletedUnread::atMost).contains(1L);
        assertThat(judge.place(facts(50, 90, commit(50, note))).deleted()).isEmpty();
    }

    // ---- nothing committed

    @Test
    void a_partition_that_was_added_is_new_as_a_whole() {
        PartitionFacts facts = new PartitionFacts(P3, "id", 4, 0, 90, Optional.empty(), 3, Optional.empty(), OptionalLong.empty());

        PositionVerdict.Go go = go(judge.place(facts), facts, first(0, LAST_MONTH));

        assertThat(go.beginning().how()).isEqualTo(How.ADDED);
        assertThat(go.beginning().doubt()).isEmpty();
        assertThat(go.readBackTo()).isEmpty();
    }

    @Test
    void a_partition_that_existed_when_others_were_committed_has_lost_its_offset() {
        PartitionFacts facts = new PartitionFacts(P3, "id", 4, 0, 90, Optional.empty(), 4, Optional.empty(), OptionalLong.empty());

        assertThat(judge.place(facts).how()).isEqualTo(How.BEGUN);
        assertThat(judge.place(facts).doubt()).contains(new Doubt(90, false));
    }

    @Test
    void a_topic_that_this_process_knew_by_another_id_was_created_anew_and_no_setting_skips_its_orders() {
        PartitionFacts facts = new PartitionFacts(P3, "id", 4, 0, 90, Optional.empty(), 0, Optional.of("another"), OptionalLong.empty());

        assertThat(judge("now").place(facts).how()).isEqualTo(How.NEW_TOPIC);
        assertThat(judge("now").place(facts).at()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"earliest, 10", "now, 90", "2026-11-22T11:00:00Z, 42"})
    void where_nothing_is_committed_the_operator_says_where_to_begin(String said, long at) {
        PartitionFacts facts = new PartitionFacts(P3, "id", 4, 10, 90, Optional.empty(), 0, Optional.empty(), OptionalLong.of(42));

        Beginning beginning = judge(said).place(facts);

        assertThat(beginning.how()).isEqualTo(How.TOLD);
        assertThat(beginning.at()).isEqualTo(at);
        assertThat(beginning.doubt()).isEqualTo(at == 90 ? Optional.empty() : Optional.of(new Doubt(90, true)));
    }

    @Test
    void the_operator_says_nothing_where_a_commit_is_trusted() {
        assertThat(judge("now").place(facts(10, 90, commit(50, note("id")))).at()).isEqualTo(50);
        assertThat(judge("now").place(facts(10, 90, commit(50, CommitNote.NONE))).at()).as("nor against another word of his").isEqualTo(50);
    }

    // ---- proof

    @Test
    void a_setup_that_is_truly_new_needs_no_ceremony() {
        PartitionFacts facts = facts(0, 90, Optional.empty());

        PositionVerdict.Go go = (PositionVerdict.Go) judge.judge(judge.place(facts), facts, first(0, YESTERDAY), traces(UNTOUCHED,
            missing()), Optional.empty());

        assertThat(go.beginning().at()).isZero();
        assertThat(go.beginning().doubt()).as("there is nothing to hold them against").isEmpty();
        assertThat(go.readBackTo()).isEmpty();
    }

    @Test
    void a_first_start_on_old_orders_or_on_a_topic_that_lost_some_asks() {
        PartitionFacts facts = facts(0, 90, Optional.empty());
        Beginning beginning = judge.place(facts);

        for (Traces traces : List.of(new Traces(UNTOUCHED, UNTOUCHED, true, Optional.of(LAST_WEEK)),
            new Traces(UNTOUCHED, UNTOUCHED, false, Optional.of(YESTERDAY)))) {
            assertThat(judge.judge(beginning, facts, first(0, YESTERDAY), traces, Optional.empty())).isEqualTo(asked(Why.NEVER_PUBLISHED,
                YESTERDAY));
        }
    }

    @Test
    void before_a_first_start_the_operator_may_have_moved_the_offsets_himself() {
        PartitionFacts facts = facts(0, 90, commit(20, CommitNote.NONE));

        PositionVerdict verdict = judge.judge(judge.place(facts), facts, first(20, LAST_WEEK), new Traces(UNTOUCHED, UNTOUCHED, true,
            Optional.of(LAST_WEEK)),
            Optional.empty());

        assertThat(verdict).isInstanceOfSatisfying(PositionVerdict.Go.class, go -> assertThat(go.beginning().at()).isEqualTo(20));
    }

    @Test
    void where_both_topics_reach_back_to_the_oldest_order_it_goes_on_by_itself() {
        for (TopicTrace outbound : List.of(WHOLE_SINCE_LAST_MONTH, CUT_LAST_MONTH)) {
            for (TopicTrace deadLetters : List.of(UNTOUCHED, missing(), WHOLE_SINCE_YESTERDAY, CUT_LAST_MONTH)) {
                assertThat(verdict(LAST_WEEK, outbound, deadLetters, null)).isInstanceOfSatisfying(PositionVerdict.Go.class, go -> {
                    assertThat(go.readBackTo()).contains(LAST_WEEK.minus(DAY));
                    assertThat(go.beginning().doubt()).contains(new Doubt(90, false));
                });
            }
        }
    }

    @Test
    void where_outbound_records_were_deleted_since_it_asks() {
        assertThat(verdict(LAST_WEEK, CUT_YESTERDAY, UNTOUCHED, true)).isEqualTo(asked(Why.OUTBOUND_TOO_SHORT, LAST_WEEK));
        assertThat(verdict(YESTERDAY.plusSeconds(60), CUT_YESTERDAY, UNTOUCHED, null)).isInstanceOf(PositionVerdict.Go.class);
    }

    @Test
    void where_a_partition_of_the_outbound_topic_is_empty_by_now_nothing_is_known_of_it() {
        assertThat(verdict(NOW, trace(part(0, 500, LAST_MONTH), part(7, 7, null)), UNTOUCHED, true)).isEqualTo(asked(Why.OUTBOUND_TOO_SHORT,
            NOW));
    }

    @Test
    void where_dead_letters_were_deleted_or_may_not_be_read_it_asks() {
        TopicTrace unreadable = new TopicTrace(TopicTrace.State.UNREADABLE, List.of());

        assertThat(verdict(LAST_WEEK, WHOLE_SINCE_LAST_MONTH, CUT_YESTERDAY, true)).isEqualTo(asked(Why.DEAD_LETTERS_TOO_SHORT, LAST_WEEK));
        assertThat(verdict(NOW, WHOLE_SINCE_LAST_MONTH, trace(part(7, 7, null)), true)).isEqualTo(asked(Why.DEAD_LETTERS_TOO_SHORT, NOW));
        assertThat(verdict(NOW, WHOLE_SINCE_LAST_MONTH, unreadable, true)).isEqualTo(asked(Why.DEAD_LETTERS_UNREADABLE, NOW));
    }

    /** Orders are always older than their payment URLs; a topic that was created anew would look the same. */
    @Test
    void where_the_oldest_order_is_older_than_all_that_was_published_it_must_be_among_that() {
        assertThat(verdict(LAST_WEEK, WHOLE_SINCE_YESTERDAY, UNTOUCHED, null)).isEqualTo(new PositionVerdict.Look(LAST_WEEK.minus(DAY)));
        assertThat(verdict(LAST_WEEK, WHOLE_SINCE_YESTERDAY, UNTOUCHED, true)).isInstanceOf(PositionVerdict.Go.class);
        assertThat(verdict(LAST_WEEK, WHOLE_SINCE_YESTERDAY, UNTOUCHED, false)).isEqualTo(asked(Why.OLDER_THAN_OUTBOUND, LAST_WEEK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"earliest", "now", "2026-11-22T11:00:00Z"})
    void the_operators_word_answers_the_question_and_what_is_known_as_done_is_skipped_all_the_same(String said) {
        judge = judge(said);
        PartitionFacts facts = new PartitionFacts(P3, "id", 4, 0, 90, commit(20, CommitNote.NONE), 0, Optional.empty(),
            OptionalLong.of(42));
        PositionVerdict verdict = judge.judge(judge.place(facts), facts, first(20, LAST_WEEK), traces(CUT_YESTERDAY, UNTOUCHED),
            Optional.empty());

        PositionVerdict.Go go = (PositionVerdict.Go) verdict;
        assertThat(go.beginning().at()).isEqualTo(said.equals("earliest") ? 20 : said.equals("now") ? 90 : 42);
        assertThat(go.beginning().doubt()).isEqualTo(said.equals("now") ? Optional.empty() : Optional.of(new Doubt(90, true)));
    }

    @Test
    void what_was_in_doubt_before_a_kill_is_so_after_it() {
        PartitionFacts facts = facts(0, 120, commit(50,
            new CommitNote("id", 4, Optional.empty(), Optional.of(new Doubt(90, false)), Optional.empty())));
        Beginning beginning = judge.place(facts);

        assertThat(judge.judge(beginning, facts, first(50, LAST_WEEK), traces(WHOLE_SINCE_YESTERDAY, UNTOUCHED), Optional.empty()))
            .as("that its past is covered was found out before").isEqualTo(new PositionVerdict.Go(beginning,
                Optional.of(LAST_WEEK.minus(DAY))));
        assertThat(judge.judge(beginning, facts, first(50, LAST_WEEK), traces(CUT_YESTERDAY, UNTOUCHED), Optional.empty()))
            .as("but it may have been emptied since").isEqualTo(asked(Why.OUTBOUND_TOO_SHORT, LAST_WEEK));
        assertThat(go(beginning, facts, first(95, YESTERDAY.plusSeconds(60))).beginning().doubt()).as("nothing is left of it").isEmpty();
    }

    @Test
    void what_does_not_fit_into_memory_is_asked_unless_somebody_answered() {
        PartitionFacts facts = facts(0, 90, Optional.empty());

        assertThat(judge.tooMuch(judge.place(facts), facts, LAST_WEEK)).isEqualTo(asked(Why.TOO_MUCH, LAST_WEEK));
        assertThat(judge("earliest").tooMuch(judge("earliest").place(facts), facts, LAST_WEEK)).isInstanceOf(PositionVerdict.Go.class);
    }

    // ---- while it is read

    @Test
    void a_log_that_differs_from_some_offset_on_is_read_again_from_there() {
        Beginning beginning = judge.placeAgain(facts(0, 120, Optional.empty()), standing(100, 95), OptionalLong.of(80));

        assertThat(beginning.how()).isEqualTo(How.CUT_BACK);
        assertThat(beginning.at()).isEqualTo(80);
        assertThat(beginning.doubt()).contains(new Doubt(120, false));
        assertThat(judge.placeAgain(facts(0, 120, Optional.empty()), standing(100, 70),
            OptionalLong.of(80)).at()).as("not before what is open")
            .isEqualTo(70);
        assertThat(judge.placeAgain(facts(0, 60, Optional.empty()), standing(100, 95), OptionalLong.of(80)).at()).as("never beyond the end")
            .isEqualTo(60);
    }

    @Test
    void a_log_that_ends_too_early_and_nobody_knows_since_where_is_read_from_its_beginning() {
        Beginning beginning = judge.placeAgain(facts(10, 60, Optional.empty()), standing(100, 95), OptionalLong.empty());

        assertThat(beginning.how()).isEqualTo(How.CUT_BACK);
        assertThat(beginning.at()).isEqualTo(10);
    }

    @Test
    void a_topic_of_another_id_is_noticed_while_it_is_read_also_where_it_is_longer() {
        assertThat(judge.placeAgain(facts(0, 5000, Optional.empty()), new Standing(P3, 100, 95, note("another")),
            OptionalLong.empty()).how())
            .isEqualTo(How.NEW_TOPIC);
    }

    @Test
    void what_is_in_order_goes_on_where_it_was_or_behind_what_was_deleted() {
        assertThat(judge.placeAgain(facts(0, 120, Optional.empty()), standing(100, 95), OptionalLong.empty()).at()).isEqualTo(100);
        assertThat(judge.placeAgain(facts(110, 120, Optional.empty()), standing(100, 95), OptionalLong.empty()).at()).isEqualTo(110);
    }

    // ---- words

    private PositionJudge judge(String startFrom) {
        return new PositionJudge(StartFrom.parse(startFrom).orElseThrow(), DAY, NOW, clock);
    }

    private static PartitionFacts facts(long start, long end, Optional<Committed> committed) {
        return new PartitionFacts(P3, "id", 4, start, end, committed, 0, Optional.empty(), OptionalLong.empty());
    }

    private static Optional<Committed> commit(long offset, CommitNote note) {
        return Optional.of(new Committed(offset, Optional.empty(), note));
    }

    private static CommitNote note(String topicId) {
        return new CommitNote(topicId, 4, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Standing standing(long position, long finishedUpTo) {
        return new Standing(P3, position, finishedUpTo, note("id"));
    }

    private static Optional<FirstRecord> first(long offset, Instant time) {
        return Optional.of(new FirstRecord(offset, time));
    }

    private static TopicTrace.Partition part(long start, long end, Instant first) {
        return new TopicTrace.Partition(start, end, Optional.ofNullable(first));
    }

    private static TopicTrace trace(TopicTrace.Partition... partitions) {
        return new TopicTrace(TopicTrace.State.THERE, Arrays.asList(partitions));
    }

    private static TopicTrace missing() {
        return new TopicTrace(TopicTrace.State.MISSING, List.of());
    }

    private static Traces traces(TopicTrace outbound, TopicTrace deadLetters) {
        return new Traces(outbound, deadLetters, true, Optional.of(YESTERDAY));
    }

    /** Of a partition of which nothing is committed. */
    private PositionVerdict verdict(Instant oldest, TopicTrace outbound, TopicTrace deadLetters, Boolean firstDone) {
        PartitionFacts facts = facts(0, 90, Optional.empty());
        return judge.judge(judge.place(facts), facts, first(0, oldest), traces(outbound, deadLetters), Optional.ofNullable(firstDone));
    }

    private PositionVerdict.Go go(Beginning beginning, PartitionFacts facts, Optional<FirstRecord> first) {
        return (PositionVerdict.Go) judge.judge(beginning, facts, first == null ? Optional.empty() : first, traces(UNTOUCHED, UNTOUCHED),
            Optional.empty());
    }

    private static PositionVerdict asked(Why why, Instant oldest) {
        return new PositionVerdict.Ask(new Question(P3, why, oldest));
    }
}
