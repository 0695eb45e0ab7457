package org.trustpaybridge.command.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trustpaybridge.testkit.CommandRun;
import org.trustpaybridge.testkit.JavaProcess;
import org.trustpaybridge.testkit.Topics;

/** Two replays at once. It takes two sessions of a consumer to see, so it runs with the chaos profile only. */
@Tag("chaos")
class ReplayStandstillIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void two_do_not_replay_at_once_and_one_that_stood_still_for_too_long_stops_when_it_wakes(@TempDir Path folder) throws Exception {
        try (DeadLetterStage stage = new DeadLetterStage(folder)) {
            stoodStill(stage);
        }
    }

    private static void stoodStill(DeadLetterStage stage) throws Exception {
        // Given
        Topics topics = stage.topics("two");
        stage.deadLetters(topics, 200);
        JavaProcess first = stage.process(topics, "replay", "--all", "--execute", "--rate", "4");
        Awaitility.await().atMost(PATIENCE).until(() -> stage.end(topics.in()) >= 203 || !first.isAlive());

        // When
        CommandRun refused = stage.run(topics, "replay", "--all", "--execute");
        first.pause();
        CommandRun takesOver = stage.run(topics, "replay", "--all", "--execute", "--rate", "500");
        first.resume();
        int exit = first.awaitExit(PATIENCE);

        // Then
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("Another replay is running", topics.group() + ".replay");
        assertThat(takesOver.code()).as(takesOver.err()).isZero();
        assertThat(exit).as(() -> first.standardOutput() + " " + first.standardError()).isEqualTo(1);
        assertThat(first.standardError()).anyMatch(line -> line.startsWith("Stopped, since Kafka lost sight of this replay"));
        assertThat(stage.replayed(topics)).extracting(each -> each.header("bridge-replay-of").orElseThrow()).hasSize(200)
            .doesNotHaveDuplicates();
    }
}
