package org.trustpaybridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.apache.camel.Processor;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.assembly.BridgeMain;
import org.trustpaybridge.settings.SettingsLoader;

/** The routes as files: valid, complete, canonical, and fitting to what the program binds. */
class RoutesTest {

    private static final Path FOLDER = Path.of("routes");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final CamelCatalog CATALOG = new DefaultCamelCatalog();
    /** What may take the place of a step's name; each holds an id and a description of its own. */
    private static final Set<String> BRANCHES = Set.of("when", "otherwise", "doCatch", "doFinally", "onException", "from");

    private static final Map<Path, JsonNode> FILES = new LinkedHashMap<>();
    private static final List<Element> ELEMENTS = new ArrayList<>();
    private static BridgeMain bridge;

    /** A route, a step or a branch of one. */
    private record Element(Path file, String kind, JsonNode node) {

        @Override
        public String toString() {
            return file.getFileName() + ": " + kind + " " + node.path("id").asText("without an id");
        }
    }

    @BeforeAll
    static void read() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                FILES.put(file, YAML.readTree(file.toFile()));
            }
        }
        FILES.forEach((file, tree) -> tree.forEach(entry -> entry.properties().forEach(field -> {
            ELEMENTS.add(new Element(file, field.getKey(), field.getValue()));
            collect(file, field.getValue());
        })));
        bridge = new BridgeMain(new SettingsLoader(Map.of("MULTISAFEPAY_API_KEY", "k", "NOTIFICATIONS_ENABLED", "true"), new Properties())
            .load(Optional.empty()), FOLDER,
            "test");
    }

    @Test
    void the_whole_flow_is_there() {
        assertThat(FILES.keySet()).allMatch(file -> file.toString().endsWith(".camel.yaml"));
        assertThat(ELEMENTS).filteredOn(element -> element.kind().equals("route"))
            .extracting(element -> element.node().path("id").textValue())
            .containsExactlyInAnyOrder("order-created", "payment-order", "create-payment", "check-account", "check-posts",
                "look-up-order", "payment-url-created", "dead-letter", "payment-notification", "look-up-status",
                "payment-status-changed");
    }

    /** Whoever opens the routes sees where an event of another shape becomes an order. */
    @Test
    void the_mapping_of_a_shop_is_a_step_of_its_own() {
        assertThat(ELEMENTS).extracting(element -> element.node().path("id").asText()).containsSubsequence("map-event", "map-to-order");
    }

    @Test
    void every_file_obeys_the_schema_of_the_yaml_dsl() throws IOException, URISyntaxException {
        // Given
        Schema schema;
        try (InputStream in = getClass().getResourceAsStream("/schema/camelYamlDsl.json")) {
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4).getSchema(in, InputFormat.JSON);
        }

        // When
        Map<Path, Object> complaints = FILES.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, file -> schema.validate(file.getValue().toString(), InputFormat.JSON)));

        // Then
        assertThat(complaints).allSatisfy((file, messages) -> assertThat((List<?>) messages).as(file.toString()).isEmpty());
    }

    @Test
    void every_route_and_step_has_an_id_of_its_own_and_a_description() {
        assertThat(ELEMENTS).hasSizeGreaterThan(30).allSatisfy(element -> {
            assertThat(element.node().isObject()).as("%s is written in full", element).isTrue();
            assertThat(element.node().path("id").asText()).as("id of %s", element).matches("[a-z]+(-[a-z]+)*");
            assertThat(element.node().path("description").asText()).as("description of %s", element).isNotBlank();
        });
        assertThat(ELEMENTS).filteredOn(element -> !element.kind().equals("routeConfiguration"))
            .extracting(element -> element.node().path("id").textValue()).doesNotHaveDuplicates();
    }

    @Test
    void every_route_has_a_file_of_its_own_named_like_it() {
        assertThat(FILES).allSatisfy((file, tree) -> {
            assertThat(tree).hasSize(1);
            assertThat(tree.get(0).iterator().next().path("id").textValue() + ".camel.yaml").isEqualTo(file.getFileName().toString());
        });
    }

    @Test
    void every_route_uses_the_route_configuration_of_orders_or_that_of_notifications() {
        // Given
        List<String> configurations = ids("routeConfiguration");

        // When
        List<String> used = ELEMENTS.stream().filter(element -> element.kind().equals("route"))
            .map(element -> element.node().path("routeConfigurationId").asText("none")).distinct().toList();

        // Then
        assertThat(configurations).hasSize(2);
        assertThat(used).containsExactlyInAnyOrderElementsOf(configurations);
    }

    @Test
    void every_endpoint_is_written_as_a_scheme_with_parameters() {
        assertThat(endpoints()).isNotEmpty().allSatisfy(endpoint -> {
            assertThat(endpoint.node().path("uri").asText()).as("%s", endpoint)
                .matches("[a-z-]+|\\{\\{multisafepay\\.base-url}}/(orders|gateways/TRUSTPAY)");
            assertThat(endpoint.node().path("parameters").isObject()).as("%s", endpoint).isTrue();
        });
    }

    @Test
    void every_endpoint_is_known_to_the_catalogue_with_all_its_parameters() throws URISyntaxException {
        for (Element endpoint : endpoints()) {
            // Given
            boolean http = endpoint.node().path("uri").textValue().startsWith("{{");
            String scheme = http ? "https" : endpoint.node().path("uri").textValue();
            Map<String, String> parameters = new HashMap<>();
            endpoint.node().path("parameters").properties()
                .forEach(field -> parameters.put(field.getKey(), field.getValue().asText()));
            if (http) {
                parameters.put("httpUri", "https://api.example.com/v1/json/orders");
            }

            // When
            EndpointValidationResult result = CATALOG.validateEndpointProperties(CATALOG.asEndpointUri(scheme, parameters, false), false,
                endpoint.kind().equals("from"), !endpoint.kind().equals("from"));

            // Then
            assertThat(result.isSuccess()).as("%s: %s", endpoint, result.summaryErrorMessage(false)).isTrue();
            // Some components take any parameter, so the names are looked up too.
            Set<String> known = known(scheme);
            assertThat(parameters.keySet()).as("%s", endpoint).allMatch(name -> known.contains(name)
                || name.startsWith("additionalProperties.") && known.contains("additionalProperties"));
        }
    }

    @Test
    void expressions_are_written_in_full() {
        assertThat(ELEMENTS).filteredOn(element -> element.kind().equals("when")).isNotEmpty().allSatisfy(element -> {
            JsonNode expression = element.node().path("expression");
            assertThat(expression).as("%s", element).hasSize(1);
            assertThat(expression.iterator().next().path("expression").isTextual()).as("%s", element).isTrue();
        });
    }

    @Test
    void every_processor_that_a_step_names_is_bound() {
        // When
        List<Element> unbound = ELEMENTS.stream().filter(element -> element.kind().equals("process"))
            .filter(element -> bridge.lookup(element.node().path("ref").asText(), Processor.class) == null).toList();

        // Then
        assertThat(unbound).isEmpty();
        assertThat(ids("process")).hasSizeGreaterThan(5);
    }

    @Test
    void every_bean_that_a_file_names_is_bound() {
        // Given
        Set<String> named = new HashSet<>();
        FILES.values().forEach(tree -> texts(tree).stream().filter(text -> text.startsWith("#"))
            .forEach(text -> named.add(text.substring(1))));

        // When
        List<String> unbound = named.stream().filter(name -> bridge.lookup(name, Object.class) == null).toList();

        // Then
        assertThat(named).isNotEmpty();
        assertThat(unbound).isEmpty();
    }

    @Test
    void every_direct_endpoint_that_is_sent_to_is_read_from() {
        // Given
        Set<String> read = addresses(Set.of("from"));

        // When
        Set<String> sent = addresses(Set.of("to", "wireTap"));

        // Then
        assertThat(read).isEqualTo(sent);
    }

    @Test
    void every_class_that_a_file_names_exists() throws ClassNotFoundException {
        for (Map.Entry<Path, JsonNode> file : FILES.entrySet()) {
            for (String text : texts(file.getValue())) {
                if (text.matches("(java|org)\\.[\\w.]+\\.[A-Z]\\w+")) {
                    assertThat(Class.forName(text)).isNotNull();
                }
            }
        }
    }

    /** camel-http takes the time-outs of its component from an endpoint too (HttpComponent, 4.18); the catalogue does not say so. */
    private static Set<String> known(String scheme) {
        Stream<? extends BaseOptionModel> options = CATALOG.componentModel(scheme).getEndpointOptions().stream();
        Stream<? extends BaseOptionModel> timeouts = CATALOG.componentModel(scheme).getComponentOptions().stream()
            .filter(option -> scheme.equals("https") && option.getName().toLowerCase(Locale.ROOT).endsWith("timeout"));
        return Stream.concat(options, timeouts).map(BaseOptionModel::getName).collect(Collectors.toSet());
    }

    private static void collect(Path file, JsonNode parent) {
        parent.properties().forEach(field -> {
            boolean list = field.getValue().isArray();
            if (field.getKey().equals("steps")) {
                field.getValue().forEach(step -> step.properties().forEach(named -> add(file, named.getKey(), named.getValue())));
            } else if (BRANCHES.contains(field.getKey())) {
                (list ? field.getValue() : List.of(field.getValue())).forEach(branch ->
                    add(file, field.getKey(), branch.path(field.getKey()).isObject() ? branch.path(field.getKey()) : branch));
            }
        });
    }

    private static void add(Path file, String kind, JsonNode node) {
        ELEMENTS.add(new Element(file, kind, node));
        collect(file, node);
    }

    private static List<Element> endpoints() {
        return ELEMENTS.stream().filter(element -> element.kind().equals("from") || element.node().has("uri")).toList();
    }

    private static List<String> ids(String kind) {
        return ELEMENTS.stream().filter(element -> element.kind().equals(kind)).map(element -> element.node().path("id").textValue())
            .toList();
    }

    private static Set<String> addresses(Set<String> kinds) {
        return endpoints().stream().filter(endpoint -> kinds.contains(endpoint.kind()))
            .filter(endpoint -> endpoint.node().path("uri").asText().equals("direct"))
            .map(endpoint -> endpoint.node().path("parameters").path("name").textValue())
            .collect(Collectors.toSet());
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isTextual()) {
            texts.add(node.textValue());
        }
        node.forEach(child -> texts.addAll(texts(child)));
        return texts;
    }
}
