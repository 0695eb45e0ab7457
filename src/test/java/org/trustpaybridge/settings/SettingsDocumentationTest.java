package org.trustpaybridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.trustpaybridge.testkit.GeneratedDocument;

/** The catalogue, the shipped file and the documentation say the same. {@code -Ddocs.update=true} writes the tables anew. */
class SettingsDocumentationTest {

    private static final Path SHIPPED = Path.of("config/application.properties");
    private static final Path REFERENCE = Path.of("docs/settings.md");
    private static final Pattern LINE = Pattern.compile("(?m)^#([a-z][a-z.-]+)=(.*)$");
    private static final Pattern TABLE = Pattern.compile("(?s)<!-- table ([a-z-]+) -->\\n.*?<!-- end -->");
    private static final String EXAMPLE_OF_TOKEN_FILE = "/run/secrets/management-token";
    /** What {@code api-key-file} would be; it has no default. */
    private static final String EXAMPLE_OF_KEY_FILE = "/run/secrets/multisafepay-api-key";

    @Test
    void the_shipped_file_lists_every_setting_with_its_default() throws IOException {
        // Given
        Map<String, String> catalogue = new LinkedHashMap<>();
        Stream.of(Setting.values()).forEach(setting -> catalogue.put(setting.key(), setting.defaultValue().orElse("")));
        catalogue.put(Setting.MULTISAFEPAY_API_KEY_FILE.key(), EXAMPLE_OF_KEY_FILE);
        catalogue.put(Setting.MANAGEMENT_TOKEN_FILE.key(), EXAMPLE_OF_TOKEN_FILE);

        // When
        Map<String, String> shipped = new LinkedHashMap<>();
        Matcher lines = LINE.matcher(Files.readString(SHIPPED));
        while (lines.find()) {
            if (!lines.group(1).startsWith("camel.")) {
                shipped.put(lines.group(1), lines.group(2));
            }
        }

        // Then
        assertThat(shipped).containsExactlyEntriesOf(catalogue);
    }

    @Test
    void the_shipped_file_sets_nothing() throws IOException {
        assertThat(Files.readAllLines(SHIPPED)).allMatch(line -> line.isBlank() || line.startsWith("#"));
    }

    @Test
    void the_reference_has_the_tables_of_the_catalogue() throws IOException {
        GeneratedDocument.assertUpToDate(REFERENCE, TABLE, table -> table(table.group(1)));
    }

    @Test
    void the_reference_has_a_table_for_every_section() throws IOException {
        // Given
        List<String> sections = Stream.of(Setting.values()).map(SettingsDocumentationTest::section).distinct().toList();

        // When
        List<String> tables = TABLE.matcher(Files.readString(REFERENCE)).results().map(table -> table.group(1)).toList();

        // Then
        assertThat(tables).containsExactlyElementsOf(sections);
    }

    private static String table(String section) {
        return Stream.of(Setting.values()).filter(setting -> section(setting).equals(section))
            .map(setting -> "| `" + setting.key() + "` | `"
            + setting.environmentVariable() + "` | " + setting.defaultValue().filter(text -> !text.isEmpty()).map(text -> "`" + text + "`")
                .orElse("none") + " | " + setting.meaning() + " | " + setting.limits() + " |\n")
            .collect(Collectors.joining("", "| Key | Environment variable | Default | What it does | Limits |\n|---|---|---|---|---|\n",
                ""));
    }

    private static String section(Setting setting) {
        return setting.key().substring(0, setting.key().indexOf('.'));
    }
}
