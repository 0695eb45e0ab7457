package org.trustpaybridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void output_exit_code_environment_and_working_directory_are_the_child_s(@TempDir Path directory) throws Exception {
        Path log = directory.resolve("child.log");
        try (JavaProcess child = JavaProcess.ofMain(Child.class.getName(), List.of("exit"))
            .environment("WORD", "hello").directory(directory).logTo(log).start()) {

            int exitCode = child.awaitExit(PATIENCE);

            assertThat(exitCode).isEqualTo(3);
            assertThat(child.standardOutput()).containsExactly("word=hello", "directory=" + directory.toRealPath(), "ready on 4711");
            assertThat(child.standardError()).containsExactly("a complaint");
            assertThat(Files.readAllLines(log)).contains("word=hello", "a complaint");
        }
    }

    @Test
    void a_line_is_awaited_and_a_signal_ends_the_child() {
        try (JavaProcess child = JavaProcess.ofMain(Child.class.getName(), List.of("stay")).start()) {
            assertThat(child.awaitLine(Pattern.compile("ready on (\\d+)"), PATIENCE).group(1)).isEqualTo("4711");

            child.terminate();

            assertThat(child.awaitExit(PATIENCE)).isEqualTo(128 + 15);
        }
    }

    @Test
    void kill_leaves_no_time_for_goodbye() {
        try (JavaProcess child = JavaProcess.ofMain(Child.class.getName(), List.of("stay")).start()) {
            child.awaitLine(Pattern.compile("ready"), PATIENCE);

            child.kill();

            assertThat(child.awaitExit(PATIENCE)).isEqualTo(128 + 9);
        }
    }

    @Test
    void a_line_that_cannot_come_any_more_is_not_waited_for() {
        try (JavaProcess child = JavaProcess.ofMain(Child.class.getName(), List.of("exit")).start()) {

            assertThatThrownBy(() -> child.awaitLine("never"::equals, Duration.ofMinutes(10)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("exited with 3")
                .hasMessageContaining("a complaint");
        }
    }

    /** What the tests start. */
    public static final class Child {
        public static void main(String[] arguments) throws InterruptedException {
            System.out.println("word=" + System.getenv("WORD"));
            System.out.println("directory=" + Path.of("").toAbsolutePath());
            System.out.println("ready on 4711");
            System.err.println("a complaint");
            if (arguments[0].equals("exit")) {
                System.exit(3);
            }
            new CountDownLatch(1).await();
        }
    }
}
