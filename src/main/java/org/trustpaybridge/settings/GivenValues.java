package org.trustpaybridge.settings;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.trustpaybridge.delivery.BrokerProfile;

/**
 * What was given for each setting, wherever it was given, read as what it must be. A value that cannot be read is noted as a problem, and
 * is empty from then on.
 */
final class GivenValues {

    private static final String CAMEL_PREFIX = "camel.";
    private static final String CAMEL_SERVER_PREFIX = "camel.server.";
    private static final String CAMEL_SERVER_ENABLED = CAMEL_SERVER_PREFIX + "enabled";
    /** Of the components that the routes use and an operator may have reason to set up. */
    private static final Pattern CAMEL_COMPONENT_VARIABLE = Pattern.compile("CAMEL_COMPONENT_(KAFKA|HTTPS?)_([A-Z0-9_]+)");
    /** As Camel 4.18.0 has them, in lower case and without hyphens. */
    private static final Set<String> CAMEL_GROUPS = Set.of("main", "component", "dataformat", "language", "context", "resilience4j",
        "faulttolerance", "rest", "threadpool", "health", "lra", "opentelemetry", "opentelemetry2", "telemetrydev", "mdc", "metrics",
        "routetemplate", "routecontroller", "devconsole", "variable", "beans", "globaloptions", "server", "management", "ssl", "debug",
        "trace", "vault", "startupcondition", "jbang");
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Map<String, String> environment;
    private final Properties system;
    private final Properties file = new Properties();
    private final List<SettingsProblem> problems = new ArrayList<>();

    GivenValues(Map<String, String> environment, Properties system) {
        this.environment = Map.copyOf(environment);
        this.system = system;
    }

    void readFile(Path path) {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            read.load(reader);
            file.putAll(read);
        } catch (IOException | IllegalArgumentException e) {
            problems.add(new SettingsProblem(path.toString(), "the file cannot be read as properties in UTF-8",
                "Check that it is there, readable and well-formed, or name another one with --config."));
        }
    }

    void refuseUnknownNames() {
        List<String> keys = Arrays.stream(Setting.values()).map(Setting::key).toList();
        file.stringPropertyNames().stream().filter(key -> !key.startsWith(CAMEL_PREFIX)).sorted().forEach(unlessIn(keys));
        List<String> variables = Arrays.stream(Setting.values()).map(Setting::environmentVariable).toList();
        // Only this prefix: KAFKA_..., TOPIC_... are set by others too, see Misspelt.
        environment.keySet().stream().filter(variable -> variable.startsWith("MULTISAFEPAY_"))
            .filter(variable -> !Misspelt.ofService(variable, environment.get(variable))).sorted().forEach(unlessIn(variables));
    }

    /** Camel passes over what stands under a name that it does not know. */
    void refuseWhatCamelPassesOver() {
        file.stringPropertyNames().stream().filter(key -> key.startsWith(CAMEL_PREFIX)).sorted().forEach(key -> {
            String group = key.substring(CAMEL_PREFIX.length()).split("[.\\[]", 2)[0];
            if (!CAMEL_GROUPS.contains(group.replace("-", "").toLowerCase(Locale.ROOT))) {
                problems.add(new SettingsProblem(key, "Camel has no settings that begin with camel." + group,
                    NearestName.to(group.toLowerCase(Locale.ROOT), CAMEL_GROUPS).map(near -> "Did you mean camel." + near + "?")
                        .orElse("Remove it; nothing reads it.")));
            }
        });
    }

    /**
     * Camel's other HTTP server would share the management server's router when it is given the same port, and nobody would ask for the
     * token. Camel reads names without regard to case, and those of the environment with any separator.
     */
    void refuseCamelsOwnServer() {
        Stream<String> variables = environment.keySet().stream().filter(variable -> CAMEL_SERVER_ENABLED.equals(dotted(variable)));
        Stream<String> keys = Stream.concat(file.stringPropertyNames().stream(), system.stringPropertyNames().stream())
            .filter(key -> dotted(key).startsWith(CAMEL_SERVER_PREFIX));
        Stream.concat(keys, variables).distinct().sorted().forEach(name -> problems.add(new SettingsProblem(name,
            "the bridge serves nothing but its management port, and camel.server would open that one without its token",
            "Remove it; management.host and management.port say where the bridge listens.")));
    }

    /** What would make the bridge say one thing and do another. */
    void refuseWhatMisleads() {
        refuseOfCamel("camel.main.auto-configuration-fail-fast",
            "with it a misspelt setting of Camel's would not end the start, but be logged with its value, which may be a password",
            "Remove it.");
        for (String brokers : List.of("camel.component.kafka.brokers", "camel.component.kafka.configuration.brokers")) {
            refuseOfCamel(brokers, "the brokers are told to more than Camel's component", "Set kafka.brokers (KAFKA_BROKERS).");
        }
    }

    private void refuseOfCamel(String key, String problem, String fix) {
        Stream.of(file.stringPropertyNames(), system.stringPropertyNames(), environment.keySet()).flatMap(Collection::stream)
            .filter(name -> plain(name).equals(plain(key))).distinct().sorted()
            .forEach(name -> problems.add(new SettingsProblem(name, problem, fix)));
    }

    /** The same for all spellings that Camel takes for one name, and for the variable of that name. */
    static String plain(String name) {
        return dotted(name).replace(".", "");
    }

    private static String dotted(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '.').replace('-', '.');
    }

    private Consumer<String> unlessIn(Collection<String> known) {
        return name -> {
            if (!known.contains(name)) {
                problems.add(new SettingsProblem(name, "there is no such setting", NearestName.to(name, known)
                    .map(near -> "Did you mean " + near + "?")
                    .orElse("Remove it; config/application.properties lists every setting.")));
            }
        };
    }

    /** What was given, without the white space around it; a blank text counts as not given, so that an empty variable overrides nothing. */
    Optional<String> text(Setting setting) {
        return firstGiven(system.getProperty(setting.key()), variableOf(setting), file.getProperty(setting.key()))
            .or(() -> setting == Setting.PUBLISH_TIMEOUT && profile() != BrokerProfile.KAFKA
                ? Optional.of(profile().publishTimeout().toSeconds() + "s") : setting.defaultValue());
    }

    /** @return where its value comes from */
    Origin origin(Setting setting) {
        if (firstGiven(system.getProperty(setting.key())).isPresent()) {
            return Origin.SYSTEM_PROPERTY;
        }
        if (firstGiven(variableOf(setting)).isPresent()) {
            return Origin.ENVIRONMENT;
        }
        return firstGiven(file.getProperty(setting.key())).isPresent() ? Origin.FILE : Origin.DEFAULT;
    }

    /** Not what Kubernetes sets for a service that has the name of one of our rooms, such as MANAGEMENT_PORT=tcp://10.0.0.1:80. */
    private String variableOf(Setting setting) {
        String value = environment.get(setting.environmentVariable());
        return value == null || Misspelt.ofService(setting.environmentVariable(), value) ? null : value;
    }

    /** What stands in a variable that is read by the logging too, before there are any settings. */
    Optional<String> variable(String name) {
        return firstGiven(system.getProperty(name), environment.get(name));
    }

    /** The same of such a variable. */
    Origin originOfVariable(String name) {
        return firstGiven(system.getProperty(name)).isPresent() ? Origin.SYSTEM_PROPERTY
            : firstGiven(environment.get(name)).isPresent() ? Origin.ENVIRONMENT : Origin.DEFAULT;
    }

    /** The same of a setting of Camel's. */
    Origin originOfCamel(String key) {
        if (system.getProperty(key) != null) {
            return Origin.SYSTEM_PROPERTY;
        }
        return environment.keySet().stream().anyMatch(variable -> plain(variable).equals(plain(key))) ? Origin.ENVIRONMENT : Origin.FILE;
    }

    /** What stands in a variable of the environment alone. */
    Optional<String> environment(String name) {
        return firstGiven(environment.get(name));
    }

    /** What stands in a system property alone. */
    Optional<String> system(String name) {
        return firstGiven(system.getProperty(name));
    }

    private static Optional<String> firstGiven(String... texts) {
        return Arrays.stream(texts).filter(text -> text != null && !text.isBlank()).map(String::strip).findFirst();
    }

    /**
     * @return the settings of Camel's own that stand in the file, and those of its components that stand in the environment, which win.
     *     Camel 4.18.0 reads other variables itself, but none of components: it looks for names that begin with {@code camel.component.}
     */
    Map<String, String> camelProperties() {
        Map<String, String> properties = file.stringPropertyNames().stream().filter(key -> key.startsWith(CAMEL_PREFIX))
            .collect(Collectors.toMap(Function.identity(), file::getProperty, (a, b) -> b, TreeMap::new));
        new TreeMap<>(environment).forEach((variable, value) -> {
            Matcher component = CAMEL_COMPONENT_VARIABLE.matcher(variable);
            if (component.matches() && !value.isBlank()) {
                String option = component.group(1) + '.' + component.group(2).replace('_', '-');
                String key = CAMEL_PREFIX + "component." + option.toLowerCase(Locale.ROOT);
                properties.keySet().removeIf(other -> plain(other).equals(plain(key)));
                properties.put(key, value.strip());
            }
        });
        return properties;
    }

    /** @return the same with those among the system properties, which Camel reads itself and which win */
    Map<String, String> camelPropertiesOfAll() {
        Map<String, String> all = camelProperties();
        system.stringPropertyNames().stream().filter(key -> key.startsWith(CAMEL_PREFIX)).forEach(key -> {
            all.keySet().removeIf(other -> plain(other).equals(plain(key)));
            all.put(key, system.getProperty(key));
        });
        return all;
    }

    /** @return what the brokers are; one that nobody knows is none */
    BrokerProfile profile() {
        return text(Setting.KAFKA_PROFILE).flatMap(BrokerProfile::of).orElse(BrokerProfile.KAFKA);
    }

    <T> Optional<T> value(Setting setting, Function<String, Optional<T>> parser) {
        Optional<String> text = text(setting);
        Optional<T> parsed = text.flatMap(parser);
        if (text.isPresent() && parsed.isEmpty()) {
            problem(setting, "found " + shown(text.get()) + ", expected " + setting.limits());
        }
        return parsed;
    }

    Optional<String> textThat(Setting setting, Predicate<String> fits) {
        return value(setting, text -> Optional.of(text).filter(fits));
    }

    Optional<Integer> number(Setting setting, int least, int most) {
        return value(setting, text -> Optional.of(text).filter(digits -> digits.matches("[0-9]{1,9}")).map(Integer::valueOf)
            .filter(number -> number >= least && number <= most));
    }

    Optional<Duration> duration(Setting setting) {
        return value(setting, text -> Durations.parse(text).filter(d -> !d.isZero() && d.compareTo(LONGEST) <= 0));
    }

    <E extends Enum<E>> Optional<E> choice(Setting setting, Class<E> type) {
        return value(setting, text -> Arrays.stream(type.getEnumConstants()).filter(value -> value.name().equalsIgnoreCase(text))
            .findFirst());
    }

    /** The path is not shown either: somebody may have written the key itself there. */
    Optional<String> firstLine(Setting setting, String path, String what) {
        try (BufferedReader reader = Files.newBufferedReader(Path.of(path), StandardCharsets.UTF_8)) {
            Optional<String> line = Optional.ofNullable(reader.readLine()).map(String::strip).filter(text -> !text.isEmpty());
            if (line.isEmpty()) {
                problem(setting, "the first line of the file is empty", "Write the " + what + " into it.");
            }
            return line;
        } catch (IOException | InvalidPathException e) {
            problem(setting, "the file cannot be read", "Check its path and who may read it.");
            return Optional.empty();
        }
    }

    void problem(Setting setting, String problem) {
        problem(setting, problem, "Set " + setting.key() + " in the file or " + setting.environmentVariable() + " in the environment.");
    }

    void problem(Setting setting, String problem, String fix) {
        problems.add(new SettingsProblem(label(setting), problem, fix));
    }

    private static String label(Setting setting) {
        return setting.key() + " (" + setting.environmentVariable() + ")";
    }

    void refuseVariable(String name, String problem) {
        refuse(name, problem, "Set it to one of them, or leave it out.");
    }

    /** A problem of a name that is none of the catalogue. */
    void refuse(String name, String problem, String fix) {
        problems.add(new SettingsProblem(name, problem, fix));
    }

    /** @return what is wrong: first what concerns no setting of the catalogue, then in its order */
    List<SettingsProblem> problems() {
        List<String> catalogue = Arrays.stream(Setting.values()).map(GivenValues::label).toList();
        return problems.stream().sorted(Comparator.comparingInt(problem -> catalogue.indexOf(problem.key()))).toList();
    }

    /** What was found, short enough for a line and without control characters. */
    static String shown(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return '"' + (clean.length() > 60 ? clean.substring(0, 60) + "..." : clean) + '"';
    }
}
