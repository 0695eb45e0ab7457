package org.trustpaybridge.kafka.screen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.DefaultRecordBatch;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.MemoryRecordsBuilder;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.ByteBufferOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trustpaybridge.delivery.Excerpt;
import org.trustpaybridge.delivery.Fingerprint;

class BatchLookTest {
    private static final int LIMIT = 100_000;
    private static final Header OWN = new RecordHeader("correlation-id", "c-1".getBytes(UTF_8));

    @ParameterizedTest
    @EnumSource
    void a_record_that_is_too_large_is_its_beginning_and_all_else_is_as_it_was(CompressionType codec) throws Exception {
        // Given
        byte[] huge = new byte[5_000_000];
        huge[0] = 'x';
        DefaultRecordBatch batch = batch(codec, List.of(small(1), huge, small(2), small(3)));

        // When
        Optional<MemoryRecords> looked = look(batch, LIMIT);

        // Then
        RecordBatch made = looked.orElseThrow().batches().iterator().next();
        assertThat(made.isValid()).isTrue();
        assertThat(made.sizeInBytes()).isLessThan(50_000);
        assertThat(List.of(made.baseOffset(), made.lastOffset(), made.producerId(), (long) made.producerEpoch(), (long) made.baseSequence(),
            (long) made.partitionLeaderEpoch())).isEqualTo(List.of(100L, 120L, 7L, 3L, 11L, 5L));
        assertThat(made.isTransactional()).isTrue();
        List<Record> records = list(made);
        assertThat(records).extracting(Record::offset).containsExactly(100L, 102L, 104L, 106L);
        assertThat(records).extracting(Record::timestamp).containsExactly(1000L, 1001L, 1002L, 1003L);
        assertThat(records).extracting(each -> text(each.key())).containsExactly("key-0", "key-1", "key-2", "key-3");
        assertThat(records).extracting(each -> each.headers()[0]).containsOnly(OWN);
        assertThat(records.get(2).value()).isEqualTo(ByteBuffer.wrap(small(2)));
        assertThat(records.get(1).value().remaining()).isEqualTo(16 << 10);
        assertThat(records.get(1).value().get(0)).isEqualTo((byte) 'x');
        assertThat(Marker.read(records.get(1).headers()[1])).isEqualTo(
            new Excerpt(Fingerprint.of("key-1".getBytes(UTF_8)), Fingerprint.of(huge), 0, 0, LIMIT));
        assertThat(records.get(0).headers()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void a_batch_of_many_records_is_left_as_it_is_however_large_it_unpacks(CompressionType codec) throws Exception {
        // Given
        DefaultRecordBatch batch = batch(codec, List.of(small(1), small(2), new byte[90_000], new byte[90_000]));

        // When
        Optional<MemoryRecords> looked = look(batch, LIMIT);

        // Then
        assertThat(looked).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_batch_that_was_damaged_is_left_to_the_client(CompressionType codec) {
        // Given
        ByteBuffer bytes = records(codec, List.of(new byte[500_000])).buffer();
        bytes.put(bytes.limit() - 30, (byte) (bytes.get(bytes.limit() - 30) + 1));
        DefaultRecordBatch batch = (DefaultRecordBatch) MemoryRecords.readableRecords(bytes).batches().iterator().next();

        // When, then
        assertThatThrownBy(() -> look(batch, LIMIT)).hasMessageContaining("corrupt");
    }

    @ParameterizedTest
    @EnumSource
    void how_large_a_batch_becomes_is_told_without_unpacking_it(CompressionType codec) {
        Random random = new Random(42);
        for (int size : new int[] {0, 1, 100, 10_000, 300_000, 3_000_000}) {
            for (int kind = 0; kind < 3; kind++) {
                // Given: zeros, noise, words
                byte[] value = new byte[size];
                for (int i = 0; kind > 0 && i < size; i++) {
                    value[i] = (byte) (kind == 1 ? random.nextInt() : 'a' + random.nextInt(4));
                }
                DefaultRecordBatch batch = batch(codec, List.of(value));
                ByteBuffer packed = ByteBuffer.allocate(batch.sizeInBytes());
                batch.writeTo(packed);
                packed.flip().position(DefaultRecordBatch.RECORD_BATCH_OVERHEAD);

                // When
                Unpacked unpacked = Unpacked.of(codec, packed);

                // Then
                assertThat(unpacked.bytes()).as("%s %s %s", codec, size, kind).isBetween((long) size, size + (256L << 10));
                assertThat(unpacked.piece()).isLessThanOrEqualTo(64 << 10);
            }
        }
    }

    private static Optional<MemoryRecords> look(DefaultRecordBatch batch, int limit) throws Exception {
        return new BatchLook(batch, limit, 0, () -> false).look();
    }

    private static DefaultRecordBatch batch(CompressionType codec, List<byte[]> values) {
        return (DefaultRecordBatch) records(codec, values).batches().iterator().next();
    }

    /** As compaction leaves them, with gaps, and a last offset that is gone. */
    private static MemoryRecords records(CompressionType codec, List<byte[]> values) {
        try (MemoryRecordsBuilder builder = new MemoryRecordsBuilder(new ByteBufferOutputStream(1024), RecordBatch.CURRENT_MAGIC_VALUE,
            Compression.of(codec).build(), TimestampType.CREATE_TIME, 100, RecordBatch.NO_TIMESTAMP, 7, (short) 3, 11, true, false, 5,
                1024)) {
            for (int i = 0; i < values.size(); i++) {
                builder.appendWithOffset(100 + 2L * i, 1000L + i, ("key-" + i).getBytes(UTF_8), values.get(i), new Header[] {OWN});
            }
            builder.overrideLastOffset(120);
            return builder.build();
        }
    }

    private static List<Record> list(RecordBatch batch) {
        List<Record> records = new ArrayList<>();
        batch.forEach(records::add);
        return records;
    }

    private static String text(ByteBuffer bytes) {
        return UTF_8.decode(bytes.duplicate()).toString();
    }

    private static byte[] small(int number) {
        return ("{\"order_id\":\"" + number + "\"}").getBytes(UTF_8);
    }
}
