package org.trustpaybridge.command.console;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

/**
 * Text in a colour. The colour says nothing that the text does not say: it is gone where output is no terminal, or {@code NO_COLOR} is set.
 *
 * @param style a style of picocli, such as {@code red} or {@code bold}
 * @param text  any text
 */
public record Styled(String style, String text) {

    /** @return the text as picocli prints it */
    public Ansi.Text in(ColorScheme colors) {
        return colors.ansi().new Text("@|" + style + " " + Shown.plain(text) + "|@", colors);
    }

    @Override
    public String toString() {
        return text;
    }
}
