package org.trustpaybridge.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether all that was on a topic when it was asked is known by now. Questions come from any thread; the reading thread finds out where
 * the topic ends, and answers once it has read up to there.
 */
final class EndQuestions {

    private final Queue<CompletableFuture<Void>> waiting = new ConcurrentLinkedQueue<>();
    /** Used by the reading thread alone. */
    private final List<Question> open = new ArrayList<>();

    /** @return the same, which is completed with the answer */
    CompletableFuture<Void> add(CompletableFuture<Void> answer) {
        // Who asked may have given up, and the topic may not be there for days.
        waiting.removeIf(CompletableFuture::isDone);
        waiting.add(answer);
        return answer;
    }

    /** @return how many there are for which it is not known yet where the topic ends */
    int size() {
        return waiting.size();
    }

    /** @return whether there are some for which it is not known yet where the topic ends */
    boolean waiting() {
        return !waiting.isEmpty();
    }

    /** @return whether there are some whose end is not reached */
    boolean open() {
        return !open.isEmpty();
    }

    /**
     * @param endsNow where the partitions end at this moment, behind transactions that are open
     * @throws KafkaException when that cannot be told; the questions wait on
     */
    void ask(Supplier<Map<TopicPartition, Long>> endsNow) {
        List<CompletableFuture<Void>> asked = taken();
        if (asked.isEmpty()) {
            return;
        }
        try {
            Map<TopicPartition, Long> ends = endsNow.get();
            asked.forEach(answer -> open.add(new Question(ends, answer)));
        } catch (KafkaException e) {
            waiting.addAll(asked);
            throw e;
        }
    }

    /** @param position up to which offset a partition is known */
    void answerReached(ToLongFunction<TopicPartition> position) {
        open.removeIf(question -> question.answer().isDone() || question.answered(position));
    }

    /** For what is done without. */
    void answerAll() {
        taken().forEach(answer -> answer.complete(null));
    }

    /**
     * The topic is read from its beginning again.
     *
     * @param without the question that is not asked again
     */
    void askAgain(CompletableFuture<Void> without) {
        open.forEach(question -> waiting.add(question.answer()));
        open.clear();
        waiting.remove(without);
    }

    private List<CompletableFuture<Void>> taken() {
        List<CompletableFuture<Void>> taken = new ArrayList<>();
        for (CompletableFuture<Void> next = waiting.poll(); next != null; next = waiting.poll()) {
            taken.add(next);
        }
        return taken;
    }

    private record Question(Map<TopicPartition, Long> ends, CompletableFuture<Void> answer) {

        boolean answered(ToLongFunction<TopicPartition> position) {
            boolean reached = ends.entrySet().stream().allMatch(end -> position.applyAsLong(end.getKey()) >= end.getValue());
            if (reached) {
                answer.complete(null);
            }
            return reached;
        }
    }
}
