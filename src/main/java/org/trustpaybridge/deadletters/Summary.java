package org.trustpaybridge.deadletters;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** Counts dead letters by reason and keeps the newest, in as much memory as these take. */
public final class Summary {

    private static final Comparator<DeadLetter> BY_AGE = Comparator.comparing(DeadLetter::failedAt).thenComparing(DeadLetter::place);

    private final int limit;
    private final PriorityQueue<DeadLetter> newest = new PriorityQueue<>(BY_AGE);
    private final Map<String, Integer> counts = new TreeMap<>();
    private int total;

    /** @param limit how many of the newest to keep; 0 keeps none */
    public Summary(int limit) {
        this.limit = limit;
    }

    /** Takes one more dead letter into account. */
    public void add(DeadLetter letter) {
        count(letter.reason());
        newest.add(letter);
        if (newest.size() > limit) {
            newest.remove();
        }
    }

    void count(String reason) {
        total++;
        counts.merge(reason, 1, Integer::sum);
    }

    /** @return all that were added */
    public int total() {
        return total;
    }

    /** @return how many of each reason, the most frequent first */
    public Map<String, Integer> counts() {
        Map<String, Integer> sorted = new LinkedHashMap<>();
        counts.entrySet().stream().sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    /** @return the newest, the newest first */
    public List<DeadLetter> newest() {
        List<DeadLetter> sorted = new ArrayList<>(newest);
        sorted.sort(BY_AGE.reversed());
        return sorted;
    }
}
