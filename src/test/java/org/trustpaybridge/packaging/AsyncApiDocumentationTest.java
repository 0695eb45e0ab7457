package org.trustpaybridge.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;
import org.trustpaybridge.settings.SettingsLoader;
import org.trustpaybridge.testkit.GeneratedDocument;
import org.trustpaybridge.testkit.Schemas;

/** {@code docs/asyncapi.yaml} has the shipped schemas, and the names of topics and group that are the defaults. */
class AsyncApiDocumentationTest {

    private static final Path DOCUMENT = Path.of("docs", "asyncapi.yaml");
    private static final Pattern SCHEMAS = Pattern.compile("  # made of schemas/\\n.*?<!-- end -->", Pattern.DOTALL);
    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
        .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES).enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
        .disable(YAMLGenerator.Feature.SPLIT_LINES).build()).build();

    private static final Map<String, String> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put("orderCreated", "order-created");
        NAMES.put("paymentUrlCreated", "payment-url-created");
        NAMES.put("paymentUrlCreatedHeaders", "payment-url-created-headers");
        NAMES.put("deadLetterHeaders", "dead-letter-headers");
        NAMES.put("paymentStatusChanged", "payment-status-changed");
        NAMES.put("paymentStatusChangedHeaders", "payment-status-changed-headers");
    }

    @Test
    void the_schemas_are_those_that_are_shipped() throws IOException {
        GeneratedDocument.assertUpToDate(DOCUMENT, SCHEMAS, part -> "  schemas:\n" + schemas() + "# ");
    }

    @Test
    void topics_and_group_are_the_defaults_of_the_settings() throws IOException {
        JsonNode document = YAML.readTree(DOCUMENT.toFile());
        Settings settings = new SettingsLoader(Map.of("MULTISAFEPAY_API_KEY", "k"), new Properties()).load(Optional.empty());

        assertThat(document.at("/channels/orderCreated/address").textValue()).isEqualTo(settings.text(Setting.TOPIC_ORDER_CREATED));
        assertThat(document.at("/channels/paymentUrlCreated/address").textValue())
            .isEqualTo(settings.text(Setting.TOPIC_PAYMENT_URL_CREATED));
        assertThat(document.at("/channels/deadLetter/address").textValue()).isEqualTo(settings.text(Setting.TOPIC_DEAD_LETTER));
        assertThat(document.at("/channels/paymentStatusChanged/address").textValue())
            .isEqualTo(settings.text(Setting.TOPIC_PAYMENT_STATUS_CHANGED));
        assertThat(document.at("/components/messages/paymentStatusChanged/name")).isEqualTo(
            Schemas.tree("payment-status-changed-headers").at("/properties/ce_type/const"));
        assertThat(document.at("/operations/receiveOrder/bindings/kafka/groupId/const").textValue())
            .isEqualTo(settings.text(Setting.KAFKA_GROUP_ID));
        assertThat(document.at("/servers/kafka/host").textValue()).isEqualTo(settings.text(Setting.KAFKA_BROKERS));
        assertThat(document.at("/components/messages/paymentUrlCreated/name")).isEqualTo(
            Schemas.tree("payment-url-created-headers").at("/properties/ce_type/const"));
    }

    @Test
    void every_reference_leads_somewhere() throws IOException {
        JsonNode document = YAML.readTree(DOCUMENT.toFile());
        List<String> references = new ArrayList<>();
        collect(document, references);

        assertThat(references).hasSizeGreaterThan(15).allSatisfy(each ->
            assertThat(document.at(each.substring(1)).isMissingNode()).as(each).isFalse());
    }

    private static void collect(JsonNode node, List<String> references) {
        if (node.path("$ref").isTextual()) {
            references.add(node.path("$ref").textValue());
        }
        node.forEach(child -> collect(child, references));
    }

    private static String schemas() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        NAMES.forEach((name, file) -> all.set(name, ((ObjectNode) Schemas.tree(file)).without(List.of("$schema", "$id"))));
        try {
            return YAML.writeValueAsString(all).lines().map(line -> "    " + line + "\n").collect(Collectors.joining());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
