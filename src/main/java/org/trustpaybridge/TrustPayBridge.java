package org.trustpaybridge;

import org.trustpaybridge.cli.CommandLines;

/** Where the program begins. */
public final class TrustPayBridge {

    private TrustPayBridge() {
    }

    /** @param arguments see {@code --help} */
    public static void main(String[] arguments) {
        System.exit(CommandLines.run(arguments));
    }
}
