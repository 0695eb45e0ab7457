package org.trustpaybridge.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.order.KnownSecrets;
import org.trustpaybridge.settings.Settings;
import org.trustpaybridge.settings.SettingsLoader;
import org.trustpaybridge.supervision.Ending;
import org.trustpaybridge.testkit.GeneratedDocument;

/** A reader can walk the way of an order through the code: each step of each route, and the class that does it. */
class WayOfAnOrderDocumentationTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final List<String> ROUTES = List.of("order-created", "payment-order", "create-payment", "check-account", "check-posts",
        "look-up-order", "payment-url-created", "dead-letter", "payment-notification", "look-up-status", "payment-status-changed",
        "route-configuration", "notification-configuration");
    /** Their steps stand at the same depth as they do. */
    private static final Set<String> TRANSPARENT = Set.of("steps", "when", "doCatch", "onException");
    private static final Set<String> NO_STEPS = Set.of("from", "parameters", "expression", "handled", "exception", "json");

    @Test
    void the_architecture_document_shows_each_step_and_its_class() throws IOException {
        // Given
        Map<String, Object> beans = beans();

        // When, Then
        GeneratedDocument.assertUpToDate(Path.of("docs/architecture.md"), Pattern.compile("<!-- way of an order -->\\n.*?<!-- end -->",
            Pattern.DOTALL), part -> ROUTES.stream().map(route -> table(route, beans)).reduce("", String::concat));
    }

    @Test
    void no_route_is_missing() {
        assertThat(Path.of("routes").toFile().list()).containsExactlyInAnyOrderElementsOf(
            ROUTES.stream().map(route -> route + ".camel.yaml").toList());
    }

    private static String table(String route, Map<String, Object> beans) {
        List<String> rows = new ArrayList<>();
        try {
            JsonNode file = YAML.readTree(Path.of("routes", route + ".camel.yaml").toFile()).get(0).elements().next();
            if (file.path("from").path("uri").asText().equals("platform-http")) {
                rows.add(row(0, file.get("from").path("id").asText(), source("receive", "NotificationServer")));
            }
            if (file.path("from").path("uri").asText().equals("kafka")) {
                rows.add(row(0, file.get("from").path("id").asText(), classOf("orderWindow", beans)));
            }
            walk(file, 0, beans, rows);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return "\n| Route `" + route + "` | Done by |\n|---|---|\n" + String.join("", rows);
    }

    private static void walk(JsonNode node, int depth, Map<String, Object> beans, List<String> rows) {
        if (node.isArray()) {
            node.forEach(each -> walk(each, depth, beans, rows));
            return;
        }
        node.properties().forEach(field -> {
            JsonNode inner = field.getValue();
            if (NO_STEPS.contains(field.getKey())) {
                walk(inner.path("steps"), depth, beans, rows);
            } else if (TRANSPARENT.contains(field.getKey())) {
                inner.forEach(each -> {
                    boolean branch = each.has("id");
                    if (branch) {
                        rows.add(row(depth, each.get("id").asText(), ""));
                    }
                    walk(each, branch ? depth + 1 : depth, beans, rows);
                });
            } else if (inner.has("id")) {
                rows.add(row(depth, inner.get("id").asText(), doneBy(inner, beans)));
                walk(inner, depth + 1, beans, rows);
            }
        });
    }

    private static String doneBy(JsonNode step, Map<String, Object> beans) {
        if (step.has("ref")) {
            return classOf(step.get("ref").asText(), beans);
        }
        if (step.has("onPrepare")) {
            return classOf(step.get("onPrepare").asText().substring(1), beans);
        }
        String uri = step.path("uri").asText();
        return switch (uri) {
            case "" -> "";
            case "direct" -> "route `" + step.path("parameters").path("name").asText() + "`";
            case "kafka" -> "Camel's Kafka producer, topic `" + step.path("parameters").path("topic").asText() + "`";
            default -> "Camel's HTTP component, with " + source("transport", "ProviderClient");
        };
    }

    private static String classOf(String name, Map<String, Object> beans) {
        assertThat(beans).as("bound by RouteAssembly").containsKey(name);
        String type = beans.get(name).getClass().getName().replaceFirst("\\$.*", "").replace("org.trustpaybridge.", "");
        return source(type.substring(0, type.lastIndexOf('.')), type.substring(type.lastIndexOf('.') + 1));
    }

    private static String source(String packageName, String type) {
        return "[`" + type + "`](../src/main/java/org/trustpaybridge/" + packageName.replace('.', '/') + "/" + type + ".java)";
    }

    private static String row(int depth, String id, String doneBy) {
        return "| " + "&emsp;".repeat(depth) + "`" + id + "` | " + doneBy + " |\n";
    }

    private static Map<String, Object> beans() {
        Settings settings = new SettingsLoader(Map.of("MULTISAFEPAY_API_KEY", "0123456789", "KAFKA_BROKERS", "localhost:9092",
            "NOTIFICATIONS_ENABLED", "true"), new Properties())
            .load(Optional.empty());
        Clock clock = Clock.systemUTC();
        ObserveAssembly observe = new ObserveAssembly(settings, "test", clock);
        DeliveryAssembly delivery = DeliveryAssembly.of(settings, java.util.Optional.empty(), clock);
        KafkaAssembly kafka = KafkaAssembly.of(settings, delivery, observe.positionCounts(), Ending.none(), clock);
        Map<String, Object> beans = new HashMap<>();
        new RouteAssembly(settings, delivery, kafka, observe.metrics(), KnownSecrets.none(), clock).bindTo(beans::put);
        NotificationAssembly.of(settings, kafka, SecretsAssembly.of(settings, Ending.none(), clock), observe, clock).bindTo(beans::put);
        kafka.close();
        return beans;
    }
}
