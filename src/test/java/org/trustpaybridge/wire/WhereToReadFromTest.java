package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.simulator.FaultPlan;
import org.trustpaybridge.testkit.CommandRun;

/** Topics that are created anew, cut back, or emptied, and offsets that are gone or were moved: on a real broker. */
class WhereToReadFromTest {

    private static Scene.Stage stage;
    private Scene scene;

    @BeforeAll
    static void start() {
        stage = new Scene.Stage();
    }

    @AfterEach
    void end() {
        scene.close();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @Test
    void a_topic_that_was_created_anew_while_the_bridge_was_stopped_is_read_from_its_beginning() throws Exception {
        // Given
        scene = stage.scene("anew-stopped");
        scene.start();
        List<String> old = scene.publish("as-old", 30);
        scene.awaitPublished(old);
        scene.awaitDone();
        scene.stop();
        scene.recreate(scene.topics.in(), 3);
        List<String> fresh = scene.publish("as-new", 60);

        // When
        scene.start();

        // Then
        scene.awaitPublished(fresh);
        scene.awaitDone();
        scene.assertOnce(fresh);
        scene.assertOnce(old);
    }

    @Test
    void a_topic_that_is_created_anew_while_the_bridge_runs_is_read_from_its_beginning() throws Exception {
        // Given
        scene = stage.scene("anew-running");
        scene.start();
        List<String> old = scene.publish("ar-old", 30);
        scene.awaitPublished(old);
        scene.awaitDone();

        // When
        scene.recreate(scene.topics.in(), 3);
        List<String> fresh = scene.publish("ar-new", 60);

        // Then
        scene.awaitPublished(fresh);
        scene.awaitDone();
        scene.assertOnce(fresh);
        assertThat(scene.committed()).isEqualTo(scene.ends());
    }

    @Test
    void orders_that_were_unread_when_their_topic_was_deleted_are_counted_and_told() throws Exception {
        // Given
        scene = stage.scene("gone-with-topic");
        scene.start();
        List<String> first = scene.publish("gt-first", 9);
        scene.awaitPublished(first);
        scene.awaitDone();
        scene.operation("pauseConsumption");
        scene.publish("gt-gone", 30);
        // The end is looked at every two seconds.
        await().pollDelay(Duration.ofSeconds(5)).until(() -> true);

        // When
        scene.recreate(scene.topics.in(), 3);
        scene.operation("resumeConsumption");
        List<String> fresh = scene.publish("gt-new", 6);

        // Then
        scene.awaitPublished(fresh);
        scene.assertOnce(fresh);
        // The poll that was under way when consumption was paused may have brought a few.
        assertThat(deletedUnread(scene.metrics())).isEqualTo(9 + 30 + 6 - scene.published().size()).isGreaterThan(20);
    }

    private static long deletedUnread(String metrics) {
        return metrics.lines().filter(line -> line.startsWith("trustpay_bridge_records_deleted_unread_total"))
            .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
    }

    @Test
    void orders_that_were_done_before_the_offsets_were_lost_are_not_posted_again() throws Exception {
        // Given: the ledger would have forgotten them
        scene = stage.scene("lost-offsets");
        Map<String, String> forgetful = Map.of("LEDGER_RETENTION", "2s");
        scene.start(forgetful);
        List<String> done = scene.publish("lo-done", 30);
        scene.publishAt(Instant.now(), 0, "lo-bad", "no order");
        scene.awaitPublished(done);
        scene.awaitDone();
        scene.stop();
        await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
        scene.forgetOffsets();
        List<String> fresh = scene.publish("lo-new", 6);

        // When
        scene.start(forgetful);

        // Then
        scene.awaitPublished(fresh);
        scene.awaitDone();
        scene.assertOnce(done);
        scene.assertOnce(fresh);
        assertThat(scene.deadLetters()).containsExactly("lo-bad");
    }

    @Test
    void a_first_start_on_a_topic_with_old_orders_posts_none_of_them_and_asks() throws Exception {
        // Given
        scene = stage.scene("old-history");
        List<String> history = scene.publishAgo(Duration.ofDays(3), "oh-old", 9);

        // When
        scene.start();

        // Then
        await().atMost(Scene.PATIENCE).until(() -> scene.health().contains("kafka.start-from"));
        scene.assertNeverPosted(history);
        assertThat(scene.command("offsets", "--json").out()).contains("asks where to begin", "\"held\" : true");
        CommandRun check = scene.command("check", "--json");
        assertThat(check.code()).isEqualTo(1);
        assertThat(check.out()).contains("3 partitions: asks where to begin");
    }

    @Test
    void orders_deleted_before_they_were_read_are_told() throws Exception {
        // Given
        scene = stage.scene("deleted-unread");
        scene.start();
        List<String> first = scene.publish("du-first", 9);
        scene.awaitPublished(first);
        scene.awaitDone();
        scene.stop();
        List<String> rest = scene.publish("du-rest", 30);
        scene.deleteRecords(Map.of(scene.partition(0), 10L));

        // When
        scene.start();

        // Then
        scene.awaitDone();
        assertThat(scene.published()).hasSize(9 + 30 - 7);
        await().atMost(Scene.PATIENCE).until(() -> scene.health().contains("Orders were deleted before they were read"));
        assertThat(scene.metrics())
            .contains("trustpay_bridge_records_deleted_unread_total{partition=\"0\",topic=\"in-deleted-unread\"} 7.0");
        assertThat(scene.command("offsets").out()).contains("Partition 0: at most 7 orders (offsets 3 to 9)", "goes on at 13");
        CommandRun acknowledged = scene.command("offsets", "acknowledge-deleted");
        assertThat(acknowledged.code()).as(acknowledged.err()).isZero();
        await().atMost(Scene.PATIENCE).until(() -> scene.conditions().get(0).startsWith("FLOWING"));
        await().atMost(Scene.PATIENCE).until(() -> scene.command("offsets", "acknowledge-deleted").out().startsWith("No order"));
    }

    /** Only the id of the topic tells: the committed offset lies within the new one. */
    @Test
    void a_topic_created_anew_that_is_longer_than_what_was_read_of_the_old_one_loses_no_order() throws Exception {
        // Given
        scene = stage.scene("anew-longer");
        scene.start();
        List<String> old = scene.publish("al-old", 9);
        scene.awaitPublished(old);
        scene.awaitDone();
        Map<TopicPartition, Long> before = scene.committed();
        Map<TopicPartition, String> notes = scene.notes();
        scene.stop();
        scene.recreate(scene.topics.in(), 3);
        List<String> fresh = scene.publish("al-new", 90);
        // A bridge that ran on would have committed for the old topic once more; Kafka itself forgets the offsets of a deleted topic.
        scene.resetOffsets(before, notes);

        // When
        scene.start();

        // Then
        scene.awaitPublished(fresh);
        scene.awaitDone();
        scene.assertOnce(fresh);
        scene.assertOnce(old);
        assertThat(scene.logged(LogEvent.TOPIC_CREATED_ANEW)).hasSize(1);
    }

    @Test
    void a_topic_created_anew_under_load_with_other_partitions_loses_none_of_its_orders() throws Exception {
        // Given
        scene = stage.scene("anew-load");
        scene.start(Map.of("MULTISAFEPAY_RESPONSE_TIMEOUT", "5s"));
        List<String> old = scene.publish("ld-old", 60);
        scene.awaitPublished(old);
        scene.publish("ld-late", 60);

        // When
        scene.recreate(scene.topics.in(), 5);
        List<String> fresh = scene.publish("ld-new", 300);

        // Then
        scene.awaitPublished(fresh);
        await().atMost(Scene.PATIENCE).until(() -> scene.committed().equals(scene.ends()));
        scene.assertOnce(fresh);
        assertThat(scene.logged(LogEvent.TOPIC_CREATED_ANEW)).isNotEmpty();
    }

    @Test
    void while_there_is_no_topic_health_says_so_and_the_new_one_is_read() throws Exception {
        // Given
        scene = stage.scene("anew-gap");
        scene.start();
        List<String> old = scene.publish("ag-old", 6);
        scene.awaitPublished(old);
        scene.deleteTopic(scene.topics.in());
        await().atMost(Scene.PATIENCE).until(() -> scene.health().contains("does not exist any more"));

        // When
        scene.createTopic(scene.topics.in(), 3);
        List<String> fresh = scene.publish("ag-new", 12);

        // Then
        scene.awaitPublished(fresh);
        scene.assertOnce(fresh);
        await().atMost(Scene.PATIENCE).until(() -> scene.conditions().get(0).startsWith("FLOWING"));
    }

    @Test
    void offsets_beyond_the_end_cost_no_order_and_no_commit_lies_beyond_it() throws Exception {
        // Given
        scene = stage.scene("beyond");
        scene.start();
        List<String> done = scene.publish("be-done", 15);
        scene.awaitPublished(done);
        scene.awaitDone();
        scene.stop();
        scene.resetOffsets(Map.of(scene.partition(0), 55L, scene.partition(1), 55L, scene.partition(2), 55L));
        List<String> fresh = scene.publish("be-new", 30);

        // When
        scene.start();

        // Then
        scene.awaitPublished(fresh);
        await().atMost(Scene.PATIENCE).until(() -> scene.committed().equals(scene.ends()));
        scene.assertOnce(done);
        scene.assertOnce(fresh);
        assertThat(scene.logged(LogEvent.TOPIC_CUT_BACK)).hasSize(1);
    }

    @Test
    void offsets_put_back_post_nothing_again_however_long_ago_it_was_done() throws Exception {
        // Given
        scene = stage.scene("put-back");
        Map<String, String> forgetful = Map.of("LEDGER_RETENTION", "2s");
        scene.start(forgetful);
        List<String> done = scene.publish("pb-done", 30);
        scene.publishAt(Instant.now(), 1, "pb-bad", "no order");
        scene.awaitPublished(done);
        scene.awaitDone();
        scene.stop();
        await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
        scene.resetOffsets(Map.of(scene.partition(0), 0L, scene.partition(1), 4L, scene.partition(2), 10L));

        // When
        scene.start(forgetful);

        // Then
        scene.awaitDone();
        scene.assertOnce(done);
        assertThat(scene.deadLetters()).containsExactly("pb-bad");
        assertThat(scene.logged(LogEvent.START_UNKNOWN)).isEmpty();
    }

    @Test
    void where_the_outbound_topic_was_emptied_lost_offsets_are_asked_for_and_a_time_answers() throws Exception {
        // Given
        scene = stage.scene("emptied");
        scene.start();
        List<String> done = scene.publish("em-done", 15);
        scene.awaitPublished(done);
        scene.awaitDone();
        scene.stop();
        scene.forgetOffsets();
        scene.empty(scene.topics.out());
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        Instant since = Instant.now();
        List<String> fresh = scene.publish("em-new", 6);

        // When
        scene.start();
        await().atMost(Scene.PATIENCE).until(() -> scene.conditions().get(0).startsWith("START_UNKNOWN"));

        // Then
        assertThat(scene.logged(LogEvent.START_UNKNOWN)).hasSize(1);
        assertThat(scene.metrics()).contains("trustpay_bridge_held_partitions 3.0");
        assertThat(scene.committed()).isEmpty();
        scene.assertNeverPosted(fresh);
        scene.stop();
        scene.start(Map.of("KAFKA_START_FROM", since.toString()));
        scene.awaitPublished(fresh);
        scene.awaitDone();
        assertThat(done).allSatisfy(id -> assertThat(scene.posts(id)).isEqualTo(1));
        assertThat(scene.metrics()).contains("trustpay_bridge_held_partitions 0.0");
        assertThat(scene.conditions().get(0)).startsWith("FLOWING");
    }

    @Test
    void orders_deleted_while_a_bridge_does_not_fetch_are_told_and_acknowledged() throws Exception {
        // Given
        scene = stage.scene("deleted-paused");
        scene.start();
        List<String> first = scene.publish("dp-first", 9);
        scene.awaitPublished(first);
        scene.awaitDone();
        scene.operation("pauseConsumption");
        scene.publish("dp-rest", 30);

        // When
        scene.deleteRecords(Map.of(scene.partition(1), 8L));

        // Then
        await().atMost(Scene.PATIENCE).until(() -> scene.conditions().stream().anyMatch(each -> each.startsWith("RECORDS_DELETED_UNREAD")));
        scene.operation("resumeConsumption");
        scene.awaitDone();
        assertThat(scene.published()).hasSize(9 + 30 - 5);
        scene.stop();
        scene.start();
        await().atMost(Scene.PATIENCE).until(() -> scene.conditions().stream().anyMatch(each -> each.startsWith("RECORDS_DELETED_UNREAD")));
        assertThat(scene.operation("acknowledgeDeletedRecords")).isEqualTo(5L);
        await().atMost(Scene.PATIENCE).until(() -> scene.conditions().get(0).startsWith("FLOWING"));
        scene.stop();
        scene.start();
        await().atMost(Scene.PATIENCE).until(() -> scene.conditions().get(0).startsWith("FLOWING"));
    }

    @Test
    void orders_deleted_while_it_is_not_known_where_to_begin_are_told_and_acknowledged() throws Exception {
        // Given
        scene = stage.scene("deleted-held");
        scene.publishAgo(Duration.ofDays(3), "dh-old", 9);
        scene.start();
        await().atMost(Scene.PATIENCE).until(() -> scene.conditions().get(0).startsWith("START_UNKNOWN"));

        // When
        scene.deleteRecords(Map.of(scene.partition(0), 2L));

        // Then
        await().atMost(Scene.PATIENCE).untilAsserted(() -> assertThat(scene.conditions()).anySatisfy(each -> assertThat(each)
            .startsWith("RECORDS_DELETED_UNREAD").contains("At most 2", "2 of partition 0 between the offsets 0 and 1")));
        scene.deleteRecords(Map.of(scene.partition(0), 3L));
        await().atMost(Scene.PATIENCE).untilAsserted(() -> assertThat(scene.metrics())
            .contains("trustpay_bridge_records_deleted_unread_total{partition=\"0\",topic=\"in-deleted-held\"} 3.0"));
        assertThat(scene.logged(LogEvent.DELETED_UNREAD)).hasSize(2);
        assertThat(scene.operation("acknowledgeDeletedRecords")).isEqualTo(3L);
        await().atMost(Scene.PATIENCE).untilAsserted(() -> assertThat(scene.conditions())
            .noneMatch(each -> each.startsWith("RECORDS_DELETED"))
            .anyMatch(each -> each.startsWith("START_PARTLY_UNKNOWN")));
    }

    /** Nothing is proven, and nothing need be: no commit for this topic ever knew of the partition. */
    @Test
    void a_partition_that_is_added_is_read_without_a_question_although_the_outbound_topic_is_empty_by_now() throws Exception {
        // Given
        scene = stage.scene("added");
        scene.start();
        List<String> first = scene.publish("ad-first", 9);
        scene.awaitPublished(first);
        scene.awaitDone();
        scene.empty(scene.topics.out());

        // When
        scene.addPartitions(4);
        scene.publishAt(Instant.now(), 3, "ad-new");

        // Then
        scene.awaitPublished(List.of("ad-new"));
        assertThat(scene.logged(LogEvent.START_UNKNOWN)).isEmpty();
        assertThat(first).allSatisfy(id -> assertThat(scene.posts(id)).isEqualTo(1));
    }

    @Test
    void a_first_start_on_a_topic_that_lost_records_asks_and_the_answer_now_skips_them_all() throws Exception {
        // Given
        scene = stage.scene("lost-some");
        List<String> history = scene.publish("ls-old", 9);
        scene.deleteRecords(Map.of(scene.partition(0), 1L));
        scene.start();
        await().atMost(Scene.PATIENCE).until(() -> scene.conditions().get(0).startsWith("START_UNKNOWN"));
        scene.stop();

        // When
        scene.start(Map.of("KAFKA_START_FROM", "now"));
        await().atMost(Scene.PATIENCE).until(() -> scene.committed().size() == 3);
        List<String> fresh = scene.publish("ls-new", 6);

        // Then
        scene.awaitPublished(fresh);
        scene.assertNeverPosted(history);
        scene.stop();
        List<String> later = scene.publish("ls-later", 6);
        scene.start(Map.of("KAFKA_START_FROM", "now"));
        scene.awaitPublished(later);
    }

    @Test
    void a_group_that_is_renamed_in_the_middle_of_its_work_does_the_rest_and_nothing_again() throws Exception {
        // Given
        scene = stage.scene("renamed");
        List<String> all = scene.publish("rn", 150);
        stage.simulator.faults(FaultPlan.NONE);
        scene.start(Map.of("DELIVERY_CONCURRENCY", "1"));
        await().atMost(Scene.PATIENCE).until(() -> scene.published().size() > 20);
        scene.stop();
        assertThat(scene.published()).hasSizeLessThan(150);

        // When
        scene.start(Map.of("KAFKA_GROUP_ID", "bridge-by-another-name"));

        // Then
        scene.awaitPublished(all);
        await().atMost(Scene.PATIENCE).until(() -> scene.inFlight() == 0);
        scene.assertOnce(all);
        assertThat(scene.logged(LogEvent.START_UNKNOWN)).isEmpty();
    }
}
