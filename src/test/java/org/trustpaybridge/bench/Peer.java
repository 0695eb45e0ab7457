package org.trustpaybridge.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.CommitMode;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.trustpaybridge.order.TrustPayOrder;

/**
 * The same job as a shop would write it with the best library there is for it, Confluent's parallel-consumer: it keeps the books, calls
 * with a thread each, and publishes what comes of it. No order among events is asked of it, which costs it least.
 */
final class Peer {
    private final OrderJob job;

    private Peer(OrderJob job) {
        this.job = job;
    }

    public static void main(String[] arguments) {
        Peer peer = new Peer(new OrderJob(System.getenv()));
        ParallelStreamProcessor<byte[], byte[]> processor = ParallelStreamProcessor.createEosStreamProcessor(
            ParallelConsumerOptions.<byte[], byte[]>builder()
                .consumer(peer.job.consumer(ConsumerConfig.DEFAULT_MAX_POLL_RECORDS)).producer(peer.job.producer())
                .ordering(ProcessingOrder.UNORDERED).maxConcurrency(peer.job.concurrency())
                .commitMode(CommitMode.PERIODIC_CONSUMER_ASYNCHRONOUS).build());
        processor.subscribe(List.of(peer.job.inbound()));
        OrderJob.untilStopped(processor::closeDrainFirst);
        processor.pollAndProduce(context -> peer.pay(context.getSingleConsumerRecord()));
    }

    /** Whoever throws here is called again. */
    private ProducerRecord<byte[], byte[]> pay(ConsumerRecord<byte[], byte[]> fetched) {
        TrustPayOrder order = job.order(fetched);
        try {
            HttpResponse<byte[]> answer = job.http().send(job.request(order), HttpResponse.BodyHandlers.ofByteArray());
            return job.event(fetched, order, answer).orElseThrow(() -> new IllegalStateException("no payment, HTTP "
                + answer.statusCode()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
