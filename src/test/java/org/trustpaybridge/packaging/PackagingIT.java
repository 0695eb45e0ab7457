package org.trustpaybridge.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trustpaybridge.testkit.BridgeProcess;

/** What the build put into {@code target}: the jar, its libraries, and nothing that belongs to the tests. */
class PackagingIT {
    private static final String SLF4J_PROVIDER = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";
    private static final String CAMEL_COMPONENTS = "META-INF/services/org/apache/camel/component.properties";

    private static Path jar;
    private static Path lib;

    @BeforeAll
    static void find() {
        jar = BridgeProcess.jar();
        lib = jar.resolveSibling("lib");
    }

    @Test
    void the_jar_names_its_main_class_and_version() throws IOException {
        Attributes manifest = manifest();

        assertThat(manifest.getValue(Attributes.Name.MAIN_CLASS)).isEqualTo("org.trustpaybridge.TrustPayBridge");
        assertThat(manifest.getValue(Attributes.Name.IMPLEMENTATION_TITLE)).isEqualTo("trustpay-bridge");
        assertThat(manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION)).isNotBlank();
    }

    @Test
    void lib_holds_exactly_what_the_class_path_of_the_jar_names() throws IOException {
        List<String> named = Arrays.stream(manifest().getValue(Attributes.Name.CLASS_PATH).split(" ")).toList();

        List<String> present = libraries().stream().map(each -> "lib/" + each.getFileName()).toList();

        assertThat(present).as("a stale jar goes away with ./mvnw clean").containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void nothing_that_only_the_tests_need_is_in_lib() throws IOException {
        List<String> names = libraries().stream().map(each -> each.getFileName().toString()).toList();

        assertThat(names).isNotEmpty().noneMatch(name -> name.matches(
            "(kafka_|kafka-server|kafka-metadata|kafka-raft|kafka-storage|kafka-group|scala|junit|jqwik|assertj|awaitility|archunit"
                + "|selenium|camel-test|camel-mock|camel-catalog|mockito|hamcrest).*"));
    }

    @Test
    void only_one_logging_provider_and_one_version_of_each_library_is_there() throws IOException {
        Map<String, List<Path>> byArtifact = new TreeMap<>();
        for (Path library : libraries()) {
            String artifact = library.getFileName().toString().replaceFirst("-\\d.*", "");
            byArtifact.computeIfAbsent(artifact, any -> new ArrayList<>()).add(library);
        }

        assertThat(byArtifact).allSatisfy((artifact, libraries) -> assertThat(libraries).as(artifact).hasSize(1));
        assertThat(librariesWith(SLF4J_PROVIDER)).singleElement().asString().contains("logback-classic");
    }

    @Test
    void service_files_lie_unmerged_in_their_own_jars() throws IOException {
        assertThat(names(jar)).noneMatch(name -> name.startsWith("META-INF/services/org/apache/camel/")
            || name.startsWith("org/apache/camel/"));
        assertThat(librariesWith("META-INF/services/org/apache/camel/component/kafka")).hasSize(1);
        assertThat(librariesWith("META-INF/services/org/apache/camel/component/http")).hasSize(1);
        assertThat(librariesWith(CAMEL_COMPONENTS)).as("a file that merging would leave only once").hasSizeGreaterThan(3);
    }

    @Test
    void routes_and_config_lie_beside_the_jar_as_in_the_sources() throws IOException {
        for (String folder : List.of("routes", "config")) {
            Path source = Path.of(folder);
            if (Files.isDirectory(source)) {
                assertThat(fileNames(jar.resolveSibling(folder))).as(folder).containsAll(fileNames(source));
            }
        }
    }

    private static Attributes manifest() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes();
        }
    }

    private static List<Path> libraries() throws IOException {
        try (Stream<Path> files = Files.list(lib)) {
            return files.sorted().toList();
        }
    }

    private static List<String> fileNames(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    private static List<Path> librariesWith(String entry) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path library : libraries()) {
            if (names(library).contains(entry)) {
                found.add(library);
            }
        }
        return found;
    }

    private static List<String> names(Path archive) throws IOException {
        try (JarFile file = new JarFile(archive.toFile())) {
            return file.stream().map(ZipEntry::getName).toList();
        }
    }
}
