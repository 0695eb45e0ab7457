package org.trustpaybridge.command.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;

import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private final StringWriter text = new StringWriter();
    private long now;

    @Test
    void where_a_person_watches_a_bar_is_drawn_over_itself_and_taken_away() {
        // Given
        ProgressLine line = new ProgressLine(new PrintWriter(text), true, () -> now);

        // When
        after(Duration.ofMillis(200));
        line.progress("Reading in", 50, 100);
        after(Duration.ofMillis(10));
        line.progress("Reading in", 51, 100);
        line.clear();

        // Then
        String bar = "[##########..........] Reading in 50 of 100";
        assertThat(text).hasToString("\r" + bar + "\r" + " ".repeat(bar.length()) + "\r");
    }

    @Test
    void elsewhere_a_line_appears_now_and_then() {
        // Given
        ProgressLine line = new ProgressLine(new PrintWriter(text), false, () -> now);

        // When
        for (int i = 0; i < 25; i++) {
            after(Duration.ofSeconds(1));
            line.progress("Replaying", i, 25);
        }
        line.clear();

        // Then
        assertThat(text).hasToString("Replaying 9 of 25" + System.lineSeparator() + "Replaying 19 of 25" + System.lineSeparator());
    }

    private void after(Duration time) {
        now += time.toNanos();
    }
}
