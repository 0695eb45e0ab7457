package org.trustpaybridge.kafka.screen;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.DefaultRecordBatch;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.MutableRecordBatch;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.log.LogEvent;

/**
 * Decides of each fetched batch whether the consumer gets it. One that is looked into ends what the consumer gets of its partition: it
 * comes first with the next fetch, and by then is known. Only threads of one consumer come here, one at a time.
 */
final class Batches {

    private static final Logger LOG = LoggerFactory.getLogger(Batches.class);
    /** What takes longer is asked for again. Other partitions, and the consumer's heartbeats, wait that long at most. */
    private static final Duration LOOK = Duration.ofMillis(100);
    /** The same of what lies in a file: to fetch that again costs more, and members of a group may be silent for longer than that. */
    private static final Duration LOOK_IN_FILE = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(10);
    /** A consumer that has not asked for that long does not wait for it: it is full, or has lost the partition. */
    private static final Duration ASKED = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final int THREADS = 4;
    private static final Optional<MemoryRecords> AS_IT_IS = Optional.empty();

    private final int limit;
    private final boolean suspicious;
    private final Map<Uuid, String> names = new HashMap<>();
    private final Map<Place, Look> looks = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor looker;
    private final Screens screens;
    private volatile boolean closed;

    /**
     * @param limit      bytes of the largest record that may be held
     * @param suspicious whether nothing is believed that a batch says of its own length
     * @param screens    tells others of what is looked into
     */
    Batches(int limit, boolean suspicious, Screens screens) {
        this.limit = limit;
        this.suspicious = suspicious;
        this.screens = screens;
        int threads = Math.min(THREADS, Runtime.getRuntime().availableProcessors());
        this.looker = new ThreadPoolExecutor(threads, threads, IDLE.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), run -> {
            Thread thread = new Thread(run, "huge-records");
            thread.setDaemon(true);
            return thread;
        });
        looker.allowCoreThreadTimeOut(true);
        screens.opened(this);
    }

    /** What is looked into now while somebody waits for it. For any thread. */
    List<LookUnderWay> underWay() {
        List<LookUnderWay> now = new ArrayList<>();
        looks.forEach((place, look) -> {
            if (look.awaited()) {
                now.add(new LookUnderWay(place.topic, place.partition, look.first,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - look.began)));
            }
        });
        return now;
    }

    /** @param wanted what is asked for: brokers answer with the ids of topics only */
    void asked(Map<TopicPartition, FetchRequest.PartitionData> wanted) {
        wanted.forEach((partition, data) -> names.put(data.topicId, partition.topic()));
    }

    /** @param fetched what came; changed to what the consumer is to get */
    void screen(FetchResponse fetched) {
        for (FetchResponseData.FetchableTopicResponse topic : fetched.data().responses()) {
            for (FetchResponseData.PartitionData partition : topic.partitions()) {
                if (partition.records() instanceof MemoryRecords records && records.sizeInBytes() > 0) {
                    try {
                        String name = topic.topic().isEmpty() ? names.getOrDefault(topic.topicId(), "") : topic.topic();
                        screen(new Place(name, topic.topicId(), partition.partitionIndex()), partition, records);
                    } catch (RuntimeException | OutOfMemoryError e) {
                        // The consumer meets the same, and there it is judged.
                        LOG.debug("Batches of partition {} cannot be looked at", partition.partitionIndex(), e);
                    }
                }
            }
        }
    }

    void close() {
        closed = true;
        screens.closed(this);
        looker.shutdownNow();
        looks.clear();
    }

    private void screen(Place place, FetchResponseData.PartitionData partition, MemoryRecords records) {
        int position = 0;
        for (MutableRecordBatch each : records.batches()) {
            if (each instanceof DefaultRecordBatch batch && !batch.isControlBatch()) {
                Unpacked unpacked = unpacked(records, position, batch);
                if (unpacked.bytes() > limit) {
                    Optional<MemoryRecords> known = look(place, batch, records.buffer().isDirect(), unpacked, patience(position, records));
                    if (known == null || known.isPresent()) {
                        partition.setRecords(position > 0 ? until(records, position) : known == null ? MemoryRecords.EMPTY : known.get());
                        return;
                    }
                }
            }
            position += each.sizeInBytes();
        }
    }

    private static Duration patience(int position, MemoryRecords records) {
        return position > 0 ? Duration.ZERO : records.buffer().isDirect() ? LOOK_IN_FILE : LOOK;
    }

    private Unpacked unpacked(MemoryRecords records, int position, DefaultRecordBatch batch) {
        CompressionType codec = batch.compressionType();
        if (codec == CompressionType.NONE) {
            return new Unpacked(batch.sizeInBytes(), 0);
        }
        ByteBuffer packed = records.buffer();
        int from = packed.position() + position;
        packed.limit(from + batch.sizeInBytes()).position(from + DefaultRecordBatch.RECORD_BATCH_OVERHEAD);
        Unpacked unpacked = Unpacked.of(codec, packed);
        return suspicious && codec == CompressionType.GZIP ? new Unpacked(Long.MAX_VALUE, unpacked.piece()) : unpacked;
    }

    /** Null: it is not known yet. Empty: the batch has nothing that is too large. Else what the consumer gets instead. */
    private Optional<MemoryRecords> look(Place place, DefaultRecordBatch batch, boolean inFile, Unpacked unpacked, Duration patience) {
        Look look = looks.get(place);
        if (look == null || !look.isOf(batch)) {
            if (look != null) {
                look.abandoned = true;
            }
            // What is not packed is looked at where it is: it would be in memory twice.
            boolean packed = batch.compressionType() != CompressionType.NONE;
            look = new Look(batch);
            look.begin(packed && !inFile ? copy(batch) : batch, unpacked, packed || inFile ? looker : Runnable::run);
            looks.put(place, look);
        }
        look.asked = System.nanoTime();
        try {
            return look.result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            look.sayIfLong(place);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException e) {
            LOG.debug("The batch from offset {} on cannot be looked into", batch.baseOffset(), e.getCause());
            return AS_IT_IS;
        }
    }

    /** The response that it came with is not to be held meanwhile. */
    private static DefaultRecordBatch copy(DefaultRecordBatch batch) {
        ByteBuffer bytes = ByteBuffer.allocate(batch.sizeInBytes());
        batch.writeTo(bytes);
        bytes.flip();
        return (DefaultRecordBatch) MemoryRecords.readableRecords(bytes).batches().iterator().next();
    }

    private static MemoryRecords until(MemoryRecords records, int position) {
        ByteBuffer beginning = records.buffer();
        beginning.limit(beginning.position() + position);
        return MemoryRecords.readableRecords(beginning.slice());
    }

    private record Place(String topic, Uuid topicId, int partition) {
    }

    /** One look into one batch. */
    private final class Look {

        private final long first;
        private final long last;
        private final long checksum;
        private final CompletableFuture<Optional<MemoryRecords>> result = new CompletableFuture<>();
        private final long began = System.nanoTime();
        private volatile long asked = began;
        private boolean said;
        private volatile boolean abandoned;

        Look(RecordBatch batch) {
            first = batch.baseOffset();
            last = batch.lastOffset();
            checksum = batch.checksum();
        }

        boolean isOf(RecordBatch batch) {
            return first == batch.baseOffset() && last == batch.lastOffset() && checksum == batch.checksum();
        }

        boolean awaited() {
            return !result.isDone() && System.nanoTime() - asked < ASKED.toNanos();
        }

        void sayIfLong(Place place) {
            if (!said && System.nanoTime() - began > LONG.toNanos()) {
                said = true;
                LogEvent.LONG_LOOK.on(LOG).addKeyValue("topic", place.topic).addKeyValue("partition", place.partition)
                    .addKeyValue("offset", first).log();
            }
        }

        void begin(DefaultRecordBatch batch, Unpacked unpacked, Executor where) {
            where.execute(() -> {
                try {
                    result.complete(new BatchLook(batch, limit, unpacked.piece(), () -> abandoned || closed).look());
                } catch (Throwable e) {
                    // Whatever it is, the consumer meets it as well, and there it is judged.
                    result.completeExceptionally(e);
                }
            });
        }
    }
}
