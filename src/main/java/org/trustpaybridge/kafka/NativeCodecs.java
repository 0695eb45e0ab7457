package org.trustpaybridge.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.ByteBufferOutputStream;

/**
 * Has Snappy and Zstandard take their native parts from where they were installed. By themselves they unpack them into the folder of
 * temporary files at the first compressed record, and where nothing can be written or executed there, that record cannot be read.
 *
 * <p>Only asked for where the files fit: Linux with the C library of GNU, on x86-64 or ARM64. LZ4 does without a native part.
 */
public final class NativeCodecs {

    private static final String SNAPPY_FOLDER = "org.xerial.snappy.lib.path";
    private static final String SNAPPY_FILE = "org.xerial.snappy.lib.name";
    private static final String ZSTD_FILE = "ZstdNativePath";
    private static final Map<String, Platform> PLATFORMS = Map.of(
        "amd64", new Platform("/lib64/ld-linux-x86-64.so.2", "org/xerial/snappy/native/Linux/x86_64", "linux/amd64"),
        "aarch64", new Platform("/lib/ld-linux-aarch64.so.1", "org/xerial/snappy/native/Linux/aarch64", "linux/aarch64"));

    private static final byte[] SAMPLE = "a few bytes, a few bytes, a few bytes".getBytes(StandardCharsets.US_ASCII);

    private NativeCodecs() {
    }

    /**
     * Loads nothing yet. What an operator has set by the codecs' own system properties stands.
     *
     * @param folder holds the native parts under the names that they have in the jars of the codecs
     */
    public static void takeFrom(Path folder) {
        Optional.ofNullable(PLATFORMS.get(System.getProperty("os.arch"))).filter(Platform::isThis).ifPresent(platform -> {
            find(folder, platform.snappy()).ifPresent(file -> {
                if (System.getProperty(SNAPPY_FOLDER) == null && System.getProperty(SNAPPY_FILE) == null) {
                    System.setProperty(SNAPPY_FOLDER, file.getParent().toString());
                    System.setProperty(SNAPPY_FILE, file.getFileName().toString());
                }
            });
            find(folder, platform.zstd()).ifPresent(file -> {
                if (System.getProperty(ZSTD_FILE) == null) {
                    System.setProperty(ZSTD_FILE, file.toString());
                }
            });
        });
    }

    /**
     * Tries every codec of Kafka's, in this process, which may load native parts.
     *
     * @return names of those that cannot be used, and why
     */
    public static Map<String, String> broken() {
        Map<String, String> broken = new TreeMap<>();
        for (CompressionType type : CompressionType.values()) {
            try {
                Compression codec = Compression.of(type).build();
                ByteBufferOutputStream packed = new ByteBufferOutputStream(512);
                try (OutputStream out = codec.wrapForOutput(packed, RecordBatch.CURRENT_MAGIC_VALUE)) {
                    out.write(SAMPLE);
                }
                packed.buffer().flip();
                try (InputStream in = codec.wrapForInput(packed.buffer(), RecordBatch.CURRENT_MAGIC_VALUE, BufferSupplier.NO_CACHING)) {
                    if (!Arrays.equals(in.readAllBytes(), SAMPLE)) {
                        broken.put(type.name, "what was compressed does not come back");
                    }
                }
            } catch (IOException | KafkaException | LinkageError e) {
                broken.put(type.name, ReadingFailure.inWords(e));
            }
        }
        return broken;
    }

    /** A file that is not in the jar as well is of another version. */
    private static Optional<Path> find(Path folder, String path) {
        if (!Files.isDirectory(folder.resolve(path))) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve(path), "*.so")) {
            for (Path file : files) {
                if (NativeCodecs.class.getClassLoader().getResource(path + "/" + file.getFileName()) != null) {
                    return Optional.of(file.toAbsolutePath());
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private record Platform(String loader, String snappy, String zstd) {

        boolean isThis() {
            return "Linux".equals(System.getProperty("os.name")) && Files.exists(Path.of(loader));
        }
    }
}
