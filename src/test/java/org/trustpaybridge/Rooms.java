package org.trustpaybridge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The floor plan: every package, which others it may know, and which libraries. A package knows only packages that stand above it here, so
 * that there is no way back. {@code docs/architecture.md} shows the same as a picture.
 */
final class Rooms {

    private static final String ROOT = "org.trustpaybridge";
    private static final String JACKSON = "com.fasterxml.jackson..";
    private static final String SLF4J = "org.slf4j..";
    private static final String PICOCLI = "picocli..";
    private static final String KAFKA = "org.apache.kafka..";

    private static final List<Room> ALL = List.of(
        room("log", "", JACKSON, SLF4J, "net.logstash.logback..", "ch.qos.logback.classic.."),
        room("condition", ""),
        room("supervision", "log", SLF4J),
        room("secrets", "condition supervision log", SLF4J),
        room("order", "", JACKSON),
        // jackson-jq and what it is made of are known here alone.
        room("order.mapping", "order", JACKSON, "net.thisptr.jackson.jq.."),
        room("provider", "order", JACKSON),
        room("delivery", "order provider"),
        room("delivery.position", "delivery"),
        // It knows no HTTP: bytes and a header are told.
        room("payment", "", "javax.crypto.."),
        room("ledger", "order delivery payment"),
        room("outbound", "order provider delivery payment", JACKSON),
        room("deadletters", "order delivery outbound", JACKSON),
        room("settings", "order order.mapping delivery delivery.position"),
        // Avro is known here alone.
        room("schema", "condition supervision order settings log", JACKSON, SLF4J, "javax.net.ssl..", "org.apache.avro.."),
        // It carries bytes: what an answer means is no business of the client's.
        room("transport", "provider settings supervision secrets log", SLF4J, "javax.net.ssl..", "org.apache.camel",
            "org.apache.camel.spi.annotations..",
            "org.apache.camel.component.http..", "org.apache.camel.support", "org.apache.camel.support.jsse..", "org.apache.hc.."),
        room("kafka.screen", "delivery log", SLF4J, KAFKA),
        // It knows nothing of HTTP.
        room("kafka", "condition supervision secrets order delivery delivery.position payment ledger outbound kafka.screen log", JACKSON,
            SLF4J, KAFKA,
            "javax.management", "javax.net.ssl", "javax.security.auth.login", "javax.security.auth.callback", "org.apache.camel",
            "org.apache.camel.main..",
            "org.apache.camel.spi.annotations..", "org.apache.camel.component.properties..", "org.apache.camel.component.kafka.."),
        room("observe.activity", "order delivery"),
        // It counts what the steps tell it and reads what it was given; it knows neither Camel nor Kafka.
        room("observe.metrics", "condition order provider delivery delivery.position observe.activity", "io.micrometer.core..",
            "io.prometheus.metrics.model.."),
        room("observe.tracing", "delivery", "io.opentelemetry.."),
        room("observe.state", "condition provider delivery kafka log", SLF4J),
        room("observe.health", "condition delivery", "org.apache.camel.health..", "org.apache.camel.impl.health.."),
        room("observe.jmx", "condition delivery ledger kafka observe.state log", SLF4J, "javax.management.."),
        room("http", "log", SLF4J, "io.vertx..", "io.netty.channel", "io.netty.util.concurrent",
            "org.apache.camel.component.platform.http.."),
        room("receive", "supervision settings http log", SLF4J, "io.vertx..", "org.apache.camel", "org.apache.camel.main..",
            "org.apache.camel.spi",
            "org.apache.camel.component.platform.http.."),
        room("observe.http", "condition supervision delivery ledger kafka observe.activity settings http", JACKSON, "io.vertx..",
            "io.netty.channel", "io.netty.util.concurrent", "org.apache.camel", "org.apache.camel.main..", "org.apache.camel.spi",
            "org.apache.camel.support.service..", "org.apache.camel.component.platform.http.."),
        // Of Kafka it may only recognise the exceptions.
        room("route",
            "condition supervision order order.mapping provider delivery payment ledger outbound transport observe.metrics observe.tracing"
            + " log", SLF4J,
            "org.apache.camel..", "org.apache.kafka.common", "org.apache.kafka.common.errors", "io.opentelemetry.api.trace..",
            "io.opentelemetry.context.."),
        room("assembly",
            "condition supervision secrets order provider delivery delivery.position payment ledger settings schema transport kafka"
            + " observe.activity"
            + " observe.metrics observe.tracing observe.state observe.health observe.jmx observe.http receive route", JACKSON,
            "io.micrometer..", "io.prometheus..",
            "io.opentelemetry..", "javax.management", "org.apache.camel.."),
        // It judges what the bridge sends by rules of its own.
        room("simulator", "", JACKSON, SLF4J, PICOCLI, "javax.crypto..", "io.vertx..", "io.netty.."),
        room("deadletters.replay", "delivery deadletters outbound kafka kafka.screen", KAFKA),
        room("command.console", "settings", JACKSON, SLF4J, PICOCLI, "ch.qos.logback.."),
        room("command.map", "order order.mapping delivery settings schema kafka command.console", JACKSON, PICOCLI, "javax.xml.stream..",
            "org.apache.kafka.common..", "org.apache.kafka.clients.consumer.."),
        room("command.send", "order order.mapping delivery settings kafka command.map command.console", JACKSON, PICOCLI, KAFKA),
        // It asks, and changes nothing.
        room("command.check", "order provider delivery.position settings schema transport kafka command.console", JACKSON, PICOCLI,
            "javax.net.ssl..",
            "org.apache.kafka.common..", "org.apache.kafka.clients.admin.."),
        room("command.topics", "settings kafka command.check command.console", JACKSON, PICOCLI, KAFKA),
        room("command.offsets", "delivery delivery.position settings kafka command.console", JACKSON, PICOCLI, KAFKA),
        room("command.deadletters", "order delivery outbound deadletters deadletters.replay settings kafka command.console", JACKSON,
            PICOCLI,
            "org.apache.kafka.common"),
        room("command", "supervision settings transport kafka assembly simulator command.console command.map command.send command.check"
            + " command.topics command.offsets command.deadletters log", SLF4J, PICOCLI, "org.apache.camel", "org.apache.camel.main.."),
        room("", "kafka command command.console"));

    private Rooms() {
    }

    static List<Room> all() {
        return ALL;
    }

    static String packageName(String room) {
        return room.isEmpty() ? ROOT : ROOT + "." + room;
    }

    /** A picture of the rooms, those within one being drawn as one. {@code log} is left out: whoever logs knows it. */
    static String picture() {
        Map<String, Set<String>> arrows = new LinkedHashMap<>();
        Map<String, List<String>> inside = new LinkedHashMap<>();
        ALL.stream().filter(room -> !room.name().isEmpty() && !room.name().equals("log")).forEach(room -> {
            inside.computeIfAbsent(house(room.name()), name -> new ArrayList<>()).add(room.name());
            arrows.computeIfAbsent(house(room.name()), name -> new LinkedHashSet<>()).addAll(
                room.rooms().stream().map(Rooms::house).filter(to -> !to.equals("log") && !to.equals(house(room.name()))).toList());
        });
        String nodes = inside.entrySet().stream().map(entry -> "    " + entry.getKey() + label(entry.getKey(), entry.getValue()) + "\n")
            .collect(Collectors.joining());
        String lines = arrows.entrySet().stream().filter(entry -> !entry.getValue().isEmpty())
            .map(entry -> "    " + entry.getKey() + " --> " + String.join(" & ", entry.getValue()) + "\n").collect(Collectors.joining());
        return "```mermaid\nflowchart LR\n" + nodes + lines + "```\n";
    }

    private static String label(String house, List<String> rooms) {
        List<String> inner = rooms.stream().filter(room -> !room.equals(house)).map(room -> room.substring(house.length() + 1)).toList();
        return inner.isEmpty() ? "" : "[" + house + "<br>" + String.join(", ", inner) + "]";
    }

    private static String house(String room) {
        int dot = room.indexOf('.');
        return dot < 0 ? room : room.substring(0, dot);
    }

    private static Room room(String name, String rooms, String... libraries) {
        return new Room(name, rooms.isEmpty() ? List.of() : List.of(rooms.split(" ")), List.of(libraries));
    }

    /**
     * @param name      below the root
     * @param rooms     which it may know
     * @param libraries as ArchUnit names packages; Java's own are known to all
     */
    record Room(String name, List<String> rooms, List<String> libraries) {

        String packageName() {
            return Rooms.packageName(name);
        }

        String[] known() {
            return Stream.of(Stream.of("java..", packageName()), rooms.stream().map(Rooms::packageName), libraries.stream())
                .flatMap(each -> each).toArray(String[]::new);
        }

        @Override
        public String toString() {
            return packageName() + " -> " + rooms + Arrays.toString(known());
        }
    }
}
