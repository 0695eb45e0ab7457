package org.trustpaybridge.command.console;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.trustpaybridge.settings.EffectiveSetting;
import org.trustpaybridge.settings.InvalidSettingsException;
import org.trustpaybridge.settings.Misspelt;
import org.trustpaybridge.settings.Settings;
import org.trustpaybridge.settings.SettingsLoader;
import org.trustpaybridge.settings.SettingsProblem;
import picocli.CommandLine.Option;

/** The option {@code --config}: every command takes its settings from where {@code run} takes them. */
public final class ConfigOption {

    @Option(names = "--config", paramLabel = "FILE",
        description = "Settings. Default: config/application.properties here, else beside the jar.")
    private Path config;

    /**
     * @return the settings, with the environment and the system properties, as {@code run} sees them
     * @throws InvalidSettingsException when anything is missing, impossible or unknown
     */
    public Settings load() {
        return loader().load(file());
    }

    /**
     * For commands that never call the provider.
     *
     * @return the same; the API key may be missing, and is empty then
     * @throws InvalidSettingsException when anything else is missing, impossible or unknown
     */
    public Settings loadWithoutApiKey() {
        return loader().apiKeyOptional().load(file());
    }

    /**
     * @param other another file than the one of this option
     * @return its settings; the API key may be missing
     * @throws InvalidSettingsException when anything else is missing, impossible or unknown
     */
    public static Settings loadWithoutApiKey(Path other) {
        return loader().apiKeyOptional().load(Optional.of(other));
    }

    /** @return whether a file was named */
    public boolean given() {
        return config != null;
    }

    /** @return the file that settings are read from; empty when there is none */
    public Optional<Path> file() {
        return Optional.ofNullable(config).or(() -> Home.find("config/application.properties"));
    }

    /** @return names of the environment and of the system properties that look like settings and are none */
    public static List<Misspelt> misspelt() {
        return Misspelt.among(System.getenv(), System.getProperties());
    }

    /**
     * @param problems what {@link #load()} complains about
     * @return what holds for each setting, and where it was given
     */
    public List<EffectiveSetting> effective(List<SettingsProblem> problems) {
        return EffectiveSetting.all(System.getenv(), System.getProperties(), file(), problems);
    }

    private static SettingsLoader loader() {
        return new SettingsLoader(System.getenv(), System.getProperties());
    }
}
