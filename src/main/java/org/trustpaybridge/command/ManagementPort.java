package org.trustpaybridge.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Locale;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trustpaybridge.command.console.CommandFailedException;
import org.trustpaybridge.settings.NotificationSettings;

/**
 * Tries the ports that the bridge listens on before anything starts. A bridge that cannot listen there does not start either, but Camel
 * 4.18 logs two stack traces by then.
 */
final class ManagementPort {

    private static final Logger LOG = LoggerFactory.getLogger(ManagementPort.class);

    private ManagementPort() {
    }

    /**
     * @param host address to listen on
     * @return whether only this machine reaches it
     */
    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * @param host address to listen on
     * @param port port; 0 takes any free one
     * @throws CommandFailedException when it cannot be listened on
     */
    static void check(String host, int port) {
        check(host, port, "health and metrics", "management");
    }

    /**
     * As above, for the port of notifications.
     *
     * @param notifications where they are to be received
     * @throws CommandFailedException when it cannot be listened on
     */
    static void check(NotificationSettings notifications) {
        check(notifications.host(), notifications.port(), "notifications", "notifications");
    }

    private static void check(String host, int port, String what, String section) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            LOG.debug("{} can be listened on", socket.getLocalSocketAddress());
        } catch (IOException e) {
            throw new CommandFailedException("The bridge cannot listen on " + host + ":" + port + " for " + what + ": " + e.getMessage()
                + "\nStop what listens there, or set %1$s.host (%2$s_HOST) and %1$s.port (%2$s_PORT) otherwise."
                .formatted(section, section.toUpperCase(Locale.ROOT)));
        }
    }
}
