package org.trustpaybridge.settings;

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
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A name of the environment or of Java's system properties that is no setting, and looks so much like one that somebody most likely meant
 * it. Nothing reads it, so that the setting keeps another value than that person believes. A wrong name in the file is refused instead,
 * since nobody else writes there.
 *
 * @param name  as it was found; its value may be a secret and is not looked at
 * @param meant the name that was probably meant
 */
public record Misspelt(String name, String meant) {

    /** What Kubernetes and Docker set for the services beside which a container runs, whatever those are called. */
    private static final Pattern OF_A_SERVICE = Pattern.compile(
        ".*_SERVICE_(HOST|PORT(_.*)?)|.*_PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?");
    private static final Pattern ADDRESS_OF_A_SERVICE = Pattern.compile("(tcp|udp|sctp)://.*");
    /** Names of other programs that are near to ours. */
    private static final Set<String> OF_OTHERS = Set.of("KAFKA_BROKER_ID", "KAFKA_NODE_ID", "ORDER_ID");
    /** What people call it elsewhere. */
    private static final Set<String> BROKERS_ELSEWHERE = Set.of("KAFKA_BOOTSTRAP_SERVERS", "KAFKA_BOOTSTRAP_SERVER", "KAFKA_BOOTSTRAP");
    /** Words that are written behind a name by who expects a unit or a kind there. */
    private static final Set<String> BEHIND = Set.of("MS", "MILLIS", "S", "SEC", "SECONDS", "MINUTES", "HOURS", "TIME", "LIST", "NAME",
        "URL", "URI", "FILE", "PATH", "TOPIC");
    private static final List<String> LOGGING = List.of("LOG_FORMAT", "LOG_LEVEL");
    private static final String COMPONENT = "COMPONENT";
    private static final List<String> COMPONENTS = List.of("KAFKA", "HTTP", "HTTPS");

    /**
     * @param environment the environment variables
     * @param system      the system properties
     * @return those that look like a setting and are none, by name
     */
    public static List<Misspelt> among(Map<String, String> environment, Properties system) {
        List<String> variables = Stream.concat(Arrays.stream(Setting.values()).map(Setting::environmentVariable), LOGGING.stream())
            .toList();
        List<Misspelt> found = new ArrayList<>();
        new TreeMap<>(environment).forEach((name, value) -> {
            // Those that begin so are refused, see GivenValues.
            if (!name.startsWith("MULTISAFEPAY_") && !ofService(name, value) && !OF_OTHERS.contains(name)) {
                meant(name, environment.keySet(), variables).ifPresent(meant -> found.add(new Misspelt(name, meant)));
            }
        });
        for (String name : new TreeSet<>(system.stringPropertyNames())) {
            List<String> keys = Stream.concat(Arrays.stream(Setting.values()).map(Setting::key), LOGGING.stream()).toList();
            if (!keys.contains(name)) {
                near(variable(name), variables).map(variable -> keys.get(variables.indexOf(variable)))
                    .ifPresent(meant -> found.add(new Misspelt(name, meant)));
            }
        }
        return found;
    }

    /** @return whether the platform sets a variable with this name and value for some service */
    static boolean ofService(String name, String value) {
        return OF_A_SERVICE.matcher(name).matches() || name.endsWith("_PORT") && ADDRESS_OF_A_SERVICE.matcher(value).matches();
    }

    /** @return what to do */
    public String advice() {
        return "Did you mean " + meant + "? Rename it, or remove it: nothing reads it.";
    }

    private static Optional<String> meant(String name, Set<String> given, Collection<String> variables) {
        if (variables.contains(name)) {
            return Optional.empty();
        }
        if (BROKERS_ELSEWHERE.contains(name)) {
            return Optional.of(Setting.KAFKA_BROKERS.environmentVariable()).filter(brokers -> !given.contains(brokers));
        }
        String variable = variable(name);
        return variable.startsWith("CAMEL_") ? ofCamel(name, variable) : near(variable, variables);
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static Optional<String> near(String variable, Collection<String> variables) {
        return variables.stream().filter(known -> isLike(variable, known))
            .min(Comparator.comparingInt((String known) -> NearestName.distance(variable, known)).thenComparing(Comparator.naturalOrder()));
    }

    private static boolean isLike(String variable, String known) {
        if (variable.replace("_", "").equals(known.replace("_", ""))
            || NearestName.distance(variable, known) <= Math.max(2, known.length() / 5)) {
            return true;
        }
        List<String> words = words(variable);
        List<String> wordsOfKnown = words(known);
        if (words.size() < 2 || wordsOfKnown.size() < 2) {
            return false;
        }
        Set<String> more = new TreeSet<>(words);
        wordsOfKnown.forEach(more::remove);
        boolean allOfKnown = words.containsAll(wordsOfKnown);
        // A word is left out, one is too many, or they stand in another order.
        return allOfKnown && BEHIND.containsAll(more)
            || more.isEmpty() && words.get(0).equals(wordsOfKnown.get(0)) && 2 * words.size() > wordsOfKnown.size();
    }

    private static List<String> words(String variable) {
        return List.of(variable.split("_"));
    }

    /** Camel refuses a setting that its component does not have; but one of no component at all nobody reads. */
    private static Optional<String> ofCamel(String name, String variable) {
        String[] words = variable.split("_", 4);
        if (words.length < 3) {
            return Optional.empty();
        }
        if (COMPONENTS.contains(words[1])) {
            return Optional.of("CAMEL_COMPONENT_" + variable.substring("CAMEL_".length()));
        }
        if (words.length < 4 || !near(words[1], COMPONENT, 3)) {
            return Optional.empty();
        }
        return COMPONENTS.stream().filter(component -> near(words[2], component, 2))
            .min(Comparator.comparingInt(component -> NearestName.distance(words[2], component)))
            .map(component -> "CAMEL_COMPONENT_" + component + "_" + words[3]).filter(meant -> !meant.equals(name));
    }

    private static boolean near(String word, String known, int atMost) {
        return NearestName.distance(word, known) <= atMost;
    }
}
