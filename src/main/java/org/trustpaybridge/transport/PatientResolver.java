package org.trustpaybridge.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks names up within a time. The system's own look-up knows none, cannot be interrupted, and takes some ten seconds when a name server
 * does not answer. So it is made by a thread of its own, one for each name, for which all who ask meanwhile wait together.
 */
final class PatientResolver implements DnsResolver {

    private final DnsResolver system;
    private final Duration atMost;
    private final Map<String, FutureTask<InetAddress[]>> asked = new ConcurrentHashMap<>();

    /**
     * @param system looks names up, however long it takes
     * @param atMost longest wait for addresses
     */
    PatientResolver(DnsResolver system, Duration atMost) {
        this.system = system;
        this.atMost = atMost;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        FutureTask<InetAddress[]> mine = new FutureTask<>(() -> system.resolve(host));
        FutureTask<InetAddress[]> present = asked.putIfAbsent(host, mine);
        if (present == null) {
            present = mine;
            begin(host, mine);
        }
        try {
            return present.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failed(host, e.getCause());
        } catch (TimeoutException e) {
            throw failed(host, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(host, e);
        }
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return system.resolveCanonicalHostname(host);
    }

    private void begin(String host, FutureTask<InetAddress[]> task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } finally {
                asked.remove(host);
            }
        }, "provider-name");
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            asked.remove(host);
            throw e;
        }
    }

    private static UnknownHostException failed(String host, Throwable cause) {
        UnknownHostException failure = new UnknownHostException(host);
        failure.initCause(cause);
        return failure;
    }
}
