package org.trustpaybridge.simulator;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code simulator}: runs the stand-in for MultiSafepay until it is told to stop. */
@Command(name = "simulator", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Runs a stand-in for MultiSafepay's orders API with its payment page. No money moves.",
    footer = {"", "Exit codes: 0 stopped by SIGTERM or Ctrl-C, 1 cannot listen, 2 wrong options."})
public final class SimulatorCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatorCommand.class);

    @Option(names = "--host", paramLabel = "ADDRESS", defaultValue = "${env:SIMULATOR_HOST:-127.0.0.1}",
        description = "Address to listen on. Default: 127.0.0.1. Environment: SIMULATOR_HOST")
    private String host;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "${env:SIMULATOR_PORT:-8090}",
        description = "Port to listen on; 0 for any free one. Default: 8090. Environment: SIMULATOR_PORT")
    private int port;

    @Option(names = "--api-key", paramLabel = "KEY", defaultValue = "${env:SIMULATOR_API_KEY:-}",
        description = "The only API key to accept; without it any key will do. Better set by the environment, where no list of"
            + " processes shows it: SIMULATOR_API_KEY")
    private String apiKey;

    @Option(names = "--latency", paramLabel = "TIME", defaultValue = "${env:SIMULATOR_LATENCY:-0}", converter = Latency.Converter.class,
        description = "Wait before each answer: 100ms, 50ms..500ms or lognormal:100ms:0.5 (median and sigma). Default: none."
            + " Environment: SIMULATOR_LATENCY")
    private Latency latency;

    @Option(names = "--fault", paramLabel = "KIND=PERCENT%", split = ",", defaultValue = "${env:SIMULATOR_FAULT:-none}",
        description = "Share of the calls that goes wrong, for instance 503=5%%,reset-after=1%%. May be repeated."
            + " Environment: SIMULATOR_FAULT")
    private List<String> faults;

    @Option(names = "--list-faults", description = "Shows all kinds of faults and ends.")
    private boolean listFaults;

    @Option(names = "--max-orders", paramLabel = "COUNT", defaultValue = "${env:SIMULATOR_MAX_ORDERS:-100000}",
        description = "Orders to remember; beyond it the oldest is forgotten. Default: 100000. Environment: SIMULATOR_MAX_ORDERS")
    private int maxOrders;

    @Option(names = "--public-url", paramLabel = "URL", defaultValue = "${env:SIMULATOR_PUBLIC_URL:-}",
        description = "Start of every payment URL. Default: the address listened on. Environment: SIMULATOR_PUBLIC_URL")
    private String publicUrl;

    @Option(names = "--notify-any-host", defaultValue = "${env:SIMULATOR_NOTIFY_ANY_HOST:-false}",
        description = "Sends notifications to any host, not to this machine alone. Environment: SIMULATOR_NOTIFY_ANY_HOST")
    private boolean notifyAnyHost;

    @Option(names = "--notify-interval", paramLabel = "TIME", defaultValue = "${env:SIMULATOR_NOTIFY_INTERVAL:-15m}",
        converter = DurationText.class,
        description = "Wait before a notification that was not acknowledged is sent again, three times. Default: 15m. Environment:"
            + " SIMULATOR_NOTIFY_INTERVAL")
    private Duration notifyInterval;

    @Option(names = "--seed", paramLabel = "NUMBER", defaultValue = "${env:SIMULATOR_SEED:-}",
        description = "Makes chance repeatable. Environment: SIMULATOR_SEED")
    private String seed;

    @Option(names = "--slow-interval", paramLabel = "TIME", defaultValue = "100ms", converter = DurationText.class,
        description = "Pause after each byte of the fault 'slow'. Default: 100ms")
    private Duration slowInterval;

    @Option(names = "--hold", paramLabel = "TIME", defaultValue = "5m", converter = DurationText.class,
        description = "Longest silence of the fault 'timeout'. Default: 5m")
    private Duration hold;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (listFaults) {
            printFaults(out);
            return 0;
        }
        SimulatorOptions options = options();
        try (Simulator simulator = Simulator.start(options)) {
            Thread hook = endWithZeroOnSignal(simulator);
            out.println("Simulator listening on " + simulator.baseUri());
            out.println("Try  curl -H 'api_key: "
                + (options.apiKey() == null ? "any" : "...") + "' " + simulator.baseUri() + "/gateways/TRUSTPAY");
            out.flush();
            stayUntilInterrupted();
            Runtime.getRuntime().removeShutdownHook(hook);
            return 0;
        } catch (UncheckedIOException failed) {
            spec.commandLine().getErr().println(explained(failed, options));
            spec.commandLine().getErr().flush();
            return 1;
        }
    }

    private SimulatorOptions options() {
        try {
            return new SimulatorOptions(host, port, blankToNull(apiKey), latency, FaultPlan.parse(String.join(",", faults)), maxOrders,
                blankToNull(publicUrl), blankToNull(seed) == null ? null : Long.valueOf(seed), notifyAnyHost, notifyInterval, slowInterval,
                    hold);
        } catch (NumberFormatException notNumber) {
            throw new ParameterException(spec.commandLine(), "the seed '" + seed + "' is no whole number", notNumber);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }

    /**
     * Closes the simulator on SIGTERM and SIGINT. A JVM that ends by a signal has the exit code 128 + signal, whatever this command
     * returns; to end with 0, the hook itself ends the JVM when all is closed.
     */
    private static Thread endWithZeroOnSignal(Simulator simulator) {
        Thread hook = new Thread(() -> {
            simulator.close();
            Runtime.getRuntime().halt(0);
        }, "simulator-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }

    /** Returns only to a caller in the same JVM that interrupts this thread. */
    private static void stayUntilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException stopped) {
            LOG.atDebug().log("The simulator was interrupted and stops");
        }
    }

    private static String explained(UncheckedIOException failed, SimulatorOptions options) {
        if (failed.getCause() instanceof BindException) {
            return "The simulator cannot listen on " + options.host() + ":" + options.port() + " (" + failed.getCause().getMessage()
                + "). Is another one running? Choose another port with --port, or any free one with --port 0.";
        }
        return "The simulator cannot listen on " + options.host() + ":" + options.port() + ": " + failed.getCause().getMessage();
    }

    private static void printFaults(PrintWriter out) {
        out.println("Faults, for --fault KIND=PERCENT% and for order ids such as sim-KIND-1 or sim-KINDx2-1:");
        for (boolean after : List.of(false, true)) {
            out.println();
            out.println(after ? "The order is created, and then:" : "The order is not created:");
            out.println(List.of(FaultKind.values()).stream().filter(kind -> kind.createsOrder() == after)
                .map(kind -> String.format("  %-15s %s", kind.id(), kind.effect())).collect(Collectors.joining(System.lineSeparator())));
        }
        out.flush();
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
