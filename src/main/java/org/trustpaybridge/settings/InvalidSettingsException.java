package org.trustpaybridge.settings;

import java.util.List;
import java.util.stream.Collectors;

/** The settings cannot be used. The message lists every problem with its fix, for a person to read. */
public final class InvalidSettingsException extends RuntimeException {

    private final transient List<SettingsProblem> problems;

    /** @param problems what is wrong; at least one */
    public InvalidSettingsException(List<SettingsProblem> problems) {
        super(problems.stream().map(problem -> "  " + problem).collect(Collectors.joining("\n",
            problems.size() == 1 ? "The configuration has a problem:\n" : "The configuration has " + problems.size() + " problems:\n",
            "")));
        this.problems = List.copyOf(problems);
    }

    /** @return what is wrong, in the order of the catalogue */
    public List<SettingsProblem> problems() {
        return problems;
    }
}
