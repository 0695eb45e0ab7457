package org.trustpaybridge.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.condition.Condition.Name;
import org.trustpaybridge.delivery.DeletedUnread;
import org.trustpaybridge.delivery.PartitionId;
import org.trustpaybridge.delivery.Standing;
import org.trustpaybridge.delivery.position.Question;

/** Says in words which partitions are not read, and which records are lost. */
final class PositionConditions {

    /** Finding out where to begin takes a moment after every rebalance. */
    private static final Duration MOMENT = Duration.ofSeconds(5);
    static final String CHOICES = "Say where to begin: set kafka.start-from to earliest (all of these orders become payments), to now"
        + " (none of them does, later ones do) or to an ISO time (those since then do), and restart.";

    private final String topic;
    private final Clock clock;

    PositionConditions(String topic, Clock clock) {
        this.topic = topic;
        this.clock = clock;
    }

    /**
     * @param assigned     where the assigned partitions stand
     * @param open         what is asked for, and since when
     * @param held         what an operator has to say
     * @param lost         what was deleted of partitions that are held
     * @param failure      why it cannot be found out; empty while it can
     * @param missingSince since when the topic is not there
     */
    List<Condition> of(List<Standing> assigned, Map<PositionRequest, Instant> open, Map<PositionRequest, Question> held,
                       Map<PartitionId, DeletedUnread> lost, String failure, Optional<Instant> missingSince) {
        List<Condition> found = new ArrayList<>();
        missingSince.ifPresent(since -> found.add(new Condition(Name.WAITING_FOR_KAFKA, "Waiting for Kafka",
            "Topic " + topic + " does not exist any more.", Optional.of(since))));
        Instant now = clock.instant();
        Map<PositionRequest, Instant> waiting = open.entrySet().stream().filter(each -> held.containsKey(each.getKey())
                || Duration.between(each.getValue(), now).compareTo(MOMENT) > 0)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        if (!waiting.isEmpty() && missingSince.isEmpty()) {
            found.add(waiting(waiting, held, failure, waiting.size() >= assigned.size()));
        }
        Map<PartitionId, DeletedUnread> deleted = new TreeMap<>(Comparator.comparing(PartitionId::topic)
            .thenComparing(PartitionId::partition));
        deleted.putAll(lost);
        assigned.forEach(standing -> standing.note().deleted().ifPresent(gone -> deleted.put(standing.id(), gone)));
        if (!deleted.isEmpty()) {
            found.add(deleted(deleted));
        }
        return found;
    }

    private Condition waiting(Map<PositionRequest, Instant> waiting, Map<PositionRequest, Question> held, String failure, boolean all) {
        List<Question> questions = waiting.keySet().stream().map(held::get).filter(java.util.Objects::nonNull).toList();
        Instant since = waiting.values().stream().min(Instant::compareTo).orElseThrow();
        String numbers = numbers(waiting.keySet().stream().map(ticket -> ticket.partition().partition()).toList());
        String why = questions.isEmpty()
            ? "It is being found out how far orders were done" + (failure.isEmpty() ? "." : ", which failed so far: " + failure + ".")
            : sentence(questions.stream().map(question -> question.why().words()).distinct().collect(Collectors.joining("; ")))
                + " The oldest of them is of " + questions.stream().map(Question::oldest).min(Instant::compareTo).orElseThrow()
                .truncatedTo(ChronoUnit.SECONDS) + ". " + CHOICES;
        return new Condition(all ? Name.START_UNKNOWN : Name.START_PARTLY_UNKNOWN, "It is not known where to begin with " + numbers + " of "
            + topic, why, Optional.of(since));
    }

    private Condition deleted(Map<PartitionId, DeletedUnread> deleted) {
        long records = deleted.values().stream().mapToLong(DeletedUnread::atMost).sum();
        String where = deleted.entrySet().stream().map(each -> each.getValue().atMost() + " of partition " + each.getKey().partition()
            + " between the offsets " + each.getValue().from() + " and " + (each.getValue().to() - 1)).collect(Collectors.joining(", "));
        Instant since = deleted.values().stream().map(DeletedUnread::since).min(Instant::compareTo).orElseThrow();
        return new Condition(Name.RECORDS_DELETED_UNREAD, "Orders were deleted before they were read", "At most " + records + " of " + topic
            + ": " + where + ". Find out which orders have no payment, and acknowledge it with offsets acknowledge-deleted or through JMX.",
            Optional.of(since));
    }

    private static String numbers(Collection<Integer> partitions) {
        List<String> sorted = partitions.stream().sorted().map(String::valueOf).toList();
        return sorted.size() == 1 ? "partition " + sorted.get(0)
            : "partitions " + String.join(", ", sorted.subList(0, sorted.size() - 1)) + " and " + sorted.get(sorted.size() - 1);
    }

    private static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + words.substring(1) + ".";
    }
}
