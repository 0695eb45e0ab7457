package org.trustpaybridge.command.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/** A table must fit into 80 columns, lose no text, and show what others wrote as text. */
class TableTest {

    @Test
    void columns_are_as_wide_as_their_text_and_the_last_is_wrapped_at_80_columns() {
        Table table = new Table(Help.defaultColorScheme(Ansi.OFF), "CHECK", "RESULT", "DETAIL");
        String longText = "word ".repeat(40).strip();

        table.row("kafka", "ok", "one broker").row("topic order-created", "problem", longText);

        String[] lines = print(table).split("\n");
        assertThat(lines[0]).isEqualTo("CHECK                RESULT   DETAIL");
        assertThat(lines[1]).isEqualTo("kafka                ok       one broker");
        assertThat(lines).hasSizeGreaterThan(4).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(String.join(" ", lines).split("word", -1)).hasSize(41);
    }

    @Test
    void text_from_outside_is_neither_markup_nor_a_command_to_the_terminal() {
        Table table = new Table(Help.defaultColorScheme(Ansi.ON), "KEY", "TEXT");

        table.row("@|red key|@", "a\u001b[2Jb\u202ec\nd");

        assertThat(print(table)).contains("red key").contains("a?[2Jb?c?d").doesNotContain("\u001b[2J").doesNotContain("\u202e")
            .doesNotContain("\u001b[31m");
    }

    @Test
    void a_style_shows_where_there_are_colours_and_leaves_the_text_alone_where_there_are_none() {
        String colourful = print(new Table(Help.defaultColorScheme(Ansi.ON), "RESULT", "X").row(new Styled("red", "problem"), "x"));
        String plain = print(new Table(Help.defaultColorScheme(Ansi.OFF), "RESULT", "X").row(new Styled("red", "problem"), "x"));

        assertThat(colourful).contains("\u001b[31mproblem\u001b[39m");
        assertThat(plain).isEqualTo("RESULT   X\nproblem  x\n");
    }

    private static String print(Table table) {
        StringWriter text = new StringWriter();
        table.print(new PrintWriter(text));
        return text.toString().replace(System.lineSeparator(), "\n");
    }
}
