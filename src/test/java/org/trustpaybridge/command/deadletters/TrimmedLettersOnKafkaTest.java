package org.trustpaybridge.command.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trustpaybridge.testkit.KafkaProbe.header;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trustpaybridge.delivery.Fingerprint;
import org.trustpaybridge.testkit.CommandRun;
import org.trustpaybridge.testkit.ReceivedRecord;
import org.trustpaybridge.testkit.Topics;

/** Dead letters that hold only the beginning of their event: they say so, and a replay takes the whole of it from where it was read. */
class TrimmedLettersOnKafkaTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] EVENT = ("{\"order_id\":\"big\"," + " ".repeat(500) + "}").getBytes(StandardCharsets.UTF_8);
    private static final byte[] BEGINNING = "{\"order_id\":\"big\"".getBytes(StandardCharsets.UTF_8);
    private static final byte[] KEY = "big".getBytes(StandardCharsets.UTF_8);

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
    void list_and_show_say_that_a_letter_is_trimmed_and_of_what() throws Exception {
        // Given
        Topics topics = stage.topics("trimmed-shown");
        trimmed(topics, stage.kafka.publish(topics.in(), KEY, EVENT), EVENT);

        // When
        CommandRun list = stage.run(topics, "list");
        CommandRun show = stage.run(topics, "show", "big");
        CommandRun json = stage.run(topics, "show", "big", "--json");

        // Then
        assertThat(list.out()).contains("trimmed");
        assertThat(show.out()).contains("Trimmed", "of " + EVENT.length).containsIgnoringWhitespaces(Fingerprint.of(EVENT).sha256());
        JsonNode told = JSON.readTree(json.out()).path("trimmed");
        assertThat(told.path("value_bytes").intValue()).isEqualTo(EVENT.length);
        assertThat(told.path("value_sha256").textValue()).isEqualTo(Fingerprint.of(EVENT).sha256());
    }

    @Test
    void a_replay_takes_the_whole_event_with_its_own_headers_from_where_it_was_read() throws Exception {
        // Given
        Topics topics = stage.topics("trimmed-replayed");
        trimmed(topics, stage.kafka.publish(topics.in(), KEY, EVENT, header("x-shop", "7")), EVENT);

        // When
        CommandRun replay = stage.run(topics, "replay", "--all", "--execute");
        CommandRun again = stage.run(topics, "replay", "--all", "--execute");

        // Then
        assertThat(replay.out()).contains("Replayed 1 of 1.");
        assertThat(replay.code()).isZero();
        assertThat(stage.replayed(topics)).singleElement().satisfies(event -> {
            assertThat(event.raw().value()).isEqualTo(EVENT);
            assertThat(event.raw().key()).isEqualTo(KEY);
            assertThat(event.headerNames()).containsExactly("x-shop", "bridge-replay-of", "bridge-replays");
        });
        assertThat(again.out()).contains("replayed before");
    }

    @Test
    void one_whose_event_is_gone_or_another_one_is_not_replayed_and_named() throws Exception {
        // Given
        Topics topics = stage.topics("trimmed-gone");
        RecordMetadata gone = stage.kafka.publish(topics.in(), KEY, EVENT);
        trimmed(topics, gone, EVENT);
        byte[] other = "somebody else's".getBytes(StandardCharsets.UTF_8);
        RecordMetadata changed = stage.kafka.publish(topics.in(), other, other);
        trimmed(topics, changed, EVENT);
        if (gone.partition() != changed.partition()) {
            try (Admin admin = stage.broker.admin()) {
                admin.deleteRecords(Map.of(new TopicPartition(topics.in(), gone.partition()),
                    RecordsToDelete.beforeOffset(gone.offset() + 1))).all().get();
            }
        }

        // When
        CommandRun replay = stage.run(topics, "replay", "--all", "--execute", "--unsure", "--json");

        // Then
        JsonNode told = JSON.readTree(replay.out());
        assertThat(told.path("trimmed_and_gone")).hasSize(told.path("to_replay").asInt() - told.path("replayed").asInt()).isNotEmpty();
        assertThat(replay.code()).isEqualTo(1);
        assertThat(stage.replayed(topics)).extracting(ReceivedRecord::value).doesNotContain("somebody else's",
            new String(BEGINNING, StandardCharsets.UTF_8));
    }

    private static void trimmed(Topics topics, RecordMetadata event, byte[] whole) {
        Fingerprint value = Fingerprint.of(whole);
        Fingerprint key = Fingerprint.of(KEY);
        stage.deadLetter(topics, event, KEY, BEGINNING, header("bridge-order-id", "big-" + event.partition() + "-" + event.offset()),
            header("bridge-order-id", "big"), header("bridge-trimmed", "{\"value_bytes\":" + value.size() + ",\"value_sha256\":\""
                + value.sha256() + "\",\"value_kept\":" + BEGINNING.length + ",\"key_bytes\":" + key.size() + ",\"key_sha256\":\""
                + key.sha256() + "\",\"key_kept\":3}"));
    }
}
