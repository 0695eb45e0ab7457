package org.trustpaybridge.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What holds for one setting, for people.
 *
 * @param key    as in the file
 * @param value  as it was given, {@code ***} in the place of secrets; empty where nothing is set and there is no default
 * @param origin where it was given
 */
public record EffectiveSetting(String key, String value, Origin origin) {

    private static final String HIDDEN = "***";
    private static final Set<Setting> SECRETS = Set.of(Setting.MULTISAFEPAY_API_KEY, Setting.MANAGEMENT_TOKEN, Setting.SCHEMA_REGISTRY_USER,
        Setting.SCHEMA_REGISTRY_PASSWORD, Setting.SCHEMA_REGISTRY_TRUST_STORE_PASSWORD, Setting.SCHEMA_REGISTRY_KEY_STORE_PASSWORD,
        Setting.MULTISAFEPAY_PROXY_PASSWORD);
    private static final Pattern LOGIN_IN_URL = Pattern.compile("(://|^)[^/@\\s]+@");
    /** Shops put tokens there. */
    private static final Pattern QUERY_OF_URL = Pattern.compile("(https?://[^?#]*)[?#].*");

    /**
     * Reads the same places as {@link SettingsLoader}, and complains about nothing.
     *
     * @param environment the environment variables
     * @param system      the system properties
     * @param file        the properties file; empty: none
     * @param problems    what {@link SettingsLoader} complains about; such a value is not shown
     * @return all settings in the order of the catalogue, those of the logging, and those of Camel that were given
     */
    public static List<EffectiveSetting> all(Map<String, String> environment, Properties system, Optional<Path> file,
                                             List<SettingsProblem> problems) {
        GivenValues given = new GivenValues(environment, system);
        file.ifPresent(given::readFile);
        Set<String> wrong = problems.stream().map(problem -> problem.key().split(" ")[0]).collect(Collectors.toSet());
        List<EffectiveSetting> all = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            Origin origin = given.origin(setting);
            boolean refused = wrong.contains(setting.key()) && origin != Origin.DEFAULT;
            String value = given.text(setting).map(text -> refused ? "(not valid)" : shown(setting, text)).orElse("");
            all.add(setting == Setting.MULTISAFEPAY_PROXY && value.isEmpty() ? proxy(given)
                : new EffectiveSetting(setting.key(), value, origin));
        }
        all.add(logging(given, "LOG_FORMAT", "text"));
        all.add(logging(given, "LOG_LEVEL", "info"));
        given.camelPropertiesOfAll().forEach((key, value) -> all.add(new EffectiveSetting(key, hidden(key, value),
            given.originOfCamel(key))));
        return all;
    }

    /** One that was not named by our own setting, with the name that it was given by. */
    private static EffectiveSetting proxy(GivenValues given) {
        return new ProxySettings(given).otherwiseGiven().map(found ->
            new EffectiveSetting(Setting.MULTISAFEPAY_PROXY.key(), clean(found.text()) + " (" + found.name() + ")", found.origin()))
            .orElse(new EffectiveSetting(Setting.MULTISAFEPAY_PROXY.key(), "", Origin.DEFAULT));
    }

    private static EffectiveSetting logging(GivenValues given, String name, String otherwise) {
        Origin origin = given.originOfVariable(name);
        return new EffectiveSetting(name, given.variable(name).map(EffectiveSetting::clean).orElse(otherwise), origin);
    }

    private static String hidden(String key, String value) {
        return CamelPasswords.hides(key) ? HIDDEN : clean(value);
    }

    private static String shown(Setting setting, String text) {
        if (SECRETS.contains(setting)) {
            return HIDDEN;
        }
        if (setting.key().endsWith("-file")) {
            // Somebody may have written the secret itself there.
            return isFile(text) ? clean(text) : HIDDEN;
        }
        return clean(text);
    }

    private static String clean(String text) {
        return QUERY_OF_URL.matcher(LOGIN_IN_URL.matcher(text.replaceAll("\\p{Cntrl}", "?")).replaceAll("$1" + HIDDEN + "@"))
            .replaceAll("$1?" + HIDDEN);
    }

    private static boolean isFile(String path) {
        try {
            return Files.isReadable(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
