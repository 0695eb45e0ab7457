package org.trustpaybridge;

import org.trustpaybridge.command.CommandLines;
import org.trustpaybridge.command.console.Home;
import org.trustpaybridge.kafka.BrokerNames;
import org.trustpaybridge.kafka.NativeCodecs;

/** Where the program begins. */
public final class TrustPayBridge {

    /** Read by Netty once, with its first class. */
    private static final String NETTY_WITHOUT_UNSAFE = "io.netty.noUnsafe";

    private TrustPayBridge() {
    }

    /** @param arguments see {@code --help} */
    public static void main(String[] arguments) {
        if (Libraries.saidToBeMissing()) {
            System.exit(1);
        }
        Extensions.join();
        passByUnsafe();
        BrokerNames.forgetAddressesSoon();
        Home.besideJar("native").ifPresent(NativeCodecs::takeFrom);
        System.exit(CommandLines.run(arguments));
    }

    /**
     * From JDK 24 on Java warns on standard error of whoever touches memory with {@code sun.misc.Unsafe}, as Netty 4.1 does. It serves the
     * management port and the simulator only, which need no such speed; orders go another way. An operator's own word counts.
     */
    private static void passByUnsafe() {
        if (System.getProperty(NETTY_WITHOUT_UNSAFE) == null) {
            System.setProperty(NETTY_WITHOUT_UNSAFE, "true");
        }
    }
}
