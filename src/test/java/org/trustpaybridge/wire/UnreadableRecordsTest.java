package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.testkit.BrokenBatch;
import org.trustpaybridge.testkit.TransactionalPublisher;

/** Records that cannot be read where it is found out where to read from: each holds what it concerns, is told, and is over when it is. */
class UnreadableRecordsTest {

    /** So that what was published a moment ago is forgotten, and what was published just now is not. */
    private static final Map<String, String> FORGETFUL = Map.of("LEDGER_RETENTION", "12s");

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
    void at_a_first_start_a_first_record_that_cannot_be_read_holds_its_partition_only() throws Exception {
        // Given
        scene = stage.scene("first-broken");
        scene.publish("fb", 6);
        try (BrokenBatch broken = BrokenBatch.ofContent(stage.broker.dataDirectory(), record(scene.topics.in(), "fb-1"))) {
            // When
            scene.start();

            // Then
            scene.awaitPublished(List.of("fb-0", "fb-2", "fb-3", "fb-5"));
            await().atMost(Scene.PATIENCE).untilAsserted(() -> assertThat(scene.conditions()).singleElement().asString()
                .startsWith("RECORD_UNREADABLE").contains(scene.topics.in() + "-1@0"));
            assertThat(scene.logged(LogEvent.RECORD_UNREADABLE)).hasSize(1);
            assertThat(scene.logged(LogEvent.POSITION_UNDECIDED)).isEmpty();
            scene.assertNeverPosted(List.of("fb-1", "fb-4"));
        }
        scene.awaitPublished(List.of("fb-1", "fb-4"));
        scene.awaitDone();
        scene.assertOnce(Scene.ids("fb", 6));
        await().atMost(Scene.PATIENCE).until(() -> scene.conditions().get(0).startsWith("FLOWING"));
    }

    @Test
    void a_record_of_the_outbound_topic_that_cannot_be_read_holds_only_orders_of_which_it_may_say_that_they_were_done() throws Exception {
        // Given: of partition 0 all is old, of partition 1 nothing is
        scene = stage.scene("proof-broken");
        scene.start(FORGETFUL);
        scene.publishAt(Instant.now(), 0, "pb-old");
        scene.awaitPublished(List.of("pb-old"));
        await().pollDelay(Duration.ofSeconds(15)).atMost(Scene.PATIENCE).until(() -> true);
        List<String> young = young("pb-young");
        young.forEach(id -> scene.publishAt(Instant.now(), 1, id));
        scene.awaitPublished(young);
        scene.awaitDone();
        scene.stop();
        scene.forgetOffsets();
        scene.publishAt(Instant.now(), 0, "pb-new-0");
        scene.publishAt(Instant.now(), 1, "pb-new-1");
        try (BrokenBatch broken = BrokenBatch.ofChecksum(stage.broker.dataDirectory(), record(scene.topics.out(), "pb-old"))) {
            // When
            scene.start(FORGETFUL);

            // Then
            await().atMost(Scene.PATIENCE).until(() -> scene.posts("pb-new-1") == 1);
            await().atMost(Scene.PATIENCE).untilAsserted(() -> assertThat(scene.conditions()).singleElement().asString()
                .startsWith("START_PARTLY_UNKNOWN").contains("partition 0", scene.topics.out() + "-", "@0 cannot be read: "));
            assertThat(scene.logged(LogEvent.POSITION_UNDECIDED)).singleElement().asString()
                .contains(scene.topics.in() + "-0", "@0 cannot be read");
            scene.assertNeverPosted(List.of("pb-new-0"));
        }
        scene.awaitPublished(List.of("pb-new-0"));
        scene.awaitDone();
        scene.assertOnce(List.of("pb-old", "pb-new-0", "pb-new-1"));
        scene.assertOnce(young);
        await().atMost(Scene.PATIENCE).until(() -> scene.conditions().get(0).startsWith("FLOWING"));
    }

    @Test
    void a_dead_letter_in_the_middle_that_cannot_be_read_holds_only_what_may_have_become_one() throws Exception {
        // Given
        scene = stage.scene("letter-broken");
        scene.start(FORGETFUL);
        scene.publishAt(Instant.now(), 0, "lb-first");
        scene.awaitPublished(List.of("lb-first"));
        scene.publishAt(Instant.now(), 0, "lb-bad-0", "no order");
        scene.publishAt(Instant.now(), 0, "lb-bad-1", "no order at all");
        await().atMost(Scene.PATIENCE).until(() -> scene.deadLetters().size() == 2);
        await().pollDelay(Duration.ofSeconds(15)).atMost(Scene.PATIENCE).until(() -> true);
        List<String> young = young("lb-young");
        young.forEach(id -> scene.publishAt(Instant.now(), 1, id, "no order"));
        await().atMost(Scene.PATIENCE).until(() -> scene.deadLetters().size() == 2 + young.size());
        scene.awaitDone();
        scene.stop();
        scene.forgetOffsets();
        scene.publishAt(Instant.now(), 0, "lb-new-0");
        scene.publishAt(Instant.now(), 1, "lb-new-1");
        try (BrokenBatch broken = BrokenBatch.ofChecksum(stage.broker.dataDirectory(), record(scene.topics.dead(), "lb-bad-1"))) {
            // When
            scene.start(FORGETFUL);

            // Then
            await().atMost(Duration.ofSeconds(60)).until(() -> scene.posts("lb-new-1") == 1);
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(scene.conditions()).singleElement().asString()
                .startsWith("START_PARTLY_UNKNOWN").contains("partition 0", scene.topics.dead() + "-", " cannot be read: "));
        }
        scene.awaitPublished(List.of("lb-new-0"));
        scene.awaitDone();
        assertThat(scene.deadLetters()).hasSize(2 + young.size()).doesNotHaveDuplicates();
        scene.assertOnce(List.of("lb-first", "lb-new-0", "lb-new-1"));
        await().atMost(Scene.PATIENCE).until(() -> scene.conditions().get(0).startsWith("FLOWING"));
    }

    @Test
    void at_a_first_start_a_transaction_that_is_open_at_the_beginning_holds_its_partition_only() throws Exception {
        // Given
        scene = stage.scene("first-open");
        try (TransactionalPublisher outbox = new TransactionalPublisher(stage.broker.bootstrapServers(), "first-open")) {
            outbox.begin().publish(scene.topics.in(), 1, "fo-open", Events.order("fo-open"));
            scene.publish("fo", 3);
            assertThat(scene.command("offsets", "--json").out()).contains("waits at 0: the record lies behind an open transaction");
            assertThat(scene.command("check", "--json").out()).contains("1 partition: waits at 0: the record lies behind an open"
                + " transaction");

            // When
            scene.start();

            // Then
            scene.awaitPublished(List.of("fo-0", "fo-2"));
            assertThat(scene.conditions()).noneMatch(each -> each.startsWith("START"));
            scene.assertNeverPosted(List.of("fo-1", "fo-open"));
            outbox.commit();
        }
        scene.awaitPublished(List.of("fo-1", "fo-open"));
        scene.awaitDone();
        scene.assertOnce(List.of("fo-0", "fo-1", "fo-2", "fo-open"));
    }

    /** Enough for each partition of a topic: brokers find what is young there, and need not read what is old. */
    private static List<String> young(String prefix) {
        return Scene.ids(prefix, 20);
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, String key) {
        return stage.kafka.readAll(topic).stream().filter(each -> key.equals(each.key())).findFirst().orElseThrow().raw();
    }
}
