package org.trustpaybridge.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port that leads to another one, which may change: what a load balancer, or a service of Kubernetes, is to a client. */
public final class TcpForwarder implements AutoCloseable {
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile int target;
    private volatile boolean mute;
    private volatile boolean vanished;

    /** @param target port on the loopback address */
    public TcpForwarder(int target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 16, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread(this::accept);
    }

    /** Where it listens. */
    public String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Takes connections and all that is sent, from now on, and never answers. Connections stay. */
    public void mute() {
        mute = true;
    }

    /** As an address that is gone: who connects is not even refused, who is connected hears nothing any more. */
    public void vanish() {
        mute();
        vanished = true;
        // Nobody accepts any more: once the queue is full, the system drops what comes.
        for (boolean full = false; !full;) {
            Socket waiting = new Socket();
            sockets.add(waiting);
            full = !connects(waiting);
        }
    }

    private boolean connects(Socket waiting) {
        try {
            waiting.connect(server.getLocalSocketAddress(), 200);
            return true;
        } catch (IOException dropped) {
            return false;
        }
    }

    /** Leads elsewhere from now on; connections end. */
    public void leadTo(int port) {
        target = port;
        sockets.forEach(TcpForwarder::end);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sockets.forEach(TcpForwarder::end);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                sockets.add(client);
                if (vanished) {
                    return;
                }
                if (mute) {
                    continue;
                }
                try {
                    Socket broker = new Socket("127.0.0.1", target);
                    sockets.add(broker);
                    thread(() -> pump(client, broker));
                    thread(() -> pump(broker, client));
                } catch (IOException refused) {
                    end(client);
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[8192];
            for (int count = in.read(bytes); count >= 0 && !mute; count = in.read(bytes)) {
                out.write(bytes, 0, count);
            }
        } catch (IOException ended) {
            // Either side may leave at any time.
        } finally {
            if (!mute) {
                end(from);
                end(to);
                sockets.remove(from);
                sockets.remove(to);
            }
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "forwarder");
        thread.setDaemon(true);
        thread.start();
    }
}
