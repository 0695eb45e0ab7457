package org.trustpaybridge.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka broker in this JVM: one KRaft node, broker and controller in one, with its data on disk.
 *
 * <p>It is the broker of the same version as the client on the class path. Use {@link BrokerProcess} to kill one.
 */
public final class EmbeddedBroker implements Broker {
    /** The same for all, so that several can be one cluster. */
    private static final String CLUSTER_ID = new Uuid(0x7e57, 0xb40ce4).toString();
    private static final Duration CLOSING = Duration.ofSeconds(10);
    private static final Duration CHILDREN_LEAVE = Duration.ofSeconds(25);

    private final BrokerSettings settings;
    private final DataDirectory data;
    private final Thread hook = new Thread(this::closeAfterChildren, "embedded-broker-hook");
    private KafkaRaftServer server;
    private boolean closed;

    static {
        // A broker that comes upon a fault, such as files deleted while it stops, ends its process. Here that would be the one of all
        // tests.
        Exit.setHaltProcedure(EmbeddedBroker::failed);
        Exit.setExitProcedure(EmbeddedBroker::failed);
    }

    /** A broker that does not run yet. */
    public EmbeddedBroker(BrokerSettings settings) {
        this.settings = settings;
        this.data = new DataDirectory(settings.dataDirectory());
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** A running broker on free ports, without topics. */
    public static EmbeddedBroker started() {
        return started(BrokerSettings.defaults());
    }

    /** A running broker. */
    public static EmbeddedBroker started(BrokerSettings settings) {
        return Broker.started(new EmbeddedBroker(settings));
    }

    @Override
    public String bootstrapServers() {
        return settings.bootstrapServers();
    }

    /** Where the broker keeps its data. */
    public Path dataDirectory() {
        return data.path();
    }

    @Override
    public synchronized void start() {
        if (closed) {
            throw new IllegalStateException("This broker is closed and its data are deleted");
        }
        if (server == null) {
            format();
            Properties properties = settings.toProperties(data.path());
            KafkaRaftServer starting = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
            starting.startup();
            server = starting;
        }
    }

    @Override
    public synchronized void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    @Override
    public void close() {
        closeNow();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The JVM is on its way out, and the hook finds nothing left to do.
        }
    }

    /** Child processes may be clients of this broker: they leave first, so that they can commit what they have done. */
    private void closeAfterChildren() {
        CompletableFuture<?>[] exits = ProcessHandle.current().children().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(exits).get(CHILDREN_LEAVE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            // Whoever is still there after that long is not going to commit anything.
        }
        closeNow();
    }

    /** A broker that is its own controller has been seen to wait for itself while it shuts down; what it holds is deleted anyway. */
    private synchronized void closeNow() {
        closed = true;
        KafkaRaftServer stopping = server;
        server = null;
        if (stopping != null) {
            Thread thread = new Thread(() -> {
                stopping.shutdown();
                stopping.awaitShutdown();
            }, "broker-closing");
            thread.setDaemon(true);
            thread.start();
            try {
                thread.join(CLOSING.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        data.close();
    }

    private static void failed(int code, String message) {
        new IllegalStateException("A broker would have ended this process with " + code + ": " + message).printStackTrace();
    }

    private void format() {
        if (Files.exists(data.path().resolve("meta.properties"))) {
            return;
        }
        try {
            new Formatter()
                .setClusterId(CLUSTER_ID)
                .setNodeId(settings.nodeId())
                .addDirectory(data.path().toString())
                .setMetadataLogDirectory(data.path().toString())
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
                .run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("The data directory " + data.path() + " could not be formatted", e);
        }
    }

    /**
     * Runs a broker as a process of its own until it is told to stop, with these arguments: port, controller port, data directory,
     * then further broker settings as {@code key=value}. Prints {@link BrokerProcess#READY} once it serves clients.
     */
    public static void main(String[] arguments) throws InterruptedException {
        BrokerSettings settings = new BrokerSettings(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]),
            Path.of(arguments[2]), false, Map.of());
        for (int i = 3; i < arguments.length; i++) {
            String[] pair = arguments[i].split("=", 2);
            settings = settings.with(pair[0], pair[1]);
        }
        Exit.resetHaltProcedure();
        Exit.resetExitProcedure();
        started(settings);
        System.out.println(BrokerProcess.READY);
        new CountDownLatch(1).await();
    }
}
