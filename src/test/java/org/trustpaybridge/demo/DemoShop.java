package org.trustpaybridge.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.trustpaybridge.testkit.KafkaProbe;

/**
 * The demo's own shop, as far as a payment concerns it: it lists the orders with their payment links, has pages for customers who come
 * back, and takes the provider's notifications.
 */
final class DemoShop implements AutoCloseable {
    private static final int MOST_BYTES = 256 * 1024;

    private final HttpServer server;
    private final KafkaProbe probe;
    private final DemoNotifications notifications;

    private DemoShop(HttpServer server, KafkaProbe probe, DemoNotifications notifications) {
        this.server = server;
        this.probe = probe;
        this.notifications = notifications;
    }

    /**
     * Opens the shop on the loopback address.
     *
     * @param apiKey what the provider signs its notifications with
     */
    static DemoShop open(int port, String bootstrapServers, String apiKey) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
            DemoShop shop = new DemoShop(server, new KafkaProbe(bootstrapServers), new DemoNotifications(apiKey, Clock.systemUTC()));
            // One request after the other, which is enough here, and spares all locks.
            server.createContext("/", shop::answer);
            server.start();
            return shop;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** The bridge's settings for events that have no URLs. */
    Map<String, String> settings() {
        return Map.of("ORDER_NOTIFICATION_URL", url("/notification"), "ORDER_REDIRECT_URL", url("/thanks"),
            "ORDER_CANCEL_URL", url("/cancelled"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
            String order = query.getOrDefault("transactionid", "");
            String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            switch (call) {
                case "GET /" -> page(exchange, 200, DemoShopPage.orders(orders()));
                case "GET /thanks" -> page(exchange, 200, DemoShopPage.thanks(order, notifications.of(order)));
                case "GET /cancelled" -> page(exchange, 200, DemoShopPage.cancelled(order, notifications.of(order)));
                case "POST /notification" -> {
                    DemoNotifications.Answer given = notifications.take(query.getOrDefault("timestamp", ""),
                        exchange.getRequestHeaders().getFirst("Auth"), exchange.getRequestBody().readNBytes(MOST_BYTES));
                    send(exchange, given.status(), "text/plain; charset=utf-8", given.text());
                }
                default -> page(exchange, 404, DemoShopPage.unknown());
            }
        }
    }

    /** Every order with a payment URL, the latest first, and what the shop was told of it. */
    private List<DemoShopPage.Row> orders() {
        Map<String, DemoShopPage.Row> rows = new LinkedHashMap<>();
        probe.readAll(OrderDesk.PAYMENTS).forEach(record -> {
            JsonNode payment = Outcome.json(record.value());
            String id = payment.path("order_id").asText();
            Optional<String> status = notifications.of(id).map(DemoNotifications.Told::status);
            rows.put(id, new DemoShopPage.Row(id, payment.path("payment_url").asText(), status));
        });
        List<DemoShopPage.Row> latestFirst = new ArrayList<>(rows.values());
        Collections.reverse(latestFirst);
        return latestFirst;
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        Arrays.stream(raw == null ? new String[0] : raw.split("&")).map(each -> each.split("=", 2)).filter(pair -> pair.length == 2)
            .forEach(pair -> query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        return query;
    }

    private static void page(HttpExchange exchange, int status, String html) throws IOException {
        exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:");
        send(exchange, status, "text/html; charset=utf-8", html);
    }

    private static void send(HttpExchange exchange, int status, String contentType, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        probe.close();
    }
}
