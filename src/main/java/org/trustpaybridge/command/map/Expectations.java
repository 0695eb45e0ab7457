package org.trustpaybridge.command.map;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trustpaybridge.command.console.CommandFailedException;
import org.trustpaybridge.order.IncomingEvent;
import org.trustpaybridge.order.Mapping;
import org.trustpaybridge.order.Violation;
import org.trustpaybridge.order.mapping.MappingInput;

/** Runs the events of a folder and compares what comes with what its files say, member by member. */
final class Expectations {

    private static final String EVENT = ".event.json";
    private static final String RECORD = ".record.json";
    private static final String ORDER = ".order.json";
    private static final String VIOLATIONS = ".violations.json";
    private static final String SKIPPED = ".skipped.json";
    private static final List<String> EXPECTED = List.of(ORDER, VIOLATIONS, SKIPPED);
    private static final Map<String, String> CONSTANT = Map.of("type", "redirect", "gateway", "TRUSTPAY");
    private static final String NONE = "-";

    private static final JsonMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES).build();

    private final Path folder;
    private final EventToOrder way;

    Expectations(Path folder, EventToOrder way) {
        this.folder = folder;
        this.way = way;
    }

    /** @throws CommandFailedException when the folder has no event, or something in it cannot be read */
    List<TestCase> run() {
        List<TestCase> cases = new ArrayList<>();
        try {
            for (String name : names()) {
                cases.add(new TestCase(name, differences(name)));
            }
        } catch (IOException e) {
            throw new CommandFailedException("The folder " + folder + " cannot be read: " + e.getMessage());
        }
        if (cases.isEmpty()) {
            throw new CommandFailedException("There is no *" + EVENT + " in " + folder + ".");
        }
        return cases;
    }

    /** Of events, and of expectations too: one whose event is missing is no test that passes. */
    private Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()).forEach(file ->
                Stream.concat(Stream.of(EVENT, RECORD), EXPECTED.stream()).filter(file::endsWith)
                    .forEach(end -> names.add(file.substring(0, file.length() - end.length()))));
        }
        return names;
    }

    private List<TestCase.Difference> differences(String name) throws IOException {
        if (!exists(name, EVENT)) {
            return List.of(new TestCase.Difference(name + EVENT, "a file", NONE));
        }
        FoundEvent event = event(name);
        Mapping came = way.map(event);
        List<String> given = EXPECTED.stream().filter(end -> exists(name, end)).toList();
        if (given.size() != 1) {
            return List.of(new TestCase.Difference("outcome", given.isEmpty() ? "one of " + String.join(", ", EXPECTED)
                : "one file, not " + String.join(" and ", given), outcome(came)));
        }
        return switch (given.get(0)) {
            case ORDER -> came instanceof Mapping.Accepted accepted ? orders(name, accepted) : other("an order", came);
            case VIOLATIONS -> came instanceof Mapping.Refused refused ? violations(name, refused) : other("violations", came);
            default -> came == null ? List.of() : other("skipped", came);
        };
    }

    private static List<TestCase.Difference> other(String expected, Mapping came) {
        List<TestCase.Difference> differences = new ArrayList<>();
        differences.add(new TestCase.Difference("outcome", expected, outcome(came)));
        if (came instanceof Mapping.Refused refused) {
            refused.violations().forEach(each -> differences.add(new TestCase.Difference(each.field(), NONE, each.problem())));
        }
        return differences;
    }

    private static String outcome(Mapping came) {
        return came == null ? "skipped" : came instanceof Mapping.Refused ? "violations" : "an order";
    }

    private List<TestCase.Difference> orders(String name, Mapping.Accepted accepted) throws IOException {
        if (!(read(name, ORDER) instanceof ObjectNode expected)) {
            return List.of(new TestCase.Difference(name + ORDER, "a JSON object", "something else"));
        }
        // There are no others, so nobody has to write them.
        CONSTANT.forEach((member, value) -> {
            if (!expected.has(member)) {
                expected.put(member, value);
            }
        });
        Map<String, String> a = OrderView.members(expected);
        Map<String, String> b = OrderView.members(OrderView.whole(accepted.order()));
        Set<String> fields = new LinkedHashSet<>(b.keySet());
        fields.addAll(a.keySet());
        return fields.stream().filter(field -> !a.getOrDefault(field, NONE).equals(b.getOrDefault(field, NONE)))
            .map(field -> new TestCase.Difference(field, a.getOrDefault(field, NONE), b.getOrDefault(field, NONE))).toList();
    }

    /** Each expected one is a field, and where it is given the whole problem; none may be missing, and none too many. */
    private List<TestCase.Difference> violations(String name, Mapping.Refused refused) throws IOException {
        JsonNode file = read(name, VIOLATIONS);
        JsonNode expected = file.isArray() ? file : file.path("violations");
        List<Violation> left = new ArrayList<>(refused.violations());
        List<TestCase.Difference> differences = new ArrayList<>();
        for (JsonNode each : expected) {
            String field = each.path("field").asText();
            Optional<Violation> found = left.stream().filter(violation -> violation.field().equals(field)
                && (!each.has("problem") || violation.problem().equals(each.get("problem").asText()))).findFirst();
            if (found.isPresent()) {
                left.remove(found.get());
            } else {
                Optional<Violation> other = left.stream().filter(violation -> violation.field().equals(field)).findFirst();
                other.ifPresent(left::remove);
                differences.add(new TestCase.Difference(field, each.path("problem").asText("a violation"),
                    other.map(Violation::problem).orElse(NONE)));
            }
        }
        left.forEach(each -> differences.add(new TestCase.Difference(each.field(), NONE, each.problem())));
        return differences;
    }

    private FoundEvent event(String name) throws IOException {
        JsonNode record = exists(name, RECORD) ? read(name, RECORD) : JSON.createObjectNode();
        Map<String, String> headers = new HashMap<>();
        record.path("headers").properties().forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
        IncomingEvent event = new IncomingEvent(Files.readAllBytes(file(name, EVENT)), headers);
        Optional<MappingInput.Place> place = record.has("topic") ? Optional.of(new MappingInput.Place(record.get("topic").asText(),
            record.path("partition").asInt(), record.path("offset").asLong())) : Optional.empty();
        Optional<String> key = record.hasNonNull("key") ? Optional.of(record.get("key").asText()) : Optional.empty();
        return new FoundEvent(name, event, new MappingInput(event, place, time(name, record), () -> key, () -> headers));
    }

    private Instant time(String name, JsonNode record) {
        try {
            return record.has("timestamp") ? Instant.parse(record.get("timestamp").asText()) : Instant.EPOCH;
        } catch (DateTimeException e) {
            throw new CommandFailedException(file(name, RECORD) + ": timestamp: expected a time such as 2026-11-22T10:15:30Z");
        }
    }

    private JsonNode read(String name, String end) throws IOException {
        try {
            return JSON.readTree(Files.readAllBytes(file(name, end)));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new CommandFailedException(file(name, end) + " is not JSON, or has a member twice (line " + e.getLocation().getLineNr()
                + ", column "
                + e.getLocation().getColumnNr() + ").");
        }
    }

    private boolean exists(String name, String end) {
        return Files.isRegularFile(file(name, end));
    }

    private Path file(String name, String end) {
        return folder.resolve(name + end);
    }
}
