package org.trustpaybridge.kafka.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class PollBudgetTest {
    private final PollBudget<byte[]> budget = new PollBudget<>();

    @Test
    void the_first_value_of_a_poll_is_taken_however_large_and_the_next_one_waits_for_the_next_poll() {
        // Given
        budget.renew();

        // When
        byte[] first = take(HeapShare.poll() + 1);

        // Then
        assertThat(first).hasSize(HeapShare.poll() + 1);
        assertThatThrownBy(() -> take(1)).isInstanceOf(SerializationException.class);
        budget.renew();
        assertThat(take(1)).hasSize(1);
        assertThat(budget.deserialize("topic", new RecordHeaders(), (ByteBuffer) null)).isNull();
    }

    private byte[] take(int size) {
        return budget.deserialize("topic", new RecordHeaders(), ByteBuffer.allocate(size));
    }
}
