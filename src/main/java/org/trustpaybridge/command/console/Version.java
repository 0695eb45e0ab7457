package org.trustpaybridge.command.console;

import java.util.Optional;

import picocli.CommandLine.IVersionProvider;

/** The version of the program, from the jar's manifest. */
public final class Version implements IVersionProvider {

    /** @return the version; {@code dev} when the program does not run from its jar */
    public static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion()).orElse("dev");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"trustpay-bridge " + current() + " (Java " + Runtime.version().feature() + ")"};
    }
}
