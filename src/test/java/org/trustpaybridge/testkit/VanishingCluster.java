package org.trustpaybridge.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;

/** Two brokers behind one address for the start. When they move, the addresses that they had told are gone without an answer. */
public final class VanishingCluster implements KillableBroker {
    private final List<BrokerSettings> settings = BrokerSettings.cluster(2).stream().map(each -> each
        .with("min.insync.replicas", "1").with("transaction.state.log.min.isr", "1")).toList();
    private final List<DataDirectory> data = List.of(new DataDirectory(null), new DataDirectory(null));
    private final List<TcpForwarder> told = new ArrayList<>();
    private final TcpForwarder bootstrap = new TcpForwarder(settings.get(0).port());
    private List<BrokerProcess> brokers = List.of();

    /** Returns when both are there. */
    @Override
    public void start() {
        List<BrokerSettings> now = new ArrayList<>();
        for (int i = 0; i < settings.size(); i++) {
            TcpForwarder address = new TcpForwarder(settings.get(i).port());
            told.add(address);
            now.add(settings.get(i).with("advertised.listeners", "CLIENT://" + address.address()));
        }
        run(now);
    }

    /** Connections to the one hang from now on, the other takes them and never answers. */
    public void vanish() {
        told.get(0).vanish();
        told.get(1).mute();
        brokers.forEach(BrokerProcess::kill);
    }

    /** They are elsewhere, with all their data. */
    public void startElsewhere() {
        run(settings);
    }

    @Override
    public String bootstrapServers() {
        return bootstrap.address();
    }

    @Override
    public void stop() {
        brokers.forEach(BrokerProcess::stop);
    }

    @Override
    public void kill() {
        brokers.forEach(BrokerProcess::kill);
    }

    private void run(List<BrokerSettings> now) {
        List<BrokerProcess> starting = new ArrayList<>();
        for (int i = 0; i < now.size(); i++) {
            starting.add(new BrokerProcess(now.get(i).withDataDirectory(data.get(i).path())));
        }
        brokers = starting;
        CompletableFuture.allOf(brokers.stream().map(each -> CompletableFuture.runAsync(each::start, task -> new Thread(task).start()))
            .toArray(CompletableFuture[]::new)).join();
        Awaitility.await().atMost(60, TimeUnit.SECONDS).ignoreExceptions().until(() -> {
            try (Admin admin = admin()) {
                return admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).size() == 2;
            }
        });
    }

    @Override
    public void close() {
        brokers.forEach(BrokerProcess::close);
        told.forEach(TcpForwarder::close);
        bootstrap.close();
        data.forEach(DataDirectory::close);
    }
}
