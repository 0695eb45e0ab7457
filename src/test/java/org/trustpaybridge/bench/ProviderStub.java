package org.trustpaybridge.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The provider of the benchmark: takes every order after a given time, and counts the calls of each order.
 *
 * <p>It is no simulator, that is in the product and would take as much of the machine as the programs that are measured. One thread reads
 * requests, another writes answers when their time has come, to some 0.1 ms.
 */
final class ProviderStub {
    static final String READY = "The provider listens on ";
    private static final int BACKLOG = 4096;

    private final Selector selector;
    private final ServerSocketChannel server;
    private final DelayQueue<Answer> due = new DelayQueue<>();
    private final RandomGenerator random = RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(42);
    private ProviderTime time = ProviderTime.fixed(0);
    private final Map<String, Integer> calls = new HashMap<>();
    private long waitNanos;

    private ProviderStub(int port) throws IOException {
        selector = Selector.open();
        server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    public static void main(String[] arguments) throws IOException {
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
        ProviderStub stub = new ProviderStub(Integer.parseInt(arguments[0]));
        Thread answering = new Thread(stub::answerWhenDue, "answers");
        answering.setDaemon(true);
        answering.start();
        System.out.println(READY + "http://127.0.0.1:" + arguments[0]);
        stub.serve();
    }

    private void serve() throws IOException {
        while (true) {
            selector.select();
            Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
            while (keys.hasNext()) {
                SelectionKey key = keys.next();
                keys.remove();
                if (key.isAcceptable()) {
                    accept();
                } else {
                    read(key);
                }
            }
        }
    }

    private void accept() throws IOException {
        for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.register(selector, SelectionKey.OP_READ, new StubConnection(channel));
        }
    }

    private void read(SelectionKey key) {
        StubConnection connection = (StubConnection) key.attachment();
        try {
            if (!connection.fill()) {
                connection.close();
                return;
            }
            for (StubRequest request = connection.next(); request != null; request = connection.next()) {
                handle(connection, request);
            }
        } catch (IOException | IllegalArgumentException broken) {
            connection.close();
        }
    }

    private void handle(StubConnection connection, StubRequest request) throws IOException {
        if (request.start().startsWith("POST /v1/json/orders ")) {
            long wait = time.nextNanos(random);
            String id = request.orderId();
            calls.merge(StubRequest.text(id), 1, Integer::sum);
            waitNanos += wait;
            due.add(new Answer(connection, created(id), System.nanoTime() + wait));
        } else if (request.start().startsWith("PUT /time ")) {
            time = ProviderTime.parse(request.body());
            calls.clear();
            waitNanos = 0;
            connection.write(response("{}"));
        } else if (request.start().startsWith("GET /counts ")) {
            connection.write(response(counts()));
        } else {
            throw new IllegalArgumentException("no such request");
        }
    }

    private void answerWhenDue() {
        try {
            while (true) {
                Answer answer = due.take();
                try {
                    answer.connection.write(answer.response);
                } catch (IOException gone) {
                    answer.connection.close();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Calls in all, their mean wait, and how many orders got 1, 2, ... calls. */
    private String counts() {
        Map<Integer, Integer> orders = new TreeMap<>();
        calls.values().forEach(count -> orders.merge(count, 1, Integer::sum));
        long all = calls.values().stream().mapToLong(Integer::intValue).sum();
        StringBuilder json = new StringBuilder("{\"calls\":" + all + ",\"mean_wait_ms\":" + (all == 0 ? 0 : waitNanos / 1e6 / all)
            + ",\"orders_by_calls\":{");
        orders.forEach((count, number) -> json.append(json.charAt(json.length() - 1) == '{' ? "" : ",")
            .append('"').append(count).append("\":").append(number));
        return json.append("}}").toString();
    }

    /** The payment page of an order, which tells whose it is. */
    static String session(String orderId) {
        return "bench-session-of-" + orderId;
    }

    private static ByteBuffer created(String jsonId) {
        String session = session(StubRequest.text(jsonId));
        return response("{\"success\":true,\"data\":{\"order_id\":" + jsonId
            + ",\"payment_url\":\"https://testpayv2.multisafepay.com/connect/" + session + "/?lang=cs_CZ\",\"session_id\":\"" + session
            + "\",\"events_token\":\"0123456789abcdef0123456789abcdef\",\"events_url\":\"https://testapi.multisafepay.com/events/\","
            + "\"events_stream_url\":\"https://testapi.multisafepay.com/events/stream/\"}}");
    }

    private static ByteBuffer response(String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + body.length).put(head).put(body).flip();
    }

    /** An answer that waits for its time. */
    private record Answer(StubConnection connection, ByteBuffer response, long atNanos) implements Delayed {

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(atNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.signum(atNanos - ((Answer) other).atNanos);
        }
    }
}
