package org.trustpaybridge.simulator;

import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/** The part of the simulator that plays MultiSafepay's orders API. */
final class OrdersApi {

    private final SimulatorOptions options;
    private final Vertx vertx;
    private final OrderBook book;
    private final WireLog wire;
    private final FaultSource faults;
    private final FaultReplies faultReplies;
    private final Delivery delivery;
    private final Stats stats;
    private final Random random;
    private final Supplier<String> publicUrl;

    OrdersApi(SimulatorOptions options, Vertx vertx, Parts parts, Delivery delivery, Supplier<String> publicUrl) {
        this.options = options;
        this.vertx = vertx;
        this.book = parts.book();
        this.wire = parts.wire();
        this.faults = parts.faults();
        this.faultReplies = new FaultReplies(parts.clock());
        this.delivery = delivery;
        this.stats = parts.stats();
        this.random = parts.random();
        this.publicUrl = publicUrl;
    }

    void post(HttpServerRequest request, ReceivedRequest received) {
        Optional<ObjectNode> order = Json.object(received.body());
        String id = order.map(OrdersApi::idOf).orElse("");
        Optional<Fault> fault = id.isEmpty() ? faults.byLot() : faults.ofPost(id, wire.posted(id, received));
        boolean integer = order.filter(each -> each.path("order_id").isIntegralNumber()).isPresent();
        answer(request, fault.filter(each -> integer || each.kind() != FaultKind.STRING_ID),
            () -> place(request, received.body(), order, id));
    }

    void get(HttpServerRequest request, String orderId) {
        answer(request, faults.byLot(), () -> withKey(request, key -> book.byId(orderId)
            .map(order -> success(order.view()))
            .orElseGet(() -> Reply.refusal(Refusal.TRANSACTION_ID, "Invalid transaction ID"))));
    }

    void gateway(HttpServerRequest request, String name) {
        answer(request, faults.byLot(), () -> withKey(request, key -> name.equals("TRUSTPAY")
            ? success(Json.newObject().put("id", "TRUSTPAY").put("description", "TrustPay"))
            : Reply.refusal(404, Refusal.GATEWAY, "Gateway not available", Json.newObject())));
    }

    void unknown(HttpServerRequest request, int status, String info) {
        answer(request, faults.byLot(), () -> Reply.failure(status, info));
    }

    private Reply place(HttpServerRequest request, byte[] body, Optional<ObjectNode> order, String id) {
        return withKey(request, key -> {
            if (order.isEmpty()) {
                return Reply.refusal(Refusal.MISSING_DATA, "Missing data: the body is no JSON object");
            }
            return OrderCheck.firstProblem(order.get())
                .map(refusal -> Reply.refusal(refusal.code(), refusal.info()))
                .orElseGet(() -> book.place(id, body, key)
                    .map(placed -> created(order.get(), placed))
                    .orElseGet(() -> Reply.refusal(Refusal.TRANSACTION_ID, "Invalid transaction ID")));
        });
    }

    private Reply created(ObjectNode order, OrderBook.Placed placed) {
        String locale = order.path("customer").path("locale").asText();
        String base = publicUrl.get();
        ObjectNode data = Json.newObject();
        data.set("order_id", order.get("order_id"));
        data.put("payment_url", base + "/connect/" + placed.session() + "/?lang=" + Links.encoded(locale));
        data.put("session_id", placed.session());
        // The real answer carries members that a caller has no use for, and one of them is a secret.
        data.put("events_token", "simulated-" + Long.toUnsignedString(random.nextLong(), 36));
        data.put("events_url", base + "/events/");
        data.put("events_stream_url", base + "/events/stream/");
        return success(data);
    }

    private static Reply success(JsonNode data) {
        ObjectNode body = Json.newObject().put("success", true);
        body.set("data", data);
        return Reply.json(200, body);
    }

    private interface WithKey {
        Reply reply(String key);
    }

    private Reply withKey(HttpServerRequest request, WithKey then) {
        String key = request.getHeader("api_key");
        boolean good = key != null && !key.isBlank() && (options.apiKey() == null || options.apiKey().equals(key));
        return good ? then.reply(key) : Reply.refusal(Refusal.API_KEY, "Invalid API key");
    }

    /** Does the work at once, as the provider would, and lets only the answer wait. */
    private void answer(HttpServerRequest request, Optional<Fault> fault, Supplier<Reply> work) {
        stats.request();
        fault.ifPresent(stats::fault);
        Runnable send;
        if (fault.isEmpty()) {
            Reply reply = work.get();
            send = () -> delivery.whole(request, reply);
        } else if (fault.get().kind().createsOrder()) {
            boolean gzipAccepted = String.valueOf(request.getHeader("Accept-Encoding")).contains("gzip");
            Reply reply = faultReplies.changed(work.get(), fault.get(), gzipAccepted);
            send = () -> delivery.broken(request, reply, fault.get().kind());
        } else {
            send = () -> sendInstead(request, fault.get());
        }
        afterLatency(send);
    }

    private void sendInstead(HttpServerRequest request, Fault fault) {
        switch (fault.kind()) {
            case RESET -> delivery.reset(request);
            case CLOSE -> delivery.close(request);
            case BAD_HEAD -> delivery.badHead(request);
            default -> delivery.whole(request, faultReplies.instead(fault, request.getHeader("api_key")));
        }
    }

    private void afterLatency(Runnable send) {
        long millis = options.latency().next(random).toMillis();
        if (millis < 1) {
            send.run();
        } else {
            vertx.setTimer(millis, over -> send.run());
        }
    }

    private static String idOf(ObjectNode order) {
        JsonNode id = order.path("order_id");
        return id.isTextual() || id.isIntegralNumber() ? id.asText() : "";
    }
}
