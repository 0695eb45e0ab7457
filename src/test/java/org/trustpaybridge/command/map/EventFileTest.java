package org.trustpaybridge.command.map;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

/** A file is taken apart as its writer meant it, and no byte of an event is changed. */
class EventFileTest {

    @Test
    void an_object_over_several_lines_is_one_event() {
        assertThat(values("\n{\"a\":1,\n \"b\":{\"c\":2}}\n\n")).containsExactly("{\"a\":1,\n \"b\":{\"c\":2}}");
    }

    @Test
    void objects_one_a_line_are_one_event_each_and_named_by_their_line() {
        List<FoundEvent> events = events("{\"a\":1}\r\n\n  {\"a\": 2} \n{\"a\":3}");

        assertThat(events).extracting(FoundEvent::place).containsExactly("line 1", "line 3", "line 4");
        assertThat(values("{\"a\":1}\r\n\n  {\"a\": 2} \n{\"a\":3}")).containsExactly("{\"a\":1}", "{\"a\": 2}", "{\"a\":3}");
    }

    @Test
    void objects_over_several_lines_one_after_the_other_are_one_event_each() {
        assertThat(values("{\n \"a\":1\n}\n{\n \"a\":2\n}\n")).containsExactly("{\n \"a\":1\n}", "{\n \"a\":2\n}");
    }

    @Test
    void a_broken_line_among_whole_ones_is_an_event_of_its_own() {
        assertThat(values("{\"a\":1}\n{\"a\": \nnonsense\n{\"a\":3}\n")).containsExactly("{\"a\":1}", "{\"a\": ", "nonsense", "{\"a\":3}");
    }

    @Test
    void broken_text_without_a_whole_line_is_one_event_as_it_stands() {
        assertThat(values("{\n \"a\": 1,\n \"b\"\n}")).containsExactly("{\n \"a\": 1,\n \"b\"\n}");
        assertThat(values("{\"a\":1} trailing")).containsExactly("{\"a\":1} trailing");
        assertThat(values("{\"a\":1}{\"a\":2}")).containsExactly("{\"a\":1}{\"a\":2}");
    }

    @Test
    void bytes_that_are_not_utf_8_stay_as_they_are() {
        byte[] latin = "{\"a\":\"é\"}".getBytes(ISO_8859_1);

        List<FoundEvent> events = new EventFile(latin, Map.of()).events();

        assertThat(events).hasSize(1);
        assertThat(events.get(0).event().value()).isEqualTo(latin);
    }

    @Test
    void white_space_alone_is_no_event() {
        assertThat(values(" \n\t\r\n")).isEmpty();
    }

    private static List<FoundEvent> events(String text) {
        return new EventFile(text.getBytes(UTF_8), Map.of()).events();
    }

    private static List<String> values(String text) {
        return events(text).stream().map(event -> new String(event.event().value(), UTF_8)).toList();
    }
}
