package org.trustpaybridge.command.map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trustpaybridge.order.IncomingEvent;
import org.trustpaybridge.order.Mapping;
import org.trustpaybridge.order.MappingRules;
import org.trustpaybridge.order.OrderMapper;
import org.trustpaybridge.testkit.CommandRun;
import org.trustpaybridge.testkit.OrderEvents;

/** What an event would become is told before anything is sent, and so is everything that is wrong with it. */
class MapCommandTest {

    private static final String GOOD = new String(OrderEvents.order("m-1", 1000), UTF_8);
    private static final String BAD = GOOD.replace("\"CZK\"", "\"crowns\"").replace("1000", "\"1000\"").replace("customer@", "customer@@")
        .replace("m-1", "m-2");

    @TempDir
    private Path folder;

    @Test
    void a_good_event_is_shown_as_the_very_order_that_would_be_posted() throws Exception {
        CommandRun run = map(GOOD, "--json");

        assertThat(run.code()).isZero();
        JsonNode line = new ObjectMapper().readTree(run.out());
        Mapping mapping = new OrderMapper(MappingRules.standard()).map(new IncomingEvent(GOOD.getBytes(UTF_8), Map.of()));
        assertThat(line.path("order").toString()).isEqualTo(new String(((Mapping.Accepted) mapping).order().toJson(), UTF_8));
        assertThat(line.path("order_id").asText()).isEqualTo("m-1");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void all_violations_of_a_refused_event_are_told_in_80_columns_and_the_exit_code_is_1() throws Exception {
        CommandRun run = map(GOOD.replace("\n", "") + "\n" + BAD.replace("\n", "") + "\n{\"order_id\":");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("line 1, order m-1: becomes this order", "line 2, order m-2: is refused", "currency", "\"crowns\"",
            "amount", "customer.email", "line 3: is refused", "3 events: 1 becomes an order, 2 are refused").doesNotContain("customer@@");
        assertThat(run.out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void an_event_of_another_shape_is_told_where_to_read_on() throws Exception {
        CommandRun foreign = map("{\"no\":\"1\",\"value\":\"10.00\"}");
        CommandRun wrong = map(BAD);

        assertThat(foreign.out()).contains("An event of another shape takes a mapping: see docs/mapping.md",
            "URLs may be settings: order.");
        assertThat(foreign.out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(wrong.out()).doesNotContain("another shape", "URLs may be");
    }

    @Test
    void only_refused_events_are_shown_where_that_is_asked_for() throws Exception {
        CommandRun run = map(GOOD.replace("\n", "") + "\n" + BAD.replace("\n", ""), "--only-refused", "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out().lines()).singleElement().asString().contains("\"line 2\"", "\"refused\"");
    }

    @Test
    void events_that_are_not_shown_are_counted_all_the_same() throws Exception {
        CommandRun run = map(GOOD.replace("\n", "") + "\n" + BAD.replace("\n", ""), "--only-refused");

        assertThat(run.out()).contains("line 2, order m-2: is refused", "2 events: 1 becomes an order, 1 is refused")
            .doesNotContain("line 1");
    }

    @Test
    void a_structured_cloud_event_is_read_with_its_header() throws Exception {
        String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",\"data\":" + GOOD + "}";

        assertThat(map(event).code()).isEqualTo(1);
        assertThat(map(event, "--header", "content-type=application/cloudevents+json").code()).isZero();
    }

    @Test
    void other_rules_are_compared_member_by_member_and_the_exit_code_says_whether_anything_changes() throws Exception {
        Path other = Files.writeString(folder.resolve("next.properties"), "order.id-type=string\norder.currencies=CZK\n");
        String number = GOOD.replace("m-1", "17").replace("\n", "");
        String euro = GOOD.replace("CZK", "EUR").replace("\n", "");

        CommandRun changed = map(GOOD.replace("\n", "") + "\n" + number + "\n" + euro, "--diff", other.toString());
        CommandRun same = map(GOOD, "--diff", other.toString());

        assertThat(changed.code()).isEqualTo(1);
        assertThat(changed.out()).contains("line 2, order 17: changes").containsPattern("order_id +now +17\n")
            .containsPattern("then +\"17\"")
            .contains("line 3, order m-1: changes", "refused: currency", "3 events: 2 would change, 1 would not").doesNotContain("line 1");
        assertThat(same.code()).isZero();
    }

    @Test
    void text_in_an_order_cannot_steer_the_terminal() throws Exception {
        CommandRun run = map(GOOD.replace("Test Order", "\u202eTest\u009b Order"));

        assertThat(run.out()).doesNotContain("\u202e").doesNotContain("\u009b");
    }

    @Test
    void what_is_repaired_is_shown_beside_the_order() throws Exception {
        String event = GOOD.replace("\"cs_CZ\"", "\"cs\",\"state\":\"Stredocesky kraj\",\"birthday\":\"\"");

        CommandRun text = map(event);
        CommandRun json = map(event, "--json");

        assertThat(text.code()).isZero();
        assertThat(text.out()).containsPattern("customer.locale +a language without a country")
            .containsPattern("customer.state +cut from 16 to 6")
            .containsPattern("customer.birthday +left out").contains("1 event: 1 becomes an order, 1 repaired, 0 are refused");
        assertThat(new ObjectMapper().readTree(json.out()).path("repairs").toString()).contains(
            "{\"field\":\"customer.state\",\"repair\":\"cut\",\"what\":\"cut from 16 to 6 characters\"}");
    }

    @Test
    void what_a_mapping_makes_of_an_event_is_shown_before_the_order_and_what_it_skips_is_told() throws Exception {
        Path program = Files.writeString(folder.resolve("shop.jq"), "select(.currency == \"CZK\") | .var1 = .order_id");

        CommandRun text = map(GOOD.replace("\n", "") + "\n" + GOOD.replace("\n", "").replace("CZK", "EUR"), "--mapping",
            program.toString());
        CommandRun json = map(GOOD, "--mapping", program.toString(), "--json");

        assertThat(text.code()).isZero();
        assertThat(text.out()).contains("line 1, order m-1: the mapping makes this of it", "line 1, order m-1: becomes this order",
            "line 2: is skipped: the mapping says that it is not for TrustPay",
                "2 events: 1 becomes an order, 0 are refused, 1 is skipped");
        JsonNode line = new ObjectMapper().readTree(json.out());
        assertThat(line.at("/mapped/var1").asText()).isEqualTo("m-1");
        assertThat(line.at("/order/var1").asText()).isEqualTo("m-1");
    }

    @Test
    void a_member_that_a_mapping_misspells_is_told_as_not_sent_and_one_that_was_left_out_is_a_repair() throws Exception {
        Path program = Files.writeString(folder.resolve("shop.jq"),
            ".customer.firstname = \"Jana\" | .customer.birthday = \"?\" | .customer.phone = null | .vat = 21");

        CommandRun text = map(GOOD, "--mapping", program.toString());
        CommandRun json = map(GOOD, "--mapping", program.toString(), "--json");

        assertThat(text.code()).isZero();
        assertThat(text.out()).contains("NOT SENT").containsPattern("customer\\.firstname +no member of an order; is it misspelt\\?");
        assertThat(new ObjectMapper().readTree(json.out()).get("not_sent")).extracting(JsonNode::asText)
            .containsExactlyInAnyOrder("customer.firstname", "vat");
        assertThat(map(GOOD).out()).doesNotContain("NOT SENT");
    }

    @Test
    void an_event_of_another_shape_is_told_which_of_its_members_a_mapping_can_take() throws Exception {
        CommandRun run = map("{\"orderId\":\"1\",\"totalAmount\":\"10.00\",\"currency\":\"CZK\","
            + "\"customer\":{\"emailAddress\":\"a@b.example\"}}");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out().replaceAll("\\s+", " ")).contains("the event has orderId, which order.mapping can take: order_id: .orderId")
            .contains("amount: (.currency as $c | .totalAmount | minor_units($c))").contains("customer: {email: .customer.emailAddress}");
        assertThat(run.out().lines()).as("a hint is there to be copied").allMatch(line -> line.length() <= 80)
            .anyMatch(line -> line.contains(".totalAmount ")).anyMatch(line -> line.contains(".customer.emailAddress}"));
    }

    @Test
    void a_file_that_is_not_there_or_empty_is_told() throws Exception {
        assertThat(CommandRun.of("map", folder.resolve("nowhere").toString()).err()).contains("nowhere", "cannot be read");
        CommandRun empty = map(" \n");
        assertThat(empty.code()).isEqualTo(1);
        assertThat(empty.err()).contains("There is no event in");
    }

    @Test
    void options_that_contradict_each_other_are_wrong_usage() {
        assertThat(CommandRun.of("map", "--from-topic", "0").code()).isEqualTo(2);
        assertThat(CommandRun.of("map", "--from-topic", "5", "a.json").code()).isEqualTo(2);
    }

    private CommandRun map(String content, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("events.json"), content);
        Path config = Files.writeString(folder.resolve("application.properties"), "");
        String[] arguments = new String[options.length + 4];
        arguments[0] = "map";
        arguments[1] = file.toString();
        arguments[2] = "--config";
        arguments[3] = config.toString();
        System.arraycopy(options, 0, arguments, 4, options.length);
        return CommandRun.of(arguments);
    }
}
