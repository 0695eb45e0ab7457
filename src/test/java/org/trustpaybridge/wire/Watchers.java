package org.trustpaybridge.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What watches the bridge: the queries of the dashboard, and the alert rules. */
final class Watchers {

    static final Path DASHBOARD = Path.of("config/grafana/dashboards/trustpay-bridge.json");
    static final Path ALERTS = Path.of("config/prometheus/alerts.yml");

    private Watchers() {
    }

    /** A query, with the names of labels that the text beside it shows. */
    record Query(String where, String expression, List<String> shown) {
    }

    static List<Query> ofTheDashboard() {
        List<Query> queries = new ArrayList<>();
        JsonNode dashboard = dashboard();
        dashboard.path("panels").forEach(panel -> panel.path("targets").forEach(target -> queries.add(new Query(
            "panel " + panel.path("title").asText(), target.path("expr").asText(),
                shown(target.path("legendFormat").asText(), "\\{\\{(\\w+)}}")))));
        dashboard.path("annotations").path("list").forEach(annotation -> {
            if (annotation.has("expr")) {
                queries.add(new Query("annotation " + annotation.path("name").asText(), annotation.path("expr").asText(),
                    shown(annotation.path("textFormat").asText(), "\\{\\{(\\w+)}}")));
            }
        });
        return queries;
    }

    static JsonNode dashboard() {
        try {
            return new ObjectMapper().readTree(DASHBOARD.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Query> ofTheAlerts() {
        return alerts().stream().map(alert -> new Query("alert " + alert.get("alert"), alert.get("expr").toString(),
            shown(annotations(alert).values().stream().map(Object::toString).collect(Collectors.joining(" ")), "\\$labels\\.(\\w+)")))
                .toList();
    }

    static List<Map<?, ?>> alerts() {
        try {
            Map<?, ?> file = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(ALERTS));
            return ((List<?>) file.get("groups")).stream().flatMap(group -> ((List<?>) ((Map<?, ?>) group).get("rules")).stream())
                .<Map<?, ?>>map(rule -> (Map<?, ?>) rule).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<?, ?> annotations(Map<?, ?> alert) {
        return (Map<?, ?>) alert.get("annotations");
    }

    private static List<String> shown(String text, String pattern) {
        return java.util.regex.Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1)).toList();
    }

    static Stream<Query> all() {
        return Stream.concat(ofTheDashboard().stream(), ofTheAlerts().stream());
    }
}
