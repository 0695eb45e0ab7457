package org.trustpaybridge.wire;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names that a query of Prometheus uses: enough of its language to tell whether they exist.
 *
 * @param selectors metrics, with what is asked of their labels
 * @param labels    labels that are grouped or matched by
 */
record PromQl(List<Selector> selectors, Set<String> labels) {

    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern NAME = Pattern.compile("(?<![\\w.:$])([a-zA-Z_:][\\w:]*)(\\s*\\()?(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!=|!~|=)\\s*\"([^\"]*)\"");
    private static final Set<String> KEYWORDS = Set.of("and", "or", "unless", "bool", "offset");

    /** A metric with the matchers of its labels. */
    record Selector(String metric, List<Matcher> matchers) {
    }

    /** A label that is to have a value ({@code =}), or is compared with one in another way. */
    record Matcher(String label, String operator, String value) {
    }

    static PromQl of(String query) {
        Set<String> labels = new LinkedHashSet<>();
        GROUPING.matcher(query).results().flatMap(grouping -> Stream.of(grouping.group(1).split(",")))
            .map(String::strip).filter(label -> !label.isEmpty()).forEach(labels::add);
        String rest = RANGE.matcher(GROUPING.matcher(query).replaceAll(" ")).replaceAll(" ");
        List<Selector> selectors = new ArrayList<>();
        NAME.matcher(rest).results().filter(name -> name.group(2) == null && !KEYWORDS.contains(name.group(1)))
            .forEach(name -> selectors.add(new Selector(name.group(1), matchers(name))));
        return new PromQl(selectors, labels);
    }

    private static List<Matcher> matchers(MatchResult name) {
        return name.group(3) == null ? List.of() : MATCHER.matcher(name.group(3)).results()
            .map(matcher -> new Matcher(matcher.group(1), matcher.group(2), matcher.group(3))).toList();
    }
}
