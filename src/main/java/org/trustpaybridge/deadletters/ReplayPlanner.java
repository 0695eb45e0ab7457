package org.trustpaybridge.deadletters;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.trustpaybridge.delivery.DeadLetterReason.Code;
import org.trustpaybridge.outbound.DeadLetterHeaders;

/**
 * Finds out which dead letters are to be replayed. It is told first every dead letter, then what the inbound topic holds behind their
 * events, then what was published, and keeps some 150 bytes for each dead letter that was asked for.
 *
 * <p>A dead letter counts as replayed if a record behind its event, in the same partition, bears its mark: on the inbound topic, or as the
 * event of a later dead letter. The position matters because topics may be deleted and made again, with offsets that start at 0 again.
 */
public final class ReplayPlanner {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Comparator<Candidate> BY_AGE = Comparator.comparing(Candidate::failedAt).thenComparing(Candidate::place);

    private final Selection selection;
    private final String deadLetterTopic;
    private final String inboundTopic;
    private final boolean takeUnsure;
    private final boolean takeHopeless;
    private final Map<Place, Candidate> candidates = new HashMap<>();
    private final Map<Place, Set<Place>> repeatedAs = new HashMap<>();
    private final Set<Place> replayed = new HashSet<>();
    private final Map<Integer, Range> inbound = new HashMap<>();
    private final Map<Object, Candidate> newest = new HashMap<>();
    private final Set<String> published = new HashSet<>();
    private final Map<LeftOut, Integer> leftOut = new EnumMap<>(LeftOut.class);
    private int selected;

    /**
     * @param selection       which are asked for
     * @param deadLetterTopic the topic they stand on
     * @param inboundTopic    the topic that replayed records go to
     * @param takeUnsure      whether to take those along of which it cannot be known whether they were replayed
     */
    public ReplayPlanner(Selection selection, String deadLetterTopic, String inboundTopic, boolean takeUnsure) {
        this(selection, deadLetterTopic, inboundTopic, takeUnsure, false);
    }

    private ReplayPlanner(Selection selection, String deadLetterTopic, String inboundTopic, boolean takeUnsure, boolean takeHopeless) {
        this.takeHopeless = takeHopeless;
        this.selection = selection;
        this.deadLetterTopic = deadLetterTopic;
        this.inboundTopic = inboundTopic;
        this.takeUnsure = takeUnsure;
    }

    /** @return a planner that is to tell what is open, whether or not replaying it makes sense */
    public static ReplayPlanner toFindOpen(Selection selection, String deadLetterTopic, String inboundTopic) {
        return new ReplayPlanner(selection, deadLetterTopic, inboundTopic, true, true);
    }

    /** Takes a record of the dead-letter topic; all of them are to be told, also those that were not asked for. */
    public void letter(DeadLetter letter) {
        letter.replayOf().filter(mark -> mark.topic().equals(deadLetterTopic)).ifPresent(mark ->
            letter.source().filter(source -> source.topic().equals(inboundTopic)).ifPresent(source ->
                repeatedAs.computeIfAbsent(mark.letter(), earlier -> new HashSet<>(2)).add(source.place())));
        if (!selection.matches(letter)) {
            return;
        }
        selected++;
        Optional<LeftOut> cause = unfit(letter);
        if (cause.isPresent()) {
            leftOut.merge(cause.get(), 1, Integer::sum);
            return;
        }
        Candidate candidate = new Candidate(letter.place(), letter.source().orElseThrow().place(), letter.failedAt(),
            letter.orderId().orElse(null), letter.code().orElseThrow());
        candidates.put(candidate.place, candidate);
        newest.merge(candidate.order(), candidate, BinaryOperator.maxBy(BY_AGE));
    }

    private Optional<LeftOut> unfit(DeadLetter letter) {
        if (letter.code().isEmpty() || letter.source().isEmpty()) {
            return Optional.of(LeftOut.FOREIGN);
        }
        if (!letter.source().get().topic().equals(inboundTopic)) {
            return Optional.of(LeftOut.OTHER_TOPIC);
        }
        boolean hopeless = ReasonGuide.of(letter.code().get()).replaying() == ReasonGuide.Replaying.NO;
        return hopeless && !takeHopeless && !selection.names(letter) ? Optional.of(LeftOut.ORDER_EXISTS) : Optional.empty();
    }

    /** @return after the last dead letter: the partitions of the inbound topic that are to be read, each from this offset to its end */
    public Map<Integer, Long> inboundFrom() {
        Map<Integer, Long> from = new HashMap<>();
        candidates.values().forEach(candidate -> from.merge(candidate.source.partition(), candidate.source.offset() + 1, Math::min));
        return from;
    }

    /** Tells what a partition of the inbound topic holds; one that is not told does not exist. */
    public void inboundRange(int partition, long first, long end) {
        inbound.put(partition, new Range(first, end));
    }

    /** Takes a record of the inbound topic. */
    public void inbound(StoredRecord stored) {
        stored.header(DeadLetterHeaders.REPLAY_OF).flatMap(ReplayMark::parse).filter(mark -> mark.topic().equals(deadLetterTopic))
            .map(mark -> candidates.get(mark.letter())).filter(candidate -> candidate.isBefore(stored.place()))
            .ifPresent(candidate -> replayed.add(candidate.place));
    }

    /** @return whether the outbound topic is to be read at all */
    public boolean asksForOrders() {
        return newest.keySet().stream().anyMatch(String.class::isInstance);
    }

    /** Takes a record of the outbound topic. */
    public void outbound(StoredRecord stored) {
        stored.keyText().filter(newest::containsKey).filter(id -> hasPaymentUrl(stored.value())).ifPresent(published::add);
    }

    private static boolean hasPaymentUrl(byte[] value) {
        if (value == null) {
            return false;
        }
        try (JsonParser parser = JSON.createParser(value)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean url = "payment_url".equals(parser.currentName());
                if (parser.nextToken() == JsonToken.VALUE_STRING && url) {
                    return true;
                }
                parser.skipChildren();
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    /** @return after everything was told: of each order the newest that was asked for, if it is neither replayed nor published */
    public Set<Place> open() {
        Set<Place> open = new LinkedHashSet<>();
        candidates.values().stream().filter(candidate -> done(candidate).isEmpty() && isNewest(candidate)).sorted(BY_AGE)
            .forEach(each -> open.add(each.place));
        return open;
    }

    /**
     * @param max the most to replay; the oldest come first
     * @return after everything was told: what to do
     */
    public ReplayPlan plan(int max) {
        Map<LeftOut, Integer> causes = new EnumMap<>(LeftOut.class);
        causes.putAll(leftOut);
        List<Candidate> fit = new ArrayList<>();
        for (Candidate candidate : candidates.values()) {
            cause(candidate).ifPresentOrElse(cause -> causes.merge(cause, 1, Integer::sum), () -> fit.add(candidate));
        }
        fit.sort(BY_AGE);
        List<Candidate> chosen = fit.subList(0, Math.min(max, fit.size()));
        Summary summary = new Summary(0);
        chosen.forEach(each -> summary.count(each.code.name()));
        List<ReplayPlan.Letter> letters = chosen.stream().sorted(Comparator.comparing(Candidate::place))
            .map(each -> new ReplayPlan.Letter(each.place, each.source.partition())).toList();
        return new ReplayPlan(selected, letters, summary.counts(), causes, fit.size() - chosen.size());
    }

    private Optional<LeftOut> cause(Candidate candidate) {
        return done(candidate)
            .or(() -> isNewest(candidate) ? Optional.empty() : Optional.of(LeftOut.OLDER))
            .or(() -> !takeUnsure && unsure(candidate) ? Optional.of(LeftOut.UNSURE) : Optional.empty());
    }

    /** Also when that one was replayed: what an older event says is overtaken, and may be the same event, dead-lettered twice. */
    private boolean isNewest(Candidate candidate) {
        return newest.get(candidate.order()) == candidate;
    }

    private Optional<LeftOut> done(Candidate candidate) {
        if (replayed.contains(candidate.place)
            || repeatedAs.getOrDefault(candidate.place, Set.of()).stream().anyMatch(candidate::isBefore)) {
            return Optional.of(LeftOut.REPLAYED);
        }
        return candidate.orderId != null && published.contains(candidate.orderId) ? Optional.of(LeftOut.PUBLISHED) : Optional.empty();
    }

    /** A replay of it would stand behind its event. If the partition starts later, or ends before, records that were there are gone. */
    private boolean unsure(Candidate candidate) {
        Range range = inbound.get(candidate.source.partition());
        return range == null || range.first > candidate.source.offset() + 1 || range.end <= candidate.source.offset();
    }

    private record Range(long first, long end) {
    }

    private record Candidate(Place place, Place source, Instant failedAt, String orderId, Code code) {

        /** Where the order id could not be read, the event stands for the order. */
        Object order() {
            return orderId == null ? source : orderId;
        }

        boolean isBefore(Place later) {
            return source.partition() == later.partition() && source.offset() < later.offset();
        }
    }
}
