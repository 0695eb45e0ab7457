package org.trustpaybridge.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class SecurityDocumentationTest {

    private static final Path PAGE = Path.of("docs/security.md");

    @Test
    void each_test_that_the_page_names_is_there() throws IOException {
        List<String> named = Pattern.compile("`(\\w+(?:Test|IT))`").matcher(Files.readString(PAGE)).results()
            .map(found -> found.group(1) + ".java").distinct().toList();

        assertThat(named).hasSizeGreaterThan(10);
        assertThat(tests()).containsAll(named);
    }

    @Test
    void each_advisory_has_an_answer_and_a_test() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream().filter(line -> line.matches("\\| (CVE|GHSA|CAMEL)-.*")).toList();

        assertThat(rows).hasSizeGreaterThan(10).allSatisfy(row -> assertThat(row.split(" \\| ")).hasSize(4)
            .allSatisfy(cell -> assertThat(cell).isNotBlank()));
    }

    /** Where the page names the version that is taken, it is that of the pom. */
    @Test
    void versions_on_the_page_are_those_of_the_build() throws IOException {
        String page = Files.readString(PAGE);
        String pom = Files.readString(Path.of("pom.xml"));

        for (String property : List.of("camel", "httpcore5", "kafka", "lz4", "netty", "vertx", "jackson")) {
            Matcher version = Pattern.compile("<" + property + "\\.version>([^<]+)<").matcher(pom);
            assertThat(version.find()).as(property).isTrue();
            assertThat(page).as(property).contains(version.group(1).replace(".Final", ""));
        }
    }

    private static Set<String> tests() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
