package org.trustpaybridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadLetteredRecordsTest {

    private static final Instant MADE = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant LATER = MADE.plusMillis(1);

    private final DeadLetteredRecords deadLettered = new DeadLetteredRecords();

    @Test
    void a_record_is_known_by_its_dead_letter() {
        deadLettered.add(record(3, 7, "key", "value"), LATER);

        assertThat(deadLettered.mayContain(3, 7)).isTrue();
        assertThat(deadLettered.contains(record(3, 7, "key", "value"), MADE)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", value = {
        "4, 7, key, value", "3, 6, key, value", "3, 8, key, value", "3, 7, kez, value", "3, 7, key, valuf", "3, 7, none, value",
        "3, 7, key, none", "3, 7, keyv, alue", "3, 7, '', keyvalue"})
    void another_place_or_other_bytes_are_another_record(int partition, long offset, String key, String value) {
        deadLettered.add(record(3, 7, "key", "value"), LATER);

        assertThat(deadLettered.contains(record(partition, offset, key, value), MADE)).isFalse();
    }

    @Test
    void no_value_is_not_an_empty_one() {
        deadLettered.add(record(0, 0, null, ""), LATER);

        assertThat(deadLettered.contains(record(0, 0, null, null), MADE)).isFalse();
        assertThat(deadLettered.contains(record(0, 0, "", ""), MADE)).isFalse();
        assertThat(deadLettered.contains(record(0, 0, null, ""), MADE)).isTrue();
    }

    @Test
    void a_dead_letter_older_than_the_record_is_of_another_one_in_a_topic_that_was_created_anew() {
        deadLettered.add(record(0, 0, "key", "value"), MADE.minusMillis(1));

        assertThat(deadLettered.contains(record(0, 0, "key", "value"), MADE)).isFalse();
    }

    @Test
    void of_two_dead_letters_of_a_place_the_newer_one_counts() {
        deadLettered.add(record(0, 0, "key", "value"), LATER);
        deadLettered.add(record(0, 0, "key", "value"), MADE.minusSeconds(60));

        assertThat(deadLettered.contains(record(0, 0, "key", "value"), MADE)).isTrue();
    }

    @Test
    void a_record_behind_all_that_are_known_costs_no_hash() {
        deadLettered.add(record(3, 7, "key", "value"), LATER);

        assertThat(deadLettered.mayContain(3, 8)).isFalse();
        assertThat(deadLettered.mayContain(4, 0)).isFalse();
    }

    @Test
    void the_newest_are_remembered_and_the_memory_is_bounded() {
        int many = 5 * DeadLetteredRecords.REMEMBERED;
        for (int offset = 0; offset < many; offset++) {
            deadLettered.add(record(0, offset, "key", "value"), LATER);
        }

        assertThat(deadLettered.size()).isBetween(DeadLetteredRecords.REMEMBERED, 2 * DeadLetteredRecords.REMEMBERED);
        assertThat(deadLettered.contains(record(0, many - DeadLetteredRecords.REMEMBERED, "key", "value"), MADE)).isTrue();
        assertThat(deadLettered.contains(record(0, 0, "key", "value"), MADE)).isFalse();
    }

    private static PlacedRecord record(int partition, long offset, String key, String value) {
        return new PlacedRecord(partition, offset, bytes(key), bytes(value));
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
