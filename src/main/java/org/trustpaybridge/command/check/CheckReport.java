package org.trustpaybridge.command.check;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trustpaybridge.command.console.JsonOption;
import org.trustpaybridge.command.console.Shown;
import org.trustpaybridge.command.console.Styled;
import org.trustpaybridge.command.console.Table;
import picocli.CommandLine.Help.ColorScheme;

/** Shows what was found: a table, then what to do about each thing that is not well. */
public final class CheckReport {

    private final List<Finding> findings;

    /** @param findings in the order in which they are shown */
    public CheckReport(List<Finding> findings) {
        this.findings = List.copyOf(findings);
    }

    /** @return how many have this result */
    public long count(Result result) {
        return findings.stream().filter(finding -> finding.result() == result).count();
    }

    /** For people. */
    public void print(PrintWriter out, ColorScheme colors) {
        Table table = new Table(colors, "CHECK", "RESULT", "FOUND");
        findings.forEach(finding -> table.row(finding.check(), new Styled(finding.result().style(), finding.result().toString()),
            finding.detail()));
        table.print(out);
        out.println();
        List<Finding> todo = findings.stream().filter(finding -> !finding.advice().isEmpty())
            .sorted((a, b) -> b.result().compareTo(a.result())).toList();
        for (Finding finding : todo) {
            out.println(new Styled(finding.result().style(), finding.result() + ": " + finding.check()).in(colors));
            finding.advice().lines().forEach(line -> out.println(line.startsWith("  ") ? "    " + Shown.plain(line.strip())
                : Shown.wrapped(line, "  ", Table.WIDTH)));
        }
        out.println((todo.isEmpty() ? "" : System.lineSeparator()) + counted(Result.PROBLEM, "s") + ", "
            + counted(Result.WARNING, "s") + ", " + counted(Result.OK, "") + ", " + counted(Result.SKIPPED, ""));
        out.flush();
    }

    private String counted(Result result, String plural) {
        return count(result) + " " + result + (count(result) == 1 ? "" : plural);
    }

    /** For machines. */
    public void printJson(PrintWriter out) {
        ObjectNode document = JsonOption.object();
        Result worst = count(Result.PROBLEM) > 0 ? Result.PROBLEM : count(Result.WARNING) > 0 ? Result.WARNING : Result.OK;
        document.put("result", worst.toString());
        ArrayNode checks = document.putArray("checks");
        for (Finding finding : findings) {
            checks.addObject().put("check", finding.check()).put("result", finding.result().toString()).put("found", finding.detail())
                .put("advice", finding.advice().lines().map(String::strip).collect(Collectors.joining("\n")));
        }
        JsonOption.print(out, document);
    }
}
