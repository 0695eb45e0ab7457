package org.trustpaybridge.testkit;

import java.util.List;

/** A broker of one node that may come back on another port. Clients are told both from the start, as they are of several brokers. */
public final class MovableBroker implements KillableBroker {
    private final DataDirectory data = new DataDirectory(null);
    private final List<Integer> ports = FreePorts.pick(2);
    private final BrokerSettings settings = BrokerSettings.defaults().withDataDirectory(data.path());
    private BrokerProcess process = at(0);
    private int moves;

    /** A running broker, without topics. */
    public static MovableBroker started() {
        return Broker.started(new MovableBroker());
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + ports.get(0) + ",127.0.0.1:" + ports.get(1);
    }

    /** Stops it in good order and starts it on the other port, with the same data. */
    public void move() {
        process.stop();
        process.close();
        process = at(++moves);
        process.start();
    }

    @Override
    public void start() {
        process.start();
    }

    @Override
    public void stop() {
        process.stop();
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
        data.close();
    }

    private BrokerProcess at(int move) {
        return new BrokerProcess(settings.withPort(ports.get(move % ports.size())));
    }
}
