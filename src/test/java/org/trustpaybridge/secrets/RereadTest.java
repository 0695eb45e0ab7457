package org.trustpaybridge.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RereadTest {

    @TempDir
    private Path folder;
    private Path file;
    private final List<String> told = new ArrayList<>();
    private Reread<String> reread;

    @BeforeEach
    void first() throws Exception {
        file = Files.writeString(folder.resolve("key"), "old");
        reread = of(file);
    }

    @Test
    void a_file_that_stays_as_it_is_says_nothing() {
        reread.look();

        assertThat(reread.get()).isEqualTo("old");
        assertThat(told).isEmpty();
    }

    /** Whoever copies a file with its times, or within one tick of the clock, has changed it all the same. */
    @Test
    void bytes_that_change_are_seen_though_length_and_time_do_not() throws Exception {
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, "new");
        Files.setLastModifiedTime(file, time);

        reread.look();

        assertThat(reread.get()).isEqualTo("new");
        assertThat(told).containsExactly("changed");
    }

    @Test
    void a_folder_that_kubernetes_swaps_is_followed() throws Exception {
        Path first = Files.createDirectory(folder.resolve("..1"));
        Path second = Files.createDirectory(folder.resolve("..2"));
        Files.writeString(first.resolve("secret"), "of the first");
        Files.writeString(second.resolve("secret"), "of the second");
        Path data = Files.createSymbolicLink(folder.resolve("..data"), first.getFileName());
        Path secret = Files.createSymbolicLink(folder.resolve("secret"), Path.of("..data", "secret"));
        Reread<String> mounted = of(secret);
        Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), second.getFileName());
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        mounted.look();

        assertThat(mounted.get()).isEqualTo("of the second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "empty", "refused", "folder", "broken"})
    void what_cannot_be_used_leaves_the_last_good_value_and_is_told_once_until_it_is_over(String how) throws Exception {
        spoil(how);
        reread.look();
        reread.look();
        assertThat(reread.get()).isEqualTo("old");
        assertThat(told).hasSize(1).allMatch(line -> line.startsWith("unusable"));
        assertThat(reread.trouble()).isPresent().get().asString().doesNotContain("hidden");
        Files.deleteIfExists(file);
        Files.writeString(file, "old");

        reread.look();

        assertThat(told).hasSize(2).endsWith("usable again");
        assertThat(reread.trouble()).isEmpty();
    }

    @Test
    void a_good_value_after_a_bad_one_is_a_change() throws Exception {
        spoil("refused");
        reread.look();
        Files.writeString(file, "new");

        reread.look();

        assertThat(reread.get()).isEqualTo("new");
        assertThat(told).containsExactly("unusable holds nonsense", "changed");
    }

    /** Read by somebody else a moment ago: it may have changed since. */
    @Test
    void the_first_look_finds_what_changed_before_it() throws Exception {
        Reread<String> given = new Reread<>("key", List.of(SecretSource.file(file)), RereadTest::parse, "given before");

        given.look();

        assertThat(given.get()).isEqualTo("old");
    }

    @Test
    void one_of_two_files_is_enough_for_a_change() throws Exception {
        Path other = Files.writeString(folder.resolve("other"), "1");
        Reread<String> both = Reread.made("both", List.of(SecretSource.file(file), SecretSource.file(other)), RereadTest::parse);
        Files.writeString(other, "2");

        both.look();

        assertThat(both.get()).isEqualTo("old2");
    }

    @Test
    void whoever_is_refused_all_the_time_has_the_file_read_now_and_then_only() throws Exception {
        Files.writeString(file, "new");

        reread.lookIfNotWithin(Duration.ofMinutes(1));
        assertThat(reread.get()).isEqualTo("old");
        reread.lookIfNotWithin(Duration.ZERO);

        assertThat(reread.get()).isEqualTo("new");
    }

    private void spoil(String how) throws IOException {
        Files.delete(file);
        switch (how) {
            case "empty" -> Files.createFile(file);
            case "refused" -> Files.writeString(file, "nonsense");
            case "broken" -> Files.writeString(file, "broken");
            case "folder" -> Files.createDirectory(file);
            default -> { }
        }
    }

    private Reread<String> of(Path path) throws Exception {
        Reread<String> made = Reread.made("key", List.of(SecretSource.file(path)), RereadTest::parse);
        made.tell(new Reread.Listener() {
            @Override
            public void changed() {
                told.add("changed");
            }

            @Override
            public void unusable(String why) {
                told.add("unusable " + why);
            }

            @Override
            public void usableAgain() {
                told.add("usable again");
            }
        });
        return made;
    }

    private static String parse(byte[] content) throws RefusedSecretException {
        String text = new String(content, StandardCharsets.UTF_8);
        if (text.equals("nonsense")) {
            throw new RefusedSecretException("holds nonsense");
        }
        if (text.equals("broken")) {
            throw new IllegalStateException("hidden");
        }
        return text;
    }
}
