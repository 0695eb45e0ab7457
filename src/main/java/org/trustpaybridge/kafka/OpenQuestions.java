package org.trustpaybridge.kafka;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.delivery.position.Question;
import org.trustpaybridge.log.LogEvent;

/** Partitions that are held until an operator says where to begin. Each question is asked once. */
final class OpenQuestions {

    private static final Logger LOG = LoggerFactory.getLogger(OpenQuestions.class);

    private final PositionCounts counts;
    private final Map<PositionRequest, Question> held = new ConcurrentHashMap<>();
    private final Set<PartitionId> told = ConcurrentHashMap.newKeySet();

    OpenQuestions(PositionCounts counts) {
        this.counts = counts;
    }

    void ask(Map<PositionRequest, Question> questions) {
        held.putAll(questions);
        List<Question> fresh = questions.values().stream().filter(question -> told.add(question.id())).toList();
        fresh.stream().map(Question::why).distinct().forEach(why -> {
            List<Question> same = fresh.stream().filter(question -> question.why() == why).toList();
            LogEvent.START_UNKNOWN.on(LOG).addKeyValue("partitions", same.stream().map(Question::id).toList()).addKeyValue("why",
                why.words())
                .addKeyValue("oldest", same.stream().map(Question::oldest).min(Instant::compareTo).orElseThrow()).log();
        });
        fresh.forEach(question -> counts.decided().accept(PositionCounts.HELD));
    }

    /** It is known now. */
    void answered(PositionRequest ticket) {
        held.remove(ticket);
        told.remove(KafkaRecords.idOf(ticket.partition()));
    }

    /** Nobody wants to know any more. Asked again, the same question is not told again. */
    void withdraw(Collection<PositionRequest> tickets) {
        held.keySet().removeAll(tickets);
    }

    boolean contains(PositionRequest ticket) {
        return held.containsKey(ticket);
    }

    /** By ticket, what an operator has to say. */
    Map<PositionRequest, Question> all() {
        return Map.copyOf(held);
    }
}
