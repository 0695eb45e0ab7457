package org.trustpaybridge.command.console;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/**
 * A table of text in 80 columns. Every column is as wide as its widest cell, but for the last, which takes what is left and is wrapped.
 * What stands in a cell is shown as it is, without control characters; only a {@link Styled} one has a colour, where there are colours.
 */
public final class Table {

    /** Columns of a terminal that nobody has enlarged. */
    public static final int WIDTH = 80;
    private static final int GAP = 2;
    private static final int NARROWEST_LAST = 20;
    /** Of the lines behind the first one of a cell. */
    private static final int INDENT = 2;

    private final ColorScheme colors;
    private final List<Object[]> rows = new ArrayList<>();

    /**
     * @param colors  of the command line that prints it
     * @param headers one for each column
     */
    public Table(ColorScheme colors, String... headers) {
        this.colors = colors;
        rows.add(headers.clone());
    }

    /**
     * @param cells one for each column, {@link Styled} or anything with a text; null is shown as nothing
     * @return this
     */
    public Table row(Object... cells) {
        if (cells.length != rows.get(0).length) {
            throw new IllegalArgumentException(cells.length + " cells for " + rows.get(0).length + " columns");
        }
        rows.add(cells.clone());
        return this;
    }

    /** @return rows without the header */
    public int size() {
        return rows.size() - 1;
    }

    /** Prints the header and the rows. */
    public void print(PrintWriter out) {
        Column[] columns = columns();
        TextTable table = TextTable.forColumns(colors, columns);
        int last = columns.length - 1;
        rows.forEach(row -> {
            Ansi.Text[] cells = Arrays.stream(row).map(this::text).toArray(Ansi.Text[]::new);
            for (Ansi.Text line : lines(row[last], columns[last].width - columns[last].indent)) {
                cells[last] = line;
                table.addRowValues(cells);
                Arrays.fill(cells, Ansi.OFF.text(""));
            }
        });
        table.toString().lines().forEach(line -> out.println(line.stripTrailing()));
        out.flush();
    }

    private Column[] columns() {
        int count = rows.get(0).length;
        Column[] columns = new Column[count];
        int left = WIDTH;
        for (int i = 0; i < count; i++) {
            int index = i;
            int natural = rows.stream().mapToInt(row -> text(row[index]).getCJKAdjustedLength()).max().orElse(0) + (i == 0 ? 0 : GAP);
            boolean last = i == count - 1;
            int width = last ? Math.max(left, NARROWEST_LAST) : natural;
            columns[i] = new Column(width, i == 0 ? 0 : GAP, last ? Overflow.WRAP : Overflow.TRUNCATE);
            left -= width;
        }
        return columns;
    }

    private Ansi.Text text(Object cell) {
        if (cell instanceof Styled styled) {
            return styled.in(colors);
        }
        return colors.ansi().new Text(Shown.plain(cell == null ? "" : cell.toString()), colors);
    }

    /** Broken between words: the table itself would break a path such as {@code .customer.email} at its points. */
    private List<Ansi.Text> lines(Object cell, int width) {
        if (cell == null || cell instanceof Styled) {
            return List.of(text(cell));
        }
        List<Ansi.Text> lines = new ArrayList<>();
        Shown.wrapped(cell.toString(), "", width - INDENT).lines()
            .forEach(line -> lines.add(text((lines.isEmpty() ? "" : " ".repeat(INDENT)) + line)));
        return lines.isEmpty() ? List.of(text("")) : lines;
    }
}
