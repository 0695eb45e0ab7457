package org.trustpaybridge.testkit;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Stands between clients and a broker, and holds back what the broker answers to Produce requests, as cloud services do at times. The
 * broker has written the records by then. All else goes through at once.
 */
public final class SlowAcknowledgements implements AutoCloseable {

    private static final short PRODUCE = 0;

    private final ServerSocket server;
    private final int brokerPort;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Duration delay = Duration.ZERO;

    private SlowAcknowledgements(int port, int brokerPort) throws IOException {
        this.server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        this.brokerPort = brokerPort;
        daemon("slow-accept", this::accept);
    }

    /**
     * Settings of a broker that has a second listener, which clients reach by way of the port given.
     *
     * @param settings   settings without it
     * @param brokerPort a free port, where that listener listens
     * @param port       a free port, where this listens
     */
    public static BrokerSettings behind(BrokerSettings settings, int brokerPort, int port) {
        return settings
            .with("listeners", "CLIENT://127.0.0.1:" + settings.port() + ",SLOW://127.0.0.1:" + brokerPort
                + ",CONTROLLER://127.0.0.1:" + settings.controllerPort())
            .with("advertised.listeners", "CLIENT://127.0.0.1:" + settings.port() + ",SLOW://127.0.0.1:" + port)
            .with("listener.security.protocol.map", "CLIENT:PLAINTEXT,SLOW:PLAINTEXT,CONTROLLER:PLAINTEXT");
    }

    /** Listens at once; each connection goes on to the broker's port. */
    public static SlowAcknowledgements on(int port, int brokerPort) {
        try {
            return new SlowAcknowledgements(port, brokerPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on, answers to Produce requests are held back for that long. */
    public void delay(Duration newDelay) {
        delay = newDelay;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            Socket client = server.accept();
            Socket broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort);
            sockets.add(client);
            sockets.add(broker);
            Set<Integer> held = ConcurrentHashMap.newKeySet();
            daemon("slow-requests", () -> requests(client, broker, held));
            daemon("slow-answers", () -> answers(client, broker, held));
        }
    }

    private void requests(Socket client, Socket broker, Set<Integer> held) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out = new DataOutputStream(broker.getOutputStream());
        while (true) {
            byte[] frame = frame(in, broker);
            ByteBuffer head = ByteBuffer.wrap(frame);
            if (head.getShort() == PRODUCE) {
                head.getShort();
                held.add(head.getInt());
            }
            write(out, frame);
        }
    }

    private void answers(Socket client, Socket broker, Set<Integer> held) throws IOException {
        DataInputStream in = new DataInputStream(broker.getInputStream());
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        ExecutorService later = Executors.newSingleThreadExecutor();
        try {
            while (true) {
                byte[] frame = frame(in, client);
                Duration wait = held.remove(ByteBuffer.wrap(frame).getInt()) ? delay : Duration.ZERO;
                long due = System.nanoTime() + wait.toNanos();
                // One after the other, as a broker answers: two timers of the same time may go off in any order.
                later.submit(() -> {
                    TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                    write(out, frame);
                    return null;
                });
            }
        } finally {
            later.shutdownNow();
        }
    }

    private static byte[] frame(DataInputStream in, Socket other) throws IOException {
        try {
            byte[] frame = new byte[in.readInt()];
            in.readFully(frame);
            return frame;
        } catch (EOFException | SocketException e) {
            other.close();
            throw e;
        }
    }

    private static void write(DataOutputStream out, byte[] frame) throws IOException {
        out.writeInt(frame.length);
        out.write(frame);
        out.flush();
    }

    private static void daemon(String name, Pump pump) {
        Thread thread = new Thread(() -> {
            try {
                pump.run();
            } catch (IOException e) {
                // The other side has hung up, or this is closed.
            }
        }, name);
        thread.setDaemon(true);
        thread.start();
    }

    private interface Pump {
        void run() throws IOException;
    }
}
