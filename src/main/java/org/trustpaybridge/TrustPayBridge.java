package org.trustpaybridge;

import org.trustpaybridge.cli.CommandLines;
import org.trustpaybridge.command.Home;
import org.trustpaybridge.kafka.NativeCodecs;

/** Where the program begins. */
public final class TrustPayBridge {

    private TrustPayBridge() {
    }

    /** @param arguments see {@code --help} */
    public static void main(String[] arguments) {
        Home.besideJar("native").ifPresent(NativeCodecs::takeFrom);
        System.exit(CommandLines.run(arguments));
    }
}
