package org.trustpaybridge.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.BridgeMain;
import org.trustpaybridge.command.CommandFailedException;
import org.trustpaybridge.command.ExitCode;
import org.trustpaybridge.command.RoutesFolder;
import org.trustpaybridge.command.Version;
import org.trustpaybridge.kafka.CamelKafkaSettings;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.settings.InvalidSettingsException;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;
import org.trustpaybridge.settings.SettingsProblem;

/** Runs the bridge as the process: until SIGTERM or Ctrl-C, and then ends with exit code 0. */
final class Run {

    private static final Logger LOG = LoggerFactory.getLogger(Run.class);
    /** Longer than Camel's own shutdown may take, so that this never cuts it short. */
    private static final Duration STOP_AT_MOST = Duration.ofMinutes(2);

    private Run() {
    }

    static int with(RunOptions options) {
        Settings settings = options.config.load();
        Path routes = RoutesFolder.find(options.routes);
        ManagementPort.check(settings.text(Setting.MANAGEMENT_HOST), Integer.parseInt(settings.text(Setting.MANAGEMENT_PORT)));
        BridgeMain bridge = new BridgeMain(settings, routes, Version.current());
        sayWhatStarts(settings, routes);
        bridge.setShutdownStrategy(new SimpleMainShutdownStrategy());
        AtomicInteger exitCode = new AtomicInteger(ExitCode.DONE);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(bridge, ended, exitCode), "shutdown"));
        try {
            bridge.run();
            return ExitCode.DONE;
        } catch (Exception e) {
            // Camel's words for a setting that it refuses hold its value, which may be a password; all that helps is in the report then.
            CamelKafkaSettings.refusal(e).ifPresent(refusal -> {
                exitCode.set(ExitCode.WRONG_USAGE);
                String[] parts = refusal.split(": ", 2);
                throw new InvalidSettingsException(List.of(new SettingsProblem(parts[0], parts[1],
                    "Correct it in the file or in the environment.")));
            });
            LOG.debug("The start failed", e);
            exitCode.set(ExitCode.FAILED);
            throw new CommandFailedException(StartFailure.describe(e));
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
                exitCode.set(ExitCode.FAILED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode.get());
    }
}
