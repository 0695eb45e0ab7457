package org.trustpaybridge.danger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.trustpaybridge.testkit.BridgeProcess;
import org.trustpaybridge.testkit.JavaProcess;
import org.trustpaybridge.testkit.OrderEvents;
import org.trustpaybridge.testkit.ProcessRig;

/** Producers compress as they like; the bridge reads it, however its folder for temporary files is locked up. */
@ExtendWith(SharedRig.class)
class CodecsIT {
    private static ProcessRig rig;

    @BeforeAll
    static void start(ProcessRig shared) {
        rig = shared;
    }

    @AfterAll
    static void heal() {
        rig.closeBridges();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void every_codec_is_read_where_there_is_no_folder_for_temporary_files() throws Exception {
        everyCodecIsRead("no-tmp", "/proc/nowhere");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void every_codec_is_read_where_nothing_in_the_folder_for_temporary_files_may_be_executed(@TempDir Path folder) throws Exception {
        assumeThat(run("mount", "-t", "tmpfs", "-o", "noexec,size=8m", "none", folder.toString())).as("may mount here").isZero();
        try {
            everyCodecIsRead("noexec-tmp", folder.toString());
            assertThat(Files.list(folder)).as("left behind").isEmpty();
        } finally {
            run("umount", "-l", folder.toString());
        }
    }

    /** As where the native part fits neither system nor processor. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void a_codec_that_cannot_be_loaded_holds_its_partition_and_is_told_while_the_others_go_on() throws Exception {
        Danger scene = new Danger(rig, "no-zstd", Map.of());
        publish(scene.topics().in(), "zstd", "no-zstd-held");
        BridgeProcess bridge = rig.startBridge(scene.topics(), Map.of(), "-DZstdNativePath=/nowhere/libzstd.so").awaitUp();
        String line = bridge.process().awaitLine(each -> each.contains("TPB0310"), Duration.ofSeconds(30));
        int held = Integer.parseInt(line.replaceFirst(".*record=in-no-zstd-(\\d+)@0.*", "$1"));

        for (int partition = 0; partition < Danger.PARTITIONS; partition++) {
            publish(scene.topics().in(), partition, "snappy", "no-zstd-" + partition);
        }

        for (int partition = 0; partition < Danger.PARTITIONS; partition++) {
            if (partition != held) {
                rig.kafka().awaitRecord(scene.topics().out(), "no-zstd-" + partition);
            }
        }
        assertThat(line).contains("native part of a codec", "java.io.tmpdir");
        assertThat(bridge.get("/observe/health/ready")).contains("DOWN", "in-no-zstd-" + held + "@0");
        Danger.waiting(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(bridge.get("/observe/metrics"))
            .containsPattern("trustpay_bridge_partition_lag_records\\{partition=\"" + held + "\",topic=\"in-no-zstd\"} 2"));
        assertThat(bridge.process().standardOutput()).as("lines in all").hasSizeLessThan(40);
        assertThat(rig.kafka().readAll(scene.topics().out())).hasSize(Danger.PARTITIONS - 1);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void check_names_the_codec_that_cannot_be_loaded_and_what_to_set() {
        JavaProcess check = BridgeProcess.command("check").jvmOption("-DZstdNativePath=/nowhere/libzstd.so")
            .jvmOption("-Djava.io.tmpdir=/proc")
            .environment(Map.of("KAFKA_BROKERS", rig.broker().bootstrapServers(), "MULTISAFEPAY_API_KEY", "k")).start();

        try (check) {
            assertThat(check.awaitExit(Duration.ofSeconds(60))).isEqualTo(1);
            assertThat(String.join(" ", check.standardOutput()).replaceAll("\\s+", " "))
                .contains("problem zstd cannot be read: UnsatisfiedLinkError", "now it uses /proc", "-Djava.io.tmpdir=FOLDER")
                .doesNotContain("snappy cannot", "lz4 cannot", "gzip cannot");
        }
    }

    private static void everyCodecIsRead(String name, String temporaryFiles) throws Exception {
        Danger scene = new Danger(rig, name, Map.of());
        List<String> orders = new ArrayList<>();
        for (String codec : List.of("snappy", "zstd", "lz4", "gzip")) {
            orders.add(name + "-" + codec);
            publish(scene.topics().in(), codec, name + "-" + codec);
        }

        BridgeProcess bridge = rig.startBridge(scene.topics(), Map.of(), "-Djava.io.tmpdir=" + temporaryFiles);

        scene.awaitFinished(orders);
        rig.close(bridge);
    }

    private static void publish(String topic, String codec, String order) throws ExecutionException, InterruptedException {
        publish(topic, null, codec, order);
    }

    private static void publish(String topic, Integer partition, String codec, String order)
        throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", rig.broker().bootstrapServers(), "compression.type", codec),
            new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, partition, order.getBytes(), OrderEvents.order(order, 1000))).get();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
