package org.trustpaybridge.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.BridgeMain;
import org.trustpaybridge.settings.Settings;
import org.trustpaybridge.settings.SettingsLoader;

/** Runs the bridge as the process: until SIGTERM or Ctrl-C, and then ends with exit code 0. */
final class Run {

    private static final Logger LOG = LoggerFactory.getLogger(Run.class);
    /** Longer than Camel's own shutdown may take, so that this never cuts it short. */
    private static final Duration STOP_AT_MOST = Duration.ofMinutes(2);

    private Run() {
    }

    static int with(RunOptions options) {
        Settings settings = new SettingsLoader(System.getenv(), System.getProperties()).load(config(options));
        BridgeMain bridge = new BridgeMain(settings, routes(options), Version.current());
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

    private static Path routes(RunOptions options) {
        Optional<Path> routes = Optional.ofNullable(options.routes).or(() -> Home.find("routes"));
        return routes.filter(Files::isDirectory).orElseThrow(() -> new StartFailedException(
            "There is no folder of routes: " + routes.map(Path::toString).orElse("routes")
                + "\nStart in the folder that holds routes and config, or name it with --routes."));
    }
}
