package org.trustpaybridge.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An {@link EmbeddedBroker} in a JVM of its own, which can be killed and paused. */
public final class BrokerProcess implements KillableBroker {
    static final String READY = "The broker is ready.";
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(30);

    private final BrokerSettings settings;
    private final List<String> jvmOptions;
    private final DataDirectory data;
    private JavaProcess process;

    /** A broker that does not run yet, and will not run for long: its compiler starts fast, which spares a third of the processor time. */
    public BrokerProcess(BrokerSettings settings) {
        this(settings, List.of("-XX:TieredStopAtLevel=1"));
    }

    /** A broker that does not run yet, with options of its JVM beside the size of its heap. */
    public BrokerProcess(BrokerSettings settings, List<String> jvmOptions) {
        this.settings = settings;
        this.jvmOptions = jvmOptions;
        this.data = new DataDirectory(settings.dataDirectory());
    }

    /** A running broker on free ports, without topics. */
    public static BrokerProcess started() {
        return started(BrokerSettings.defaults());
    }

    /** A running broker. */
    public static BrokerProcess started(BrokerSettings settings) {
        return Broker.started(new BrokerProcess(settings));
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
    public void start() {
        if (process != null && process.isAlive()) {
            return;
        }
        List<String> arguments = new ArrayList<>(List.of(Integer.toString(settings.port()),
            Integer.toString(settings.controllerPort()), data.path().toString(),
            "auto.create.topics.enable=" + settings.autoCreateTopics()));
        settings.overrides().forEach((key, value) -> arguments.add(key + "=" + value));
        JavaLaunch launch = JavaProcess.ofMain(EmbeddedBroker.class.getName(), arguments).jvmOption("-Xmx512m");
        jvmOptions.forEach(launch::jvmOption);
        process = launch.start();
        process.awaitLine(READY::equals, START);
    }

    @Override
    public void stop() {
        if (process != null) {
            process.terminate();
            process.awaitExit(STOP);
        }
    }

    @Override
    public void kill() {
        running().kill();
        running().awaitExit(STOP);
    }

    /** SIGSTOP: connections stay open and nothing answers any more. */
    public void pause() {
        running().pause();
    }

    /** SIGCONT after {@link #pause}. */
    public void resume() {
        running().resume();
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
        data.close();
    }

    private JavaProcess running() {
        if (process == null) {
            throw new IllegalStateException("The broker was never started");
        }
        return process;
    }
}
