package org.trustpaybridge.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.trustpaybridge.testkit.KafkaProbe;
import org.trustpaybridge.testkit.Topics;

/** One program, measured once: new topics, new processes, and in the end every order is looked for. */
final class Round {
    private static final int SLICES = 10;
    /** By then Java has compiled what is called when nothing happens; before, that is a quarter of what an idle program takes. */
    private static final Duration SETTLE = Duration.ofSeconds(150);

    private final Stage stage;
    private final Scenario scenario;
    private final Contender contender;
    private final int number;
    private final Topics topics;
    private final List<Program> programs = new ArrayList<>();

    Round(Stage stage, Scenario scenario, Contender contender, int number) {
        this.stage = stage;
        this.scenario = scenario;
        this.contender = contender;
        this.number = number;
        String suffix = scenario.name() + "-" + contender.label() + "-" + number + "-" + UUID.randomUUID().toString().substring(0, 8);
        this.topics = new Topics("in-" + suffix, "out-" + suffix, "dead-" + suffix, "group-" + suffix);
    }

    Measurement measure() {
        stage.broker().createTopic(topics.in(), scenario.partitions());
        stage.broker().createTopic(topics.out(), scenario.partitions(), Map.of("message.timestamp.type", "LogAppendTime"));
        stage.broker().createTopic(topics.dead(), 1);
        stage.providerTakes(scenario.time());
        try {
            return run();
        } finally {
            programs.forEach(Program::close);
            deleteTopics();
        }
    }

    private Measurement run() {
        Load load = new Load(brokers(), topics.in());
        boolean together = scenario.instances() > 1;
        if (!together) {
            loadAtStart(load);
        }
        for (int instance = 1; instance <= scenario.instances(); instance++) {
            String label = scenario.name() + "-" + contender.label() + "-" + number + (together ? "-" + instance : "");
            programs.add(stage.start(contender, scenario, topics, label));
        }
        if (together) {
            // All share the work before there is any.
            awaitMembers();
            loadAtStart(load);
        }
        try (Sampler sampler = new Sampler(brokers(), topics.out(), topics.dead(), programs, stage.provider())) {
            sampler.until(scenario.warmUp());
            if (scenario.rate() > 0) {
                Thread pace = new Thread(() -> load.write(scenario.warmUp(), scenario.allOrders(), scenario.rate()), "load");
                pace.setDaemon(true);
                pace.start();
            }
            sampler.until(scenario.allOrders());
            List<Integer> partitions = together ? partitionsByMember() : List.of();
            double idle = scenario.idle().isZero() ? Double.NaN : Sampler.idleCores(programs, SETTLE, scenario.idle());
            double peak = programs.stream().map(Program::peakMegabytes).flatMapToLong(OptionalLong::stream).max().orElse(0);
            programs.forEach(Program::stop);
            return result(sampler, partitions, idle, peak == 0 ? Double.NaN : peak);
        }
    }

    private void loadAtStart(Load load) {
        load.write(0, scenario.rate() == 0 ? scenario.allOrders() : scenario.warmUp());
    }

    private Measurement result(Sampler sampler, List<Integer> partitions, double idle, double peak) {
        JsonNode counts = stage.providerCounts();
        Account account = Account.of(brokers(), topics.in(), topics.out(), scenario.allOrders(), counts);
        List<String> faults = new ArrayList<>(account.faults());
        try (KafkaProbe probe = new KafkaProbe(brokers())) {
            long lag = probe.lag(topics.group(), topics.in());
            if (lag > 0) {
                faults.add("%,d records were not committed when the program had ended".formatted(lag));
            }
        }
        long[] times = account.times();
        long from = scenario.warmUp() == 0 ? programs.get(0).startedAt() : times[scenario.warmUp() - 1];
        long to = times[times.length - 1];
        double rate = scenario.orders() / Math.max(0.001, (to - from) / 1000.0);
        Sampler.Sample first = sampler.at(scenario.warmUp());
        Sampler.Sample last = sampler.at(scenario.allOrders());
        double seconds = (last.atMillis() - first.atMillis()) / 1000.0;
        long[] latencies = account.latencies(scenario.warmUp());
        boolean paced = scenario.rate() > 0;
        List<Double> rates = new ArrayList<>();
        List<Long> megabytes = new ArrayList<>();
        slices(times, from, sampler, rates, megabytes);
        return new Measurement(contender, number, rate, scenario.boundByProvider() ? rate / scenario.ideal() : Double.NaN,
            scenario.warmUp() == 0 ? Double.NaN : (last.cpu() - first.cpu()) * 1000 / (last.published() - first.published()),
            seconds <= 0 ? Double.NaN : (last.providerCpu() - first.providerCpu()) / seconds, peak,
            latency(paced, latencies, 0.5), latency(paced, latencies, 0.95), latency(paced, latencies, 0.99), latency(paced, latencies, 1),
            counts.path("calls").asDouble() / scenario.allOrders(), counts.path("mean_wait_ms").asDouble(),
            scenario.instances() > 1 ? Double.NaN : (times[0] - programs.get(0).startedAt()) / 1000.0, idle, rates, megabytes, partitions,
            List.copyOf(faults));
    }

    private static double latency(boolean paced, long[] sorted, double share) {
        return paced ? Account.percentile(sorted, share) : Double.NaN;
    }

    private void slices(long[] times, long from, Sampler sampler, List<Double> rates, List<Long> megabytes) {
        int size = scenario.orders() / SLICES;
        for (int slice = 0; size > 0 && slice < SLICES; slice++) {
            int first = scenario.warmUp() + slice * size;
            long begin = slice == 0 ? from : times[first - 1];
            long end = times[first + size - 1];
            rates.add(size / Math.max(0.001, (end - begin) / 1000.0));
            megabytes.add(sampler.atTime(end).megabytes());
        }
    }

    private void awaitMembers() {
        Awaitility.await("all instances to have partitions").atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(250))
            .until(() -> {
            List<Integer> held = partitionsByMember();
            return held.size() == scenario.instances() && held.stream().mapToInt(Integer::intValue).sum() == scenario.partitions()
                && held.stream().allMatch(each -> each >= scenario.partitions() / scenario.instances());
        });
    }

    private List<Integer> partitionsByMember() {
        try (Admin admin = stage.broker().admin()) {
            return admin.describeConsumerGroups(List.of(topics.group())).describedGroups().get(topics.group()).get(10, TimeUnit.SECONDS)
                .members().stream().map(member -> member.assignment().topicPartitions().size()).sorted().toList();
        } catch (ExecutionException notYet) {
            return List.of();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void deleteTopics() {
        try (Admin admin = stage.broker().admin()) {
            admin.deleteTopics(List.of(topics.in(), topics.out(), topics.dead())).all().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            // The broker's data go at the end anyway.
            System.err.println("The topics of a round could not be deleted: " + e);
        }
    }

    private String brokers() {
        return stage.broker().bootstrapServers();
    }
}
