package org.trustpaybridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trustpaybridge.order.Money;

class LedgerSliceTest {

    private final LedgerSlice slice = new LedgerSlice();

    @ParameterizedTest
    @CsvSource({"1, 7, 2, 7", "7, 1, 7, 2", "0, 0, 0, 64", "0, 0, 1, 0"})
    void orders_are_one_only_if_both_halves_of_their_hashes_are(long high, long low, long otherHigh, long otherLow) {
        slice.put(new OrderHash(high, low), new Money(1, "CZK"));

        assertThat(slice.get(new OrderHash(otherHigh, otherLow))).isEmpty();
        slice.put(new OrderHash(otherHigh, otherLow), new Money(2, "EUR"));

        assertThat(slice.get(new OrderHash(high, low))).contains(new Money(1, "CZK"));
        assertThat(slice.get(new OrderHash(otherHigh, otherLow))).contains(new Money(2, "EUR"));
        assertThat(slice.size()).isEqualTo(2);
    }

    /** Around the first growth of the index, and around the end of the first block. */
    @ParameterizedTest
    @ValueSource(ints = {31, 32, 33, 1023, 1024, 1025})
    void an_order_that_comes_again_takes_no_room_and_its_newest_money_counts(int orders) {
        for (int i = 0; i < orders; i++) {
            slice.put(new OrderHash(i, -i), new Money(i + 1, "CZK"));
        }
        long bytes = slice.bytes();

        for (int i = 0; i < orders; i++) {
            slice.put(new OrderHash(i, -i), new Money(i + 2, "EUR"));
        }

        assertThat(slice.size()).isEqualTo(orders);
        assertThat(slice.bytes()).isLessThanOrEqualTo(2 * bytes);
        for (int i = 0; i < orders; i++) {
            assertThat(slice.get(new OrderHash(i, -i))).contains(new Money(i + 2, "EUR"));
        }
    }

    @Test
    void orders_that_all_begin_at_one_place_of_the_index_are_found() {
        for (int i = 0; i < 200; i++) {
            slice.put(new OrderHash(i, 1L << 40), new Money(i + 1, "CZK"));
        }

        for (int i = 0; i < 200; i++) {
            assertThat(slice.get(new OrderHash(i, 1L << 40))).contains(new Money(i + 1, "CZK"));
        }
        assertThat(slice.get(new OrderHash(200, 1L << 40))).isEmpty();
    }
}
