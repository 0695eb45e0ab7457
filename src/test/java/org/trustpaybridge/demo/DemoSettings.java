package org.trustpaybridge.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

import org.trustpaybridge.testkit.FreePorts;

/**
 * What can be set for the demo, all by system properties.
 *
 * @param brokerPort {@code demo.broker.port}; 0 or nothing picks a free one
 * @param simulatorPort {@code demo.simulator.port}, likewise
 * @param managementPort {@code demo.management.port}, likewise
 * @param shopPort {@code demo.shop.port}, likewise
 * @param directory {@code demo.directory}, for the logs and the next order
 * @param exit {@code demo.exit}: leave once the account is printed
 */
record DemoSettings(int brokerPort, int simulatorPort, int managementPort, int shopPort, Path directory, boolean exit) {

    private static final String EXAMPLE = "config/mappings/webhook-shopify-like.jq";

    /** @throws IllegalArgumentException with one readable sentence, for a port that is none or is taken */
    static DemoSettings fromSystemProperties() {
        if (!Files.isReadable(mapping())) {
            throw new IllegalArgumentException("-Ddemo.mapping=" + mapping() + " is no file that can be read.");
        }
        Iterator<Integer> free = FreePorts.pick(4).iterator();
        return new DemoSettings(port("demo.broker.port", free), port("demo.simulator.port", free), port("demo.management.port", free),
            port("demo.shop.port", free), logDirectory(), Boolean.getBoolean("demo.exit"));
    }

    static Path logDirectory() {
        return Path.of(System.getProperty("demo.directory", "target/demo")).toAbsolutePath();
    }

    /** The mapping of the second bridge: {@code demo.mapping}, one of the examples where that is not set. */
    static Path mapping() {
        return Path.of(System.getProperty("demo.mapping", EXAMPLE));
    }

    /** Whether the demo's own event of another shape fits. */
    static boolean exampleMapping() {
        return mapping().equals(Path.of(EXAMPLE));
    }

    DemoSettings {
        if (List.of(brokerPort, simulatorPort, managementPort, shopPort).stream().distinct().count() < 4) {
            throw new IllegalArgumentException("Broker, simulator, management and shop need four different ports.");
        }
    }

    private static int port(String property, Iterator<Integer> free) {
        String text = System.getProperty(property, "0").trim();
        int port;
        try {
            port = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("-D" + property + " is a port number, not '" + text + "'.", e);
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("-D" + property + "=" + port + " is no port. 0 picks a free one.");
        }
        if (port > 0 && !FreePorts.isFree(port)) {
            throw new IllegalArgumentException("Port " + port + " is taken. Choose another with -D" + property
                + ", or leave that out for a free one.");
        }
        return port == 0 ? free.next() : port;
    }
}
