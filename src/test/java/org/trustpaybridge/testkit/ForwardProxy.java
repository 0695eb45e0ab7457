package org.trustpaybridge.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP proxy on this machine as companies have them: opens tunnels for CONNECT, and asks for a user and a password where it is told to.
 */
public final class ForwardProxy implements AutoCloseable {

    private final AtomicInteger tunnels = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final int port;
    private volatile String login;
    private volatile RawServer server;

    private ForwardProxy(String login, int port) {
        this.login = login;
        this.server = listen(port);
        this.port = server.port();
    }

    /** @param login user:password; null: none is asked for */
    public static ForwardProxy asking(String login) {
        return new ForwardProxy(login, 0);
    }

    public int port() {
        return port;
    }

    public void ask(String newLogin) {
        login = newLogin;
    }

    /** Tunnels that were opened. */
    public int tunnels() {
        return tunnels.get();
    }

    /** Logins that were refused, missing ones among them. */
    public int refusals() {
        return refusals.get();
    }

    /** Goes away with all its tunnels. */
    public void stop() {
        server.close();
    }

    /** Comes back on the same port. */
    public void startAgain() {
        server = listen(port);
    }

    @Override
    public void close() {
        stop();
    }

    private RawServer listen(int at) {
        try {
            ServerSocket listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), at), 200);
            return RawServer.on(listener, this::serve);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(RawServer.Talk talk) throws IOException {
        while (true) {
            RawServer.Request request = talk.request();
            String expected = login == null ? null : "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
            if (expected != null && !expected.equals(request.header("proxy-authorization"))) {
                refusals.incrementAndGet();
                talk.say("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"test\"\r\nContent-Length:"
                    + " 0\r\n\r\n");
                continue;
            }
            String[] target = request.line().split(" ")[1].split(":");
            if (!request.line().startsWith("CONNECT ")) {
                talk.say("HTTP/1.1 501 Only CONNECT\r\nContent-Length: 0\r\n\r\n");
                continue;
            }
            try (Socket provider = new Socket(target[0], Integer.parseInt(target[1]))) {
                tunnels.incrementAndGet();
                talk.say("HTTP/1.1 200 Connection established\r\n\r\n");
                tunnel(talk.socket(), provider);
            }
            return;
        }
    }

    /** Passes bytes on both ways, until the one who asked says no more. */
    public static void tunnel(Socket asker, Socket target) {
        Thread back = new Thread(() -> pump(target, asker), "tunnel");
        back.setDaemon(true);
        back.start();
        pump(asker, target);
    }

    private static void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[8192];
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                out.write(bytes, 0, n);
                out.flush();
            }
        } catch (IOException closed) {
            // The end of the tunnel.
        }
    }
}
