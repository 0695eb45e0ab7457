package org.trustpaybridge.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The passwords among the settings of Camel's own, of Kafka above all: by themselves, or as an option of a login (JAAS). */
final class CamelPasswords {

    private static final Pattern OPTION = Pattern.compile("([\\w.]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s\";]++))");

    private static final List<String> WORDS = List.of("password", "passphrase", "secret", "jaas", "token", "credential");

    private CamelPasswords() {
    }

    /** @param properties keys and values, others among them */
    static List<String> of(Map<String, String> properties) {
        List<String> passwords = new ArrayList<>();
        properties.forEach((key, value) -> {
            if (plain(key).contains("jaas")) {
                passwords.addAll(ofLogin(value));
            } else if (isPassword(key)) {
                passwords.add(value);
            }
        });
        return passwords;
    }

    private static List<String> ofLogin(String jaas) {
        List<String> passwords = new ArrayList<>();
        Matcher option = OPTION.matcher(jaas);
        while (option.find()) {
            if (isPassword(option.group(1))) {
                passwords.add(option.group(2) == null ? option.group(3) : option.group(2).replaceAll("\\\\(.)", "$1"));
            }
        }
        return passwords;
    }

    /** @return whether the value of this key is better not shown: it is a password or a key, or may have one in it */
    static boolean hides(String key) {
        String name = plain(key);
        return WORDS.stream().anyMatch(name::contains) || name.endsWith("key") || name.endsWith("keystorecertificatechain");
    }

    /** Also of the name in brackets that an additional property has. */
    private static boolean isPassword(String name) {
        return plain(name).endsWith("password") || plain(name).endsWith("secret");
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }
}
