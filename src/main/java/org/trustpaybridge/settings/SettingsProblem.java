package org.trustpaybridge.settings;

/**
 * One thing wrong with the settings.
 *
 * @param key     the key it is about, as in the properties file
 * @param problem what was found and what is expected; never a secret
 * @param fix     what to do
 */
public record SettingsProblem(String key, String problem, String fix) {

    @Override
    public String toString() {
        return key + ": " + problem + "\n    " + fix;
    }
}
