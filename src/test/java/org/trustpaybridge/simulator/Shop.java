package org.trustpaybridge.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;

/** The shop's side: takes notifications and receives customers who come back. */
final class Shop implements AutoCloseable {

    record Visit(String method, String target, String auth, byte[] body) {
    }

    private final List<Visit> visits = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile int status = 200;
    private volatile String words = "OK";

    Shop() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", exchange -> {
            visits.add(new Visit(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst("Auth"), exchange.getRequestBody().readAllBytes()));
            byte[] answer = words.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    void answers(int newStatus, String newWords) {
        status = newStatus;
        words = newWords;
    }

    List<Visit> notifications() {
        return visits.stream().filter(visit -> visit.target().startsWith("/notify")).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
