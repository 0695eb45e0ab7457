package org.trustpaybridge.command.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trustpaybridge.testkit.CommandRun;

/** Who follows {@code docs/mapping.md} word for word gets what it says. */
class MappingDocumentationTest {

    private static final Pattern BLOCK = Pattern.compile("```(?:json)?\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;
    private Path event;
    private Path program;
    private Path config;

    @BeforeEach
    void follow() throws IOException {
        event = Files.writeString(folder.resolve("order.json"), block("{\"orderId\""));
        program = Files.writeString(folder.resolve("my-shop.jq"), block("select(.method"));
        config = Files.writeString(folder.resolve("application.properties"), block("order.mapping=").replaceAll("order\\.mapping=.*",
            "order.mapping=" + program));
    }

    @Test
    void the_event_without_a_mapping_is_refused_with_the_hints_that_are_shown() {
        CommandRun run = CommandRun.of("map", event.toString());

        assertThat(run.code()).isEqualTo(1);
        String shown = words(block("$ bin/trustpay-bridge map order.json").replaceFirst(".*\\n", ""));
        for (String hint : List.of("order_id: .orderId", "amount: (.currency as $c | .totalAmount | minor_units($c))")) {
            assertThat(shown).contains("the event has", hint);
            assertThat(words(run.out())).contains(hint);
        }
    }

    @Test
    void the_program_and_the_settings_make_an_order_of_the_event() {
        CommandRun run = CommandRun.of("map", "--config", config.toString(), event.toString());

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("the mapping makes this of it", "\"amount\" : 1000", "\"locale\" : \"cs_CZ\"",
            "\"redirect_url\" : \"https://shop.example.com/pay/thanks/A-17\"");
    }

    @Test
    void the_violation_that_is_shown_is_the_one_of_an_amount_with_a_separator() throws IOException {
        Files.writeString(event, Files.readString(event).replace("10.00", "1 234,50"));

        CommandRun run = CommandRun.of("map", "--config", config.toString(), "--json", event.toString());

        assertThat(run.code()).isEqualTo(1);
        String shown = words(block("{\"violations\": [{\"field\": \"totalAmount\""));
        String problem = shown.substring(shown.indexOf("found a string"), shown.indexOf("\"}]}"));
        assertThat(words(run.out())).contains(problem);
    }

    @Test
    void an_event_of_another_payment_method_is_skipped() throws IOException {
        Files.writeString(event, Files.readString(event).replace("trustpay", "card"));

        CommandRun run = CommandRun.of("map", "--config", config.toString(), event.toString());

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("is skipped");
    }

    /** The first block of the page with these words in it. */
    private static String block(String words) {
        List<String> blocks = new ArrayList<>();
        try {
            Matcher matcher = BLOCK.matcher(Files.readString(Path.of("docs", "mapping.md")));
            while (matcher.find()) {
                blocks.add(matcher.group(1));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return blocks.stream().filter(each -> each.contains(words)).findFirst().orElseThrow();
    }

    private static String words(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
