package org.trustpaybridge.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.assembly.BridgeMain;
import org.trustpaybridge.command.console.CommandFailedException;
import org.trustpaybridge.command.console.ConfigOption;
import org.trustpaybridge.command.console.ExitCode;
import org.trustpaybridge.command.console.RoutesFolder;
import org.trustpaybridge.command.console.Version;
import org.trustpaybridge.kafka.CamelKafkaSettings;
import org.trustpaybridge.log.LogEvent;
import org.trustpaybridge.settings.InvalidSettingsException;
import org.trustpaybridge.settings.Misspelt;
import org.trustpaybridge.settings.Proxy;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;
import org.trustpaybridge.settings.SettingsProblem;
import org.trustpaybridge.supervision.UncaughtErrors;

/** Runs the bridge as the process: until SIGTERM or Ctrl-C, and then ends with exit code 0. */
final class Run {

    private static final Logger LOG = LoggerFactory.getLogger(Run.class);
    /** What a stop may take beside the calls under way. Longer than Camel's own shutdown may, so that this does not cut it short. */
    private static final Duration STOPPING = Duration.ofSeconds(20);

    private Run() {
    }

    static int with(RunOptions options) {
        Settings settings = options.config.load();
        Path routes = RoutesFolder.find(options.routes);
        ManagementPort.check(settings.text(Setting.MANAGEMENT_HOST), Integer.parseInt(settings.text(Setting.MANAGEMENT_PORT)));
        settings.notifications().ifPresent(ManagementPort::check);
        ProcessEnd end = ProcessEnd.prepared(settings.provider().responseTimeout().plus(settings.budget().drain()).plus(STOPPING),
            "json".equals(Optional.ofNullable(System.getProperty("LOG_FORMAT")).orElse(System.getenv("LOG_FORMAT"))));
        Thread.setDefaultUncaughtExceptionHandler(new UncaughtErrors(end));
        BridgeMain bridge = new BridgeMain(settings, routes, Version.current(), end);
        sayWhatStarts(settings, routes);
        bridge.setShutdownStrategy(new SimpleMainShutdownStrategy());
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(bridge, ended, end), "shutdown"));
        try {
            bridge.run();
            return ExitCode.DONE;
        } catch (Exception e) {
            // Camel's words for a setting that it refuses hold its value, which may be a password; all that helps is in the report then.
            CamelKafkaSettings.refusal(e).ifPresent(refusal -> {
                end.exitCode(ExitCode.WRONG_USAGE);
                throw new InvalidSettingsException(List.of(new SettingsProblem(refusal.key(), refusal.problem(),
                    "Correct it in the file or in the environment.")));
            });
            LOG.debug("The start failed", e);
            end.exitCode(ExitCode.FAILED);
            throw new CommandFailedException(StartFailure.describe(e));
        } catch (VirtualMachineError e) {
            end.atOnce("start: " + e);
            throw e;
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
            .addKeyValue("proxy", settings.provider().proxy().map(Proxy::shown).orElse("-"))
            .addKeyValue("management", settings.text(Setting.MANAGEMENT_HOST) + ":" + settings.text(Setting.MANAGEMENT_PORT))
            .addKeyValue("routes", routes.toAbsolutePath().normalize().toString())
            .log();
        for (Misspelt misspelt : ConfigOption.misspelt()) {
            LogEvent.NAME_MISSPELT.on(LOG).addKeyValue("variable", misspelt.name()).addKeyValue("meant", misspelt.meant()).log();
        }
        if (settings.managementToken().isEmpty() && !ManagementPort.isLoopback(settings.text(Setting.MANAGEMENT_HOST))) {
            LogEvent.MANAGEMENT_OPEN.on(LOG).addKeyValue("management", settings.text(Setting.MANAGEMENT_HOST)).log();
        }
    }

    private static void stop(BridgeMain bridge, CountDownLatch ended, ProcessEnd end) {
        end.stopBegins();
        bridge.completed();
        boolean done = false;
        try {
            done = ended.await(end.stopAtMost().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end.stopped(done);
    }
}
