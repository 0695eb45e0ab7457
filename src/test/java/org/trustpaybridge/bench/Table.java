package org.trustpaybridge.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Prints what was measured, in 80 columns. */
final class Table {
    private static final String RULE = "-".repeat(80);

    private final PrintStream out;

    Table(PrintStream out) {
        this.out = out;
    }

    /** What holds for all scenarios. */
    void head(String text) {
        out.println(text);
    }

    void scenario(Scenario scenario) {
        out.println();
        out.println(scenario.name() + ": " + scenario.title());
        wrapped("  " + scenario.conditions());
        out.println(RULE);
        out.println("              orders/s  ideal   CPU s/  RSS  start  calls/  p50  p95  p99   max");
        out.println("                                 1000    MB      s   order   ms   ms   ms    ms");
        out.println(RULE);
    }

    void round(Measurement measurement) {
        line(measurement.program().label() + " " + measurement.round(), figure -> figure.applyAsDouble(measurement));
        measurement.faults().forEach(fault -> out.println("  NOT ACCOUNTED FOR: " + fault));
    }

    void summary(Summary summary, List<Contender> contenders, List<Goal.Reached> goals) {
        out.println(RULE);
        contenders.forEach(each -> line(each.label() + " median", figure -> summary.median(each, figure)));
        if (contenders.contains(Contender.BRIDGE)) {
            contenders.stream().filter(each -> each != Contender.BRIDGE).forEach(other -> out.println(row("by " + other.label(),
                number(summary.ratio(other, Measurement::ordersPerSecond), "%.3f"), "",
                number(summary.ratio(other, Measurement::cpuPerThousand), "%.2f"),
                number(summary.ratio(other, Measurement::peakMegabytes), "%.2f"),
                number(summary.ratio(other, Measurement::startSeconds), "%.2f"), "", "", "", "", "")));
        }
        goals.forEach(goal -> out.printf(Locale.ROOT, "  %-6s %s: %s, %s%n", goal.met() == null ? "-" : goal.met() ? "met" : "MISSED",
            goal.text(), number(goal.measured(), "%.3f"), goal.limit()));
    }

    private interface Figures {
        double of(ToDoubleFunction<Measurement> figure);
    }

    private void line(String label, Figures figures) {
        out.println(row(label, number(figures.of(Measurement::ordersPerSecond), "%.1f"), percent(figures.of(Measurement::shareOfIdeal)),
            number(figures.of(Measurement::cpuPerThousand), "%.3f"), number(figures.of(Measurement::peakMegabytes), "%.0f"),
            number(figures.of(Measurement::startSeconds), "%.2f"), number(figures.of(Measurement::callsPerOrder), "%.3f"),
            number(figures.of(Measurement::p50), "%.0f"), number(figures.of(Measurement::p95), "%.0f"),
            number(figures.of(Measurement::p99), "%.0f"), number(figures.of(Measurement::max), "%.0f")));
    }

    private static String row(String... cells) {
        return String.format(Locale.ROOT, "%-15s%7s %6s %8s %4s %6s %7s %4s %4s %4s %5s", (Object[]) cells).stripTrailing();
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f%%", share * 100);
    }

    private static String number(double value, String format) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }

    private void wrapped(String text) {
        String rest = text;
        while (rest.length() > 80) {
            int cut = rest.lastIndexOf(", ", 79) + 1;
            if (cut <= 0) {
                break;
            }
            out.println(rest.substring(0, cut));
            rest = "  " + rest.substring(cut).trim();
        }
        out.println(rest);
    }
}
