package org.trustpaybridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A document of which some parts are made from the code. */
public final class GeneratedDocument {

    private GeneratedDocument() {
    }

    /**
     * Holds a document to the code. {@code -Ddocs.update=true} writes its parts anew instead.
     *
     * @param document the file
     * @param part     finds the parts, with what marks their beginning and end; there must be one at least
     * @param text     what stands between the marks by the code; told which part is meant
     */
    public static void assertUpToDate(Path document, Pattern part, Function<MatchResult, String> text) throws IOException {
        String found = Files.readString(document);
        assertThat(found).as("%s has the part", document).containsPattern(part);
        String expected = part.matcher(found).replaceAll(each -> Matcher.quoteReplacement(
            each.group().substring(0, each.group().indexOf('\n') + 1) + text.apply(each) + "<!-- end -->"));
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(document, expected);
        }
        assertThat(Files.readString(document)).as("run this test with -Ddocs.update=true to write %s anew", document).isEqualTo(expected);
    }
}
