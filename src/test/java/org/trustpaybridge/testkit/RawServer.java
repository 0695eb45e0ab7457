package org.trustpaybridge.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on this machine that says whatever a test has it say, over plain sockets or over those that a test brings. */
public final class RawServer implements AutoCloseable {

    /** What is done with one connection; it is closed when this returns. */
    @FunctionalInterface
    public interface Script {
        void serve(Talk talk) throws IOException;
    }

    private final ServerSocket listener;
    private final Script script;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();

    private RawServer(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
        run("raw-server", this::accept);
    }

    /** Listens on a free port of this machine. */
    public static RawServer start(Script script) {
        try {
            return on(new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1")), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Listens on a socket that is bound already. */
    public static RawServer on(ServerSocket listener, Script script) {
        return new RawServer(listener, script);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Connections so far. */
    public int accepted() {
        return accepted.get();
    }

    /** Connections that the other side has not closed yet, as far as their scripts have noticed. */
    public int open() {
        return open.size();
    }

    @Override
    public void close() {
        quietly(listener);
        open.forEach(RawServer::quietly);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                accepted.incrementAndGet();
                run("raw-server-" + accepted, () -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try {
            script.serve(new Talk(socket));
        } catch (IOException | UncheckedIOException theOtherSideClosed) {
            // What a script is there for.
        } finally {
            quietly(socket);
            open.remove(socket);
        }
    }

    private static void run(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void quietly(AutoCloseable each) {
        try {
            each.close();
        } catch (Exception closedAlready) {
            // Nothing is left to be done.
        }
    }

    /**
     * A request as it came.
     *
     * @param line    its first line
     * @param headers by their names in lower case
     * @param body    its body as text; empty without one
     */
    public record Request(String line, Map<String, String> headers, String body) {

        /** Null where it is not there. */
        public String header(String name) {
            return headers.get(name);
        }
    }

    /** One connection. */
    public static final class Talk {

        private final Socket socket;
        private InputStream in;

        private Talk(Socket socket) {
            this.socket = socket;
        }

        public Socket socket() {
            return socket;
        }

        /** @throws EOFException when the other side closes before a whole request came */
        public Request request() throws IOException {
            String line = line();
            Map<String, String> headers = new HashMap<>();
            for (String header = line(); !header.isEmpty(); header = line()) {
                headers.put(header.split(":")[0].toLowerCase(Locale.ROOT), header.substring(header.indexOf(':') + 1).strip());
            }
            byte[] body = in().readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
            return new Request(line, headers, new String(body, StandardCharsets.UTF_8));
        }

        public Talk say(String text) throws IOException {
            return say(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        public Talk say(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        }

        /** An answer with a body of JSON. */
        public Talk answer(int status, String json) throws IOException {
            return say(head(status, json) + json);
        }

        public static String head(int status, String json) {
            return "HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nContent-Length: "
                + json.getBytes(StandardCharsets.ISO_8859_1).length + "\r\n\r\n";
        }

        /** Says it again and again until the other side has enough of it, or 20 seconds are over. */
        public void flood(String piece) throws IOException {
            byte[] bytes = piece.repeat(Math.max(1, 16_384 / piece.length())).getBytes(StandardCharsets.ISO_8859_1);
            long end = System.nanoTime() + 20_000_000_000L;
            while (System.nanoTime() < end) {
                say(bytes);
            }
        }

        /** Says one piece every 50 ms until the other side has enough of it, or 20 seconds are over. */
        public void drip(String piece) throws IOException {
            for (int i = 0; i < 400; i++) {
                say(piece);
                pause(50);
            }
        }

        /** Waits until the other side closes, 20 seconds at most. */
        public void awaitClosed() throws IOException {
            socket.setSoTimeout(20_000);
            try {
                while (in().read() >= 0) {
                    continue;
                }
            } catch (java.net.SocketException reset) {
                // Closed too.
            }
        }

        /** A script has its times; a test waits for conditions. */
        public Talk pause(long millis) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return this;
        }

        private InputStream in() throws IOException {
            if (in == null) {
                in = new BufferedInputStream(socket.getInputStream());
            }
            return in;
        }

        private String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in().read(); b != '\n'; b = in().read()) {
                if (b < 0) {
                    throw new EOFException();
                }
                if (b != '\r') {
                    line.write(b);
                }
            }
            return line.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
