package org.trustpaybridge.kafka;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.utils.Utils;

/**
 * Names of brokers. Kafka's clients look a name up when they connect, but refuse to be made while none of their first addresses resolves:
 * a broker that is not there yet is waited for, one whose name is not there yet is not.
 */
public final class BrokerNames {

    /** Read by Java once, with the first look-up. */
    private static final String KEEP = "networkaddress.cache.ttl";
    private static final String KEEP_OF_OLD = "sun.net.inetaddr.ttl";
    private static final String KEEP_MISSES = "networkaddress.cache.negative.ttl";
    /** Java's own in java.security; nobody wrote it there. */
    private static final String MISSES_BY_JAVA = "10";

    private BrokerNames() {
    }

    /**
     * Has Java ask anew where a name leads to every few seconds, instead of every 30, and whether a missing one is there, instead of every
     * 10: brokers move. What an operator said of it counts. To be called before any name is looked up.
     */
    public static void forgetAddressesSoon() {
        if (Security.getProperty(KEEP) == null && System.getProperty(KEEP_OF_OLD) == null) {
            Security.setProperty(KEEP, "5");
        }
        if (MISSES_BY_JAVA.equals(Security.getProperty(KEEP_MISSES))) {
            Security.setProperty(KEEP_MISSES, "1");
        }
    }

    /**
     * @param brokers host:port, separated by commas
     * @return whether one of the hosts resolves, which is enough for a client
     */
    static boolean resolve(String brokers) {
        return Arrays.stream(brokers.split(",")).map(String::strip).map(Utils::getHost).anyMatch(BrokerNames::resolves);
    }

    /**
     * @param properties of a client
     * @return what it cannot be made without, as a sentence without a full stop: an address, or a token to log in with; empty when all is
     *     there
     */
    static Optional<String> missing(Properties properties) {
        String brokers = properties.getProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
        return resolve(brokers) ? Tokens.of(properties).flatMap(Tokens::missing)
            : Optional.of("no name in kafka.brokers resolves: " + brokers);
    }

    private static boolean resolves(String host) {
        try {
            return host != null && InetAddress.getByName(host) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
