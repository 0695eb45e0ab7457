package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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
    void orders_that_were_done_before_the_offsets_were_lost_are_not_posted_again() throws Exception {
        // Given: the ledger would have forgotten them
        scene = stage.scene("lost-offsets");
        Map<String, String> forgetful = Map.of("LEDGER_RETENTION", "2s");
        scene.start(forgetful);
        List<String> done = scene.publish("lo-done", 30);
        scene.publishAt(java.time.Instant.now(), 0, "lo-bad", "no order");
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
    }
}
