package org.trustpaybridge.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A provider behind a firewall: it refuses orders whose id has "forbidden" in it, and does to all POSTs, and to the question about the
 * account, what a test says.
 */
final class Firewall implements AutoCloseable {

    /** What happens to {@code GET /gateways/TRUSTPAY}. */
    enum Question { FORBIDDEN, NOT_FOUND, HANGING, ANSWERED }

    private static final Pattern ORDER_ID = Pattern.compile("\"order_id\":\"([^\"]+)\"");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    final AtomicInteger questions = new AtomicInteger();
    final List<String> withoutId = new CopyOnWriteArrayList<>();
    volatile Question question = Question.ANSWERED;
    /** HTTP status of POSTs of good orders, and of those without an id; 0 for what they would get. */
    volatile int ordersFail;
    volatile int withoutIdFail;

    Firewall() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v1/json/orders", this::order);
        server.createContext("/v1/json/gateways/TRUSTPAY", this::account);
        server.start();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/json";
    }

    private void order(HttpExchange call) throws IOException {
        String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Matcher id = ORDER_ID.matcher(body);
        boolean named = id.find();
        int fail = named ? ordersFail : withoutIdFail;
        if (!named) {
            withoutId.add(body);
        }
        if (fail != 0) {
            answer(call, fail, "");
        } else if (!named) {
            answer(call, 400, "{\"success\":false,\"data\":{},\"error_code\":1016,\"error_info\":\"Missing data: order_id\"}");
        } else if (id.group(1).contains("forbidden")) {
            answer(call, 403, "{\"message\":\"Forbidden\"}");
        } else {
            answer(call, 200, "{\"success\":true,\"data\":{\"order_id\":\"" + id.group(1)
                + "\",\"payment_url\":\"http://127.0.0.1/connect/x/\"}}");
        }
    }

    private void account(HttpExchange call) throws IOException {
        questions.incrementAndGet();
        switch (question) {
            case ANSWERED -> answer(call, 200, "{\"success\":true,\"data\":{\"id\":\"TRUSTPAY\"}}");
            case FORBIDDEN -> answer(call, 403, "<html>Forbidden</html>");
            case NOT_FOUND -> answer(call, 404, "");
            case HANGING -> {
                // Answers nothing; the caller leaves.
            }
        }
    }

    private static void answer(HttpExchange call, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().add("Content-Type", "application/json");
        call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
