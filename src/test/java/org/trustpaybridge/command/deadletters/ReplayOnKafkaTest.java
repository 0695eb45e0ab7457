package org.trustpaybridge.command.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trustpaybridge.testkit.KafkaProbe.header;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trustpaybridge.testkit.CommandRun;
import org.trustpaybridge.testkit.JavaProcess;
import org.trustpaybridge.testkit.ReceivedRecord;
import org.trustpaybridge.testkit.Topics;
import org.trustpaybridge.testkit.TransactionalPublisher;

/** Replays on a real broker. */
class ReplayOnKafkaTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final byte[] BYTES = {'{', 0, (byte) 0xFF, '}'};

    @TempDir
    static Path folder;
    private static DeadLetterStage stage;

    @BeforeAll
    static void start() {
        stage = new DeadLetterStage(folder);
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @Test
    void an_event_comes_back_as_it_was_byte_for_byte() throws Exception {
        // Given
        Topics topics = stage.topics("bytes");
        RecordMetadata event = stage.kafka.publish(topics.in(), BYTES, BYTES);
        RecordMetadata empty = stage.kafka.publish(topics.in(), (byte[]) null, (byte[]) null);
        stage.deadLetter(topics, event, BYTES, BYTES, header("x", "1"), header("bridge-shop", "own"), header("x", "2"));
        stage.deadLetter(topics, empty.partition(), empty.offset(), "GAVE_UP", null, null);

        // When
        CommandRun run = stage.run(topics, "replay", "--all", "--execute");

        // Then
        assertThat(run.code()).as(run.err()).isZero();
        List<ReceivedRecord> back = stage.replayed(topics);
        assertThat(back).hasSize(2);
        ReceivedRecord full = back.stream().filter(each -> each.raw().key() != null).findFirst().orElseThrow();
        assertThat(full.partition()).isEqualTo(event.partition());
        assertThat(full.raw().key()).isEqualTo(BYTES);
        assertThat(full.raw().value()).isEqualTo(BYTES);
        assertThat(full.headerNames()).containsExactly("x", "bridge-shop", "x", "bridge-replay-of", "bridge-replays");
        assertThat(full.headers("x")).containsExactly("1", "2");
        assertThat(back).anyMatch(each -> each.raw().key() == null && each.raw().value() == null && each.partition() == empty.partition());
    }

    @Test
    void a_dry_run_writes_nothing_and_leaves_no_trace() throws Exception {
        // Given
        Topics topics = stage.topics("dry");
        stage.deadLetters(topics, 3);

        // When
        CommandRun dry = stage.run(topics, "replay", "--all", "--max", "2");
        CommandRun list = stage.run(topics, "list", "--open");
        CommandRun show = stage.run(topics, "show", "order-1");

        // Then
        assertThat(dry.code() + list.code() + show.code()).as(dry.err() + list.err() + show.err()).isZero();
        assertThat(dry.out()).contains("3 dead letters on " + topics.dead() + " asked for.", "2 to replay", "1 more later",
            "Nothing was changed.");
        assertThat(list.out()).startsWith("3 open dead letters");
        assertThat(stage.replayed(topics)).isEmpty();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stage.broker.bootstrapServers()))) {
            assertThat(admin.listConsumerGroups().all().get(30, TimeUnit.SECONDS)).noneMatch(group -> group.groupId().contains("dry"));
        }
    }

    @Test
    void aborted_dead_letters_are_none_and_nothing_is_replayed_while_a_transaction_hides_what_was() throws Exception {
        // Given
        Topics topics = stage.topics("transactions");
        stage.deadLetters(topics, 1);
        try (TransactionalPublisher other = new TransactionalPublisher(stage.broker.bootstrapServers(), "other")) {
            other.begin().publish(topics.dead(), 1, "aborted", "{}", stage.headers(topics, 0, 0, "GAVE_UP")).abort();
            other.begin().publish(topics.in(), 0, "open", "{}");

            // When
            CommandRun refused = stage.run(topics, "replay", "--all", "--execute");
            CommandRun list = stage.run(topics, "list", "--open");
            other.abort();
            CommandRun replayed = stage.run(topics, "replay", "--all", "--execute");

            // Then
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).contains("A transaction of another program is open on " + topics.in() + "-0 from offset ",
                "abort --topic");
            assertThat(list.out()).startsWith("1 open dead letter");
            assertThat(replayed.code()).as(replayed.err()).isZero();
            assertThat(stage.replayed(topics)).hasSize(1);
        }
    }

    @Test
    void after_a_kill_the_next_run_goes_on_and_each_event_is_there_once() throws Exception {
        // Given
        Topics topics = stage.topics("kill");
        stage.deadLetters(topics, 150);
        JavaProcess first = stage.process(topics, "replay", "--all", "--execute", "--rate", "60");
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20))
            .until(() -> stage.end(topics.in()) >= 150 + 30 || !first.isAlive());

        // When
        first.kill();
        first.awaitExit(PATIENCE);
        int before = stage.replayed(topics).size();
        CommandRun second = stage.run(topics, "replay", "--all", "--execute", "--rate", "2000");

        // Then
        assertThat(before).isBetween(30, 149);
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.out()).contains(before + " left out: replayed before", "Replayed " + (150 - before) + " of " + (150 - before));
        assertThat(stage.replayed(topics)).extracting(each -> each.header("bridge-replay-of").orElseThrow()).hasSize(150)
            .doesNotHaveDuplicates();
    }

    @Test
    void ctrl_c_stops_between_two_events_and_says_where() throws Exception {
        // Given
        Topics topics = stage.topics("stop");
        stage.deadLetters(topics, 200);
        JavaProcess process = stage.process(topics, "replay", "--all", "--execute", "--rate", "20");
        Awaitility.await().atMost(PATIENCE).until(() -> stage.end(topics.in()) >= 200 + 3 || !process.isAlive());

        // When
        process.signal("INT");
        int exit = process.awaitExit(PATIENCE);

        // Then
        assertThat(exit).isEqualTo(130);
        int done = stage.replayed(topics).size();
        assertThat(done).isBetween(3, 199);
        assertThat(process.standardOutput()).contains("Replayed " + done + " of 200.");
        assertThat(process.standardError()).anyMatch(line -> line.matches("Stopped; the last was \\d@\\d+\\. Run it again to go on\\."));
    }

    @Test
    void what_the_inbound_topic_has_forgotten_is_left_out_until_it_is_asked_for() throws Exception {
        // Given
        Topics topics = stage.topics("forgotten");
        stage.deadLetters(topics, 4);
        assertThat(stage.run(topics, "replay", "--order-id", "order-0", "--execute").code()).isZero();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stage.broker.bootstrapServers()))) {
            Map<TopicPartition, RecordsToDelete> everything = new HashMap<>();
            stage.kafka.endOffsets(topics.in()).forEach((partition, end) -> everything.put(partition, RecordsToDelete.beforeOffset(end)));
            admin.deleteRecords(everything).all().get(30, TimeUnit.SECONDS);
        }

        // When
        CommandRun careful = stage.run(topics, "replay", "--all");
        CommandRun unsure = stage.run(topics, "replay", "--all", "--unsure");

        // Then
        assertThat(careful.out()).containsPattern("[1-4] left out: inbound topic keeps too little to tell");
        assertThat(unsure.out()).contains("4 to replay");
    }

    @Test
    void an_event_of_a_mebibyte_is_replayed_and_one_that_the_topic_does_not_take_is_told() throws Exception {
        // Given
        Topics topics = stage.topics("large");
        stage.broker.createTopic("small-large", 1, Map.of("max.message.bytes", "2000"));
        RecordMetadata event = stage.kafka.publish(topics.in(), "a", "{}");
        byte[] random = new byte[5000];
        new Random(7).nextBytes(random);
        byte[] compressible = "x".repeat(1024 * 1024 + 100_000).getBytes();
        stage.deadLetterCompressed(topics, event, compressible);

        // When
        CommandRun run = stage.run(topics, "replay", "--all", "--execute");
        RecordMetadata other = stage.kafka.publish("small-large", "b", "{}");
        Topics small = new Topics("small-large", topics.out(), topics.dead(), topics.group());
        stage.deadLetter(small, other.partition(), other.offset(), "GAVE_UP", null, random);
        CommandRun refused = stage.run(small, "replay", "--all", "--execute");

        // Then
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(stage.replayed(topics)).singleElement().satisfies(each -> assertThat(each.raw().value()).isEqualTo(compressible));
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).contains("Larger than small-large takes: ", "1 left out: come from another inbound topic",
            "Replayed 0 of 1.");
    }

    @Test
    void what_cannot_be_done_is_said_in_one_sentence() throws Exception {
        // Given
        Topics topics = stage.topics("wrong");
        Topics missing = new Topics(topics.in(), topics.out(), "no-such-topic", topics.group());

        // Then
        assertThat(stage.run(topics, "list").out()).isEqualTo("No dead letters on " + topics.dead() + ".\n");
        assertThat(stage.run(topics, "replay", "--all", "--execute").out()).contains("Nothing to replay.");
        assertFailure(stage.run(missing, "list"), 1, "Kafka knows no such topic: no-such-topic");
        assertFailure(stage.run(topics, "show", "0@17"), 1, "There is no dead letter at 0@17");
        assertFailure(stage.run(topics, "show", "nobody"), 1, "There is no dead letter of order nobody");
        assertFailure(stage.run(topics, "replay"), 2, "Say which dead letters: --reason");
        assertFailure(stage.run(topics, "replay", "--all", "--reason", "GAVE_UP"), 2, "exclude each other");
        assertFailure(stage.run(topics, "replay", "--all", "--execute", "--dry-run"), 2, "exclude each other");
        assertFailure(stage.run(topics, "replay", "--all", "--rate", "0"), 2, "--rate: found 0.0, expected a number from 0.01");
        assertFailure(stage.run(topics, "replay", "--all", "--rate", "NaN"), 2, "--rate");
        assertFailure(stage.run(topics, "replay", "--all", "--max", "0"), 2, "--max");
        assertFailure(stage.run(topics, "list", "--limit", "-1"), 2, "--limit");
        assertFailure(stage.run(topics, "list", "--reason", "NOPE"), 2, "found \"NOPE\", expected one of INVALID_EVENT");
        assertFailure(stage.run(topics, "list", "--since", "yesterday"), 2, "found \"yesterday\", expected a time such as");
        assertFailure(stage.run(topics, "list", "--offsets", "17"), 2, "expected partition@offset");
    }

    @Test
    void filters_take_reasons_times_and_places_as_people_write_them() throws Exception {
        // Given
        Topics topics = stage.topics("filters");
        stage.deadLetters(topics, 2);

        // Then
        assertThat(stage.run(topics, "list", "--reason", "gave-up,order_exists", "--since", "1h", "--until", "2100-01-01", "--text",
            "gave").out())
            .startsWith("2 dead letters");
        assertThat(stage.run(topics, "list", "--since", "2100-01-01T00:00:00+02:00").out()).startsWith("No dead letters");
        assertThat(stage.run(topics, "list", "--until", "2020-01-01 00:00").out()).startsWith("No dead letters");
        assertThat(stage.run(topics, "list", "--offsets", "0@0-,1@0-,2@0-").out()).startsWith("2 dead letters");
        assertThat(stage.run(topics, "list", "--order-id", "order-1", "--limit", "0").out()).isEqualTo("1 dead letter on " + topics.dead()
            + "\n     1  GAVE_UP\n");
    }

    private static void assertFailure(CommandRun run, int code, String words) {
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(code);
        assertThat(run.err()).contains(words).doesNotContain("\tat ");
    }
}
