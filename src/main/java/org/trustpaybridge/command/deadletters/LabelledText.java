package org.trustpaybridge.command.deadletters;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

import org.trustpaybridge.command.console.Table;
import org.trustpaybridge.deadletters.Printable;

/** Labels at the left, text beside them, wrapped at 80 columns. */
final class LabelledText {

    private static final int LABEL = 12;

    private final PrintWriter out;

    LabelledText(PrintWriter out) {
        this.out = out;
    }

    /** Prints text behind a label; with an empty label, below the text before. */
    void line(String label, String text) {
        String before = label;
        for (String part : wrapped(Printable.line(text), Table.WIDTH - LABEL)) {
            out.println((before + " ".repeat(LABEL - before.length()) + part).stripTrailing());
            before = "";
        }
    }

    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : rest.offsetByCodePoints(0, Math.min(width, rest.codePointCount(0, rest.length())));
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }
}
