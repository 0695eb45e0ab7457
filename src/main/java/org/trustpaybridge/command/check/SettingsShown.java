package org.trustpaybridge.command.check;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trustpaybridge.command.console.ConfigOption;
import org.trustpaybridge.command.console.ExitCode;
import org.trustpaybridge.command.console.Home;
import org.trustpaybridge.command.console.JsonOption;
import org.trustpaybridge.command.console.Table;
import org.trustpaybridge.settings.EffectiveSetting;
import org.trustpaybridge.settings.InvalidSettingsException;
import org.trustpaybridge.settings.Misspelt;
import org.trustpaybridge.settings.Origin;
import org.trustpaybridge.settings.SettingsProblem;
import picocli.CommandLine;

/** Shows which value each setting has and where it was given, and what is wrong with them. */
public final class SettingsShown {

    private final ConfigOption config;
    private final Path routes;

    /**
     * @param config where settings are read from
     * @param routes folder that was named on the command line; null: none
     */
    public SettingsShown(ConfigOption config, Path routes) {
        this.config = config;
        this.routes = routes;
    }

    /**
     * @param line where it is shown
     * @param json whether for machines
     * @return the exit code
     */
    public int on(CommandLine line, boolean json) {
        List<SettingsProblem> problems = problems();
        List<EffectiveSetting> all = new ArrayList<>(config.effective(problems));
        config.file().ifPresent(file -> all.add(0, new EffectiveSetting("--config", Home.shown(file), config.given() ? Origin.OPTION
            : Origin.DEFAULT)));
        if (routes != null) {
            all.add(0, new EffectiveSetting("--routes", routes.toString(), Origin.OPTION));
        }
        for (Misspelt misspelt : ConfigOption.misspelt()) {
            problems.add(new SettingsProblem(misspelt.name(), "there is no such setting", misspelt.advice()));
        }
        if (json) {
            printJson(line.getOut(), all, problems);
        } else {
            print(line, all, problems);
        }
        return problems.isEmpty() ? ExitCode.DONE : ExitCode.WRONG_USAGE;
    }

    private List<SettingsProblem> problems() {
        try {
            config.load();
            return new ArrayList<>();
        } catch (InvalidSettingsException e) {
            return new ArrayList<>(e.problems());
        }
    }

    private static void print(CommandLine line, List<EffectiveSetting> all, List<SettingsProblem> problems) {
        Table table = new Table(line.getColorScheme(), "SETTING", "FROM", "VALUE");
        all.forEach(each -> table.row(each.key(), each.origin().toString(), each.value()));
        PrintWriter out = line.getOut();
        table.print(out);
        problems.forEach(problem -> out.println(System.lineSeparator() + "problem: " + problem));
        out.flush();
    }

    private static void printJson(PrintWriter out, List<EffectiveSetting> all, List<SettingsProblem> problems) {
        ObjectNode document = JsonOption.object();
        ArrayNode settings = document.putArray("settings");
        all.forEach(each -> settings.addObject().put("key", each.key()).put("value", each.value()).put("from", each.origin().toString()));
        ArrayNode wrong = document.putArray("problems");
        problems.forEach(each -> wrong.addObject().put("key", each.key()).put("problem", each.problem()).put("fix", each.fix()));
        JsonOption.print(out, document);
    }
}
