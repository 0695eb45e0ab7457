package org.trustpaybridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class EndQuestionsTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private final EndQuestions questions = new EndQuestions();

    @Test
    void whoever_gave_up_is_forgotten_also_while_the_topic_cannot_be_asked_for_its_end() {
        for (int i = 0; i < 1000; i++) {
            questions.add(new CompletableFuture<>()).cancel(false);
        }
        CompletableFuture<Void> last = questions.add(new CompletableFuture<>());

        assertThatThrownBy(() -> questions.ask(() -> {
            throw new KafkaException("not there");
        })).isInstanceOf(KafkaException.class);
        assertThat(questions.size()).isEqualTo(1);
        questions.ask(() -> Map.of(PARTITION, 5L));
        questions.answerReached(partition -> 5);

        assertThat(last).isCompleted();
    }

    @Test
    void one_that_gave_up_while_its_end_was_not_reached_is_no_longer_open() {
        CompletableFuture<Void> answer = questions.add(new CompletableFuture<>());
        questions.ask(() -> Map.of(PARTITION, 5L));
        assertThat(questions.open()).isTrue();

        answer.cancel(false);
        questions.answerReached(partition -> 0);

        assertThat(questions.open()).isFalse();
    }
}
