package org.trustpaybridge.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution archive, unpacked in a place of its own. A {@code java} that only reports stands in for the real one. */
class DistributionIT {
    @TempDir
    private Path directory;
    private Path home;

    @BeforeEach
    void unpack() throws Exception {
        unpackInto("a place with blanks");
    }

    private void unpackInto(String name) throws Exception {
        Path place = Files.createDirectory(directory.resolve(name));
        Path archive = Path.of(System.getProperty("bridge.archive"));
        assertThat(run(place, List.of("tar", "-xzf", archive.toAbsolutePath().toString()), null)).isEmpty();
        try (Stream<Path> tops = Files.list(place)) {
            home = tops.toList().get(0);
        }
    }

    @Test
    void one_top_folder_holds_everything_that_is_needed() throws IOException {
        try (Stream<Path> tops = Files.list(home.getParent())) {
            assertThat(tops).hasSize(1);
        }
        assertThat(home.getFileName().toString()).startsWith("trustpay-bridge-");
        assertThat(home.resolve("trustpay-bridge.jar")).isRegularFile();
        assertThat(home.resolve("LICENSE")).isRegularFile();
        assertThat(home.resolve("lib")).isNotEmptyDirectory();
        assertThat(home.resolve("bin/trustpay-bridge")).isExecutable();
    }

    @Test
    void the_list_of_parts_names_every_library_with_its_version_and_licence_and_nothing_that_changes_from_build_to_build()
        throws IOException {
        // Given
        assumeFalse("offline=true".equals(System.getProperty("build.network")), "the plugin that writes the list works online only");

        // When
        JsonNode parts = new ObjectMapper().readTree(home.resolve("trustpay-bridge.cdx.json").toFile());

        // Then
        List<JsonNode> components = new ArrayList<>();
        parts.get("components").forEach(components::add);
        try (Stream<Path> libraries = Files.list(home.resolve("lib"))) {
            assertThat(components).extracting(part -> part.get("name").asText() + "-" + part.get("version").asText() + ".jar")
                .containsExactlyInAnyOrderElementsOf(libraries.map(library -> library.getFileName().toString())
                    .filter(name -> name.endsWith(".jar")).toList());
        }
        assertThat(components).allMatch(part -> part.path("licenses").size() > 0 && part.path("hashes").size() > 0);
        assertThat(parts.has("serialNumber")).isFalse();
        assertThat(parts.at("/metadata/component/name").asText()).isEqualTo("trustpay-bridge");
        assertThat(parts.at("/metadata/component/type").asText()).isEqualTo("application");
    }

    @Test
    void the_script_passes_options_and_arguments_to_the_java_of_java_home() throws Exception {
        Path java = reportingJava();

        List<String> said = run(directory, List.of(home.resolve("bin/trustpay-bridge").toString(), "map", "two words"), java);

        List<String> expected = new ArrayList<>(List.of("arenas 2", "-XX:+UseSerialGC", "-XX:SurvivorRatio=2", "-XX:TargetSurvivorRatio=90",
            "-XX:CICompilerCount=6", "-XX:FreqInlineSize=100", "-XX:InlineSmallCode=1000"));
        // Other machines take no less than Java's own choice.
        if (System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64")) {
            expected.add("-XX:StackShadowPages=10");
        }
        expected.addAll(List.of("-XX:MaxRAMPercentage=75", "-Xmx256m", "-Dx=y",
            "-jar", home.toRealPath().resolve("trustpay-bridge.jar").toString(), "map", "two words"));
        assertThat(said).isEqualTo(expected);
    }

    /** Not in a place with blanks: Java 17 writes an archive there and then passes over the bridge's own classes in it. */
    @Test
    void a_start_takes_its_classes_from_the_archive_that_was_made_for_it() throws Exception {
        unpackInto("plain");
        Path javaHome = Path.of(System.getProperty("java.home"));
        String archive = home.toRealPath().resolve("trustpay-bridge.jsa").toString();

        // When
        List<String> made = run(directory, Map.of("JAVA_HOME", javaHome.toString()), home.resolve("bin/make-startup-archive").toString());

        // Then
        assertThat(made).containsExactly(archive);
        List<String> said = run(directory, Map.of("JAVA_HOME", javaHome.toString(), "JAVA_OPTS", "-Xlog:class+load"),
            home.resolve("bin/trustpay-bridge").toString(), "--version");
        assertThat(said).anyMatch(line -> line.contains("org.trustpaybridge.command.CommandLines source: shared objects file"));
    }

    @Test
    void the_script_finds_the_jar_through_a_chain_of_links() throws Exception {
        Path java = reportingJava();
        Path first = Files.createSymbolicLink(directory.resolve("first"), home.resolve("bin/trustpay-bridge"));
        Path second = Files.createSymbolicLink(directory.resolve("second"), first.getFileName());

        List<String> said = run(directory, List.of(second.toString()), java);

        assertThat(said).contains(home.toRealPath().resolve("trustpay-bridge.jar").toString());
    }

    @Test
    void the_script_says_so_where_there_is_no_java() throws Exception {
        List<String> said = run(directory, List.of(home.resolve("bin/trustpay-bridge").toString()), directory.resolve("nowhere"));

        assertThat(said).singleElement().asString().contains("JAVA_HOME");
    }

    @Test
    void the_script_says_which_java_it_needs_where_there_is_an_old_one_only() throws Exception {
        Path java = reportingJava();
        Files.writeString(java.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.2\"\n");
        List<String> old = run(directory, List.of(home.resolve("bin/trustpay-bridge").toString()), java);
        Files.writeString(java.resolve("release"), "JAVA_VERSION=\"1.8.0_302\"\n");
        List<String> older = run(directory, List.of(home.resolve("bin/trustpay-bridge").toString()), java);
        Files.writeString(java.resolve("release"), "JAVA_VERSION=\"25\"\n");
        List<String> newer = run(directory, List.of(home.resolve("bin/trustpay-bridge").toString()), java);

        assertThat(old).singleElement().asString().contains("is Java 11.", "Java 17 or newer");
        assertThat(older).singleElement().asString().contains("is Java 8.", "Java 17 or newer");
        assertThat(newer).contains("-jar");
    }

    @Test
    void the_jar_without_its_libraries_or_without_one_of_them_says_so() throws Exception {
        // Given
        Path alone = Files.createDirectories(directory.resolve("alone")).resolve("trustpay-bridge.jar");
        Files.copy(home.resolve("trustpay-bridge.jar"), alone);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

        // When
        List<String> nothing = run(directory, Map.of(), java, "-jar", alone.toString(), "--version");
        try (Stream<Path> libraries = Files.list(home.resolve("lib"))) {
            Files.delete(libraries.filter(library -> library.toString().endsWith(".jar")).findFirst().orElseThrow());
        }
        List<String> almost = run(directory, Map.of(), java, "-jar", home.resolve("trustpay-bridge.jar").toString(), "--version");

        // Then
        assertThat(nothing).singleElement().asString().contains("unpack the whole archive");
        assertThat(almost).singleElement().asString().startsWith("trustpay-bridge: 1 of the libraries");
    }

    @Test
    void documents_and_the_script_for_windows_are_there() {
        assertThat(home.resolve("docs/settings.md")).isRegularFile();
        assertThat(home.resolve("docs/runbook.md")).isRegularFile();
        assertThat(home.resolve("bin/trustpay-bridge.bat")).content().contains("trustpay-bridge.jar", "Java 17 or newer");
    }

    private Path reportingJava() throws IOException {
        Path java = Files.createDirectories(directory.resolve("java home/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"arenas $MALLOC_ARENA_MAX\" \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return java.getParent().getParent();
    }

    private static List<String> run(Path directory, List<String> command, Path javaHome) throws Exception {
        return run(directory, javaHome == null ? Map.of()
            : Map.of("JAVA_HOME", javaHome.toString(), "JAVA_DEFAULT_OPTS", "-XX:MaxRAMPercentage=75", "JAVA_OPTS", "-Xmx256m -Dx=y"),
            command.toArray(String[]::new));
    }

    private static List<String> run(Path directory, Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return lines;
    }
}
