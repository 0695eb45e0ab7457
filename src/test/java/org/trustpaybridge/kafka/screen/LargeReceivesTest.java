package org.trustpaybridge.kafka.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.DefaultRecordBatch;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.SimpleRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trustpaybridge.delivery.Fingerprint;

class LargeReceivesTest {
    private static final int ON_HEAP = 10_000;

    private final LargeReceives receives = new LargeReceives(ON_HEAP);

    @Test
    void what_is_too_large_for_the_heap_goes_into_a_file_without_a_name() throws IOException {
        // When
        ByteBuffer small = receives.tryAllocate(ON_HEAP);
        ByteBuffer large = receives.tryAllocate(5_000_001);

        // Then
        assertThat(small.isDirect()).isFalse();
        assertThat(small.capacity()).isEqualTo(ON_HEAP);
        assertThat(large.isDirect()).isTrue();
        assertThat(large.capacity()).isEqualTo(5_000_001);
        assertThat(large.put(5_000_000, (byte) 7).get(5_000_000)).isEqualTo((byte) 7);
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("trustpay-bridge-fetch-") && file.toFile()
                .length() == 5_000_001);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_batch_that_lies_in_a_file_is_looked_into_as_any_other(CompressionType codec) throws IOException {
        // Given
        byte[] value = new byte[1_000_000];
        new Random(1).nextBytes(value);
        ByteBuffer sent = MemoryRecords.withRecords(Compression.of(codec).build(), new SimpleRecord("a".getBytes()),
            new SimpleRecord(value)).buffer();
        ByteBuffer inFile = receives.tryAllocate(sent.remaining());
        inFile.put(sent).flip();
        DefaultRecordBatch batch = (DefaultRecordBatch) MemoryRecords.readableRecords(inFile).batches().iterator().next();

        // When
        Optional<MemoryRecords> looked = new BatchLook(batch, 100_000, 0, () -> false).look();

        // Then
        assertThat(inFile.isDirect()).isTrue();
        Record last = null;
        for (Record each : looked.orElseThrow().records()) {
            last = each;
        }
        assertThat(Marker.read(last.headers()[0]).value()).isEqualTo(Fingerprint.of(value));
    }
}
