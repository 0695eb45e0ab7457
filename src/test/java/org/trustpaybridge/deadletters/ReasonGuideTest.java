package org.trustpaybridge.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.trustpaybridge.delivery.DeadLetterReason.Code;
import org.trustpaybridge.testkit.GeneratedDocument;

/** {@code -Ddocs.update=true} writes the table anew. */
class ReasonGuideTest {

    private static final Path REFERENCE = Path.of("docs/dead-letters.md");
    private static final Pattern TABLE = Pattern.compile("(?s)<!-- table reasons -->\\n.*?<!-- end -->");

    @Test
    void every_code_has_a_guide() {
        assertThat(Stream.of(Code.values()).map(ReasonGuide::of).map(ReasonGuide::code)).containsExactly(Code.values());
    }

    @Test
    void the_documentation_has_the_same_words() throws IOException {
        GeneratedDocument.assertUpToDate(REFERENCE, TABLE, any -> table());
    }

    private static String table() {
        return Stream.of(ReasonGuide.values())
            .map(guide -> "| `" + guide.code() + "` | " + guide.happened() + " | " + guide.toDo() + " |\n")
            .collect(Collectors.joining("", "| Code | What happened | What to do |\n|---|---|---|\n", ""));
    }
}
