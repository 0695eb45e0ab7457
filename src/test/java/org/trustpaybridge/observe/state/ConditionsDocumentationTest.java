package org.trustpaybridge.observe.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.testkit.GeneratedDocument;

/** The documentation lists the conditions of the code. {@code -Ddocs.update=true} writes the table anew. */
class ConditionsDocumentationTest {

    private static final Path DOCUMENTATION = Path.of("docs/operate.md");
    private static final Pattern TABLE = Pattern.compile("(?s)<!-- table conditions -->\\n.*?<!-- end -->");

    @Test
    void the_documentation_has_the_table_of_the_conditions() throws IOException {
        GeneratedDocument.assertUpToDate(DOCUMENTATION, TABLE, any -> Stream.of(Condition.Name.values())
            .map(name -> "| `" + name + "` | " + name.effect() + " | " + name.meaning() + " |\n")
            .collect(Collectors.joining("", "| Condition | Effect | What it says |\n|---|---|---|\n", "")));
    }
}
