package org.trustpaybridge.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nobody listens on.
 *
 * <p>They lie below the range that operating systems hand out for outgoing connections (from 32768 on Linux, from 49152
 * elsewhere). Otherwise a client that keeps trying to reach a stopped broker can be given the broker's own port as its local
 * one, connects to itself, and the broker cannot start there again.
 *
 * <p>None is handed out twice: between that and the start of who listens there, it looks free. JVMs that test at the same time
 * have ports of their own for that reason, told apart by the system property {@code test.fork}.
 */
public final class FreePorts {
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int MOST_ATTEMPTS = 1_000;
    private static final int FORKS = 4;
    private static final int FORK = Math.floorMod(Integer.getInteger("test.fork", 0), FORKS);
    private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

    private FreePorts() {
    }

    /** One free port on the loopback address. */
    public static int one() {
        return pick(1).get(0);
    }

    /**
     * Some free ports, all different.
     *
     * @param count how many, at least 1
     * @throws IllegalStateException if so many cannot be found
     */
    public static List<Integer> pick(int count) {
        Set<Integer> ports = new LinkedHashSet<>();
        for (int attempt = 0; attempt < MOST_ATTEMPTS && ports.size() < count; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST / FORKS, HIGHEST / FORKS) * FORKS + FORK;
            if (isFree(port) && HANDED_OUT.add(port)) {
                ports.add(port);
            }
        }
        if (ports.size() < count) {
            throw new IllegalStateException("No " + count + " free ports between " + LOWEST + " and " + HIGHEST);
        }
        return List.copyOf(ports);
    }

    /** Whether a server could listen on this port of the loopback address now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException taken) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
