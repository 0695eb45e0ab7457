package org.trustpaybridge.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.BridgeMain;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.settings.InvalidSettingsException;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;
import org.trustpaybridge.settings.SettingsLoader;
import org.trustpaybridge.settings.SettingsProblem;

/** Runs the bridge as the process: until SIGTERM or Ctrl-C, and then ends with exit code 0. */
final class Run {

    private static final Logger LOG = LoggerFactory.getLogger(Run.class);
    /** Longer than Camel's own shutdown may take, so that this never cuts it short. */
    private static final Duration STOP_AT_MOST = Duration.ofMinutes(2);

    private Run() {
    }

    static int with(RunOptions options) {
        Settings settings = new SettingsLoader(System.getenv(), System.getProperties()).load(config(options));
        Path routes = routes(options);
        ManagementPort.check(settings.text(Setting.MANAGEMENT_HOST), Integer.parseInt(settings.text(Setting.MANAGEMENT_PORT)));
        BridgeMain bridge = new BridgeMain(settings, routes, Version.current());
        sayWhatStarts(settings, routes);
        bridge.setShutdownStrategy(new SimpleMainShutdownStrategy());
        AtomicInteger exitCode = new AtomicInteger(CommandLines.DONE);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(bridge, ended, exitCode), "shutdown"));
        try {
            bridge.run();
            return CommandLines.DONE;
        } catch (Exception e) {
            LOG.debug("The start failed", e);
            exitCode.set(CommandLines.FAILED);
            throw new StartFailedException(StartFailure.describe(e));
        } finally {
            ended.countDown();
        }
    }

    /** Most questions about a bridge that does not do what it should are answered by this line. */
    private static void sayWhatStarts(Settings settings, Path routes) {
        LogEvent.BRIDGE_STARTS.on(LOG)
            .addKeyValue("version", Version.current())
            .addKeyValue("brokers", settings.text(Setting.KAFKA_BROKERS))
            .addKeyValue("group", settings.text(Setting.KAFKA_GROUP_ID))
            .addKeyValue("topic", settings.text(Setting.TOPIC_ORDER_CREATED))
            .addKeyValue("provider", settings.provider().baseUrl().toString())
            .addKeyValue("management", settings.text(Setting.MANAGEMENT_HOST) + ":" + settings.text(Setting.MANAGEMENT_PORT))
            .addKeyValue("routes", routes.toAbsolutePath().normalize().toString())
            .log();
        if (settings.managementToken().isEmpty() && !ManagementPort.isLoopback(settings.text(Setting.MANAGEMENT_HOST))) {
            LogEvent.MANAGEMENT_OPEN.on(LOG).addKeyValue("management", settings.text(Setting.MANAGEMENT_HOST)).log();
        }
    }

    /** A JVM that a signal ends reports that signal as its exit code; an orderly end is to be told from that, so it is halted with 0. */
    private static void stop(BridgeMain bridge, CountDownLatch ended, AtomicInteger exitCode) {
        bridge.completed();
        try {
            if (!ended.await(STOP_AT_MOST.toMillis(), TimeUnit.MILLISECONDS)) {
                exitCode.set(CommandLines.FAILED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode.get());
    }

    private static Optional<Path> config(RunOptions options) {
        return Optional.ofNullable(options.config).or(() -> Home.find("config/application.properties"));
    }

    /** A bridge without routes would start, be healthy and do nothing; so a folder without any is refused like a wrong setting. */
    private static Path routes(RunOptions options) {
        Path routes = Optional.ofNullable(options.routes).or(() -> Home.find("routes")).orElse(Path.of("routes"));
        if (!Files.isDirectory(routes)) {
            throw wrongRoutes("there is no folder " + routes.toAbsolutePath());
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(routes, "*.camel.yaml")) {
            if (!files.iterator().hasNext()) {
                throw wrongRoutes("there is no file *.camel.yaml in " + routes.toAbsolutePath());
            }
        } catch (IOException e) {
            throw wrongRoutes("the folder " + routes.toAbsolutePath() + " cannot be read");
        }
        return routes;
    }

    private static InvalidSettingsException wrongRoutes(String problem) {
        return new InvalidSettingsException(List.of(new SettingsProblem("routes", problem,
            "Start in the folder that holds routes and config, or name the routes with --routes.")));
    }
}
