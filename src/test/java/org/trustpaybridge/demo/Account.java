package org.trustpaybridge.demo;

import java.io.PrintStream;

/** Prints to a terminal of 80 columns. Only what somebody will copy, a URL or a command, may be longer. */
final class Account {
    private static final int WIDTH = 80;

    private final PrintStream out;

    Account(PrintStream out) {
        this.out = out;
    }

    void title(String text) {
        out.println();
        out.println(text);
        out.println("-".repeat(text.length()));
    }

    void text(String text) {
        out.println();
        wrapped("", "", text);
    }

    /** A label in a column of its own, then a value that is never broken. */
    void fact(String label, String value) {
        out.printf("  %-14s %s%n", label, value);
    }

    void command(String line) {
        out.println("  " + line);
    }

    void outcome(DemoOrder order, Outcome outcome) {
        out.println();
        wrapped("", "  ", order.key() + "  (" + order.about() + ")");
        if (outcome instanceof Outcome.Payable payable) {
            out.println("  payment URL: " + payable.paymentUrl());
        } else if (outcome instanceof Outcome.DeadLetter letter) {
            out.println("  dead letter: " + letter.code());
            letter.reasons().forEach(reason -> wrapped("    - ", "      ", reason));
        } else {
            out.println("  nothing yet");
        }
    }

    private void wrapped(String firstIndent, String indent, String text) {
        StringBuilder line = new StringBuilder(firstIndent);
        boolean empty = true;
        for (String word : text.split(" ")) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                out.println(line);
                line = new StringBuilder(indent);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        out.println(line);
    }
}
