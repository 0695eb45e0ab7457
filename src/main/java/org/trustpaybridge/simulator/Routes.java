package org.trustpaybridge.simulator;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/**
 * Leads each request to its endpoint. Paths are taken apart by hand and not by a router, because an order id may hold anything
 * once decoded, dots and slashes among it.
 */
final class Routes {

    /** Far above any real order; more is refused, so that a caller cannot fill the memory. */
    static final int MOST_BODY_BYTES = 256 * 1024;
    private static final String API = "/v1/json/";
    private static final String ORDERS = API + "orders";
    private static final String GATEWAYS = API + "gateways/";
    private static final String ORDER_STATUS = "/simulator/orders/";
    private static final Pattern CONNECT = Pattern.compile("/connect/([0-9a-z]+)(/|/pay|/cancel)");

    private final OrdersApi api;
    private final PaymentPages pages;
    private final Control control;
    private final Delivery pageDelivery;

    Routes(OrdersApi api, PaymentPages pages, Control control, Delivery pageDelivery) {
        this.api = api;
        this.pages = pages;
        this.control = control;
        this.pageDelivery = pageDelivery;
    }

    /** Reads a request's body, within bounds, and then answers. */
    void handle(HttpServerRequest request) {
        Buffer body = Buffer.buffer();
        request.handler(part -> {
            if (body.length() <= MOST_BODY_BYTES) {
                body.appendBuffer(part);
            }
        });
        request.endHandler(end -> {
            if (body.length() > MOST_BODY_BYTES) {
                api.unknown(request, 413, "Request too large");
            } else {
                dispatch(request, body.getBytes());
            }
        });
    }

    private void dispatch(HttpServerRequest request, byte[] body) {
        String path = request.path();
        try {
            if (path.startsWith(API)) {
                dispatchApi(request, path, body);
            } else {
                pageDelivery.whole(request, other(request, path, body));
            }
        } catch (IllegalArgumentException badEscape) {
            api.unknown(request, 400, "Bad request");
        }
    }

    private void dispatchApi(HttpServerRequest request, String path, byte[] body) {
        boolean get = request.method().equals(HttpMethod.GET);
        if (path.equals(ORDERS) && request.method().equals(HttpMethod.POST)) {
            api.post(request, new ReceivedRequest("POST", request.uri(), request.headers().entries(), body));
        } else if (get && hasOneMoreSegment(path, ORDERS + "/")) {
            api.get(request, decoded(path.substring(ORDERS.length() + 1)));
        } else if (get && hasOneMoreSegment(path, GATEWAYS)) {
            api.gateway(request, decoded(path.substring(GATEWAYS.length())));
        } else if (path.equals(ORDERS) || hasOneMoreSegment(path, ORDERS + "/") || hasOneMoreSegment(path, GATEWAYS)) {
            api.unknown(request, 405, "Method not allowed");
        } else {
            api.unknown(request, 404, "Not found");
        }
    }

    private Reply other(HttpServerRequest request, String path, byte[] body) {
        String call = request.method() + " " + path;
        if (request.method().equals(HttpMethod.PUT) && hasOneMoreSegment(path, ORDER_STATUS)) {
            return control.change(decoded(path.substring(ORDER_STATUS.length())), body);
        }
        switch (call) {
            case "GET /simulator/stats":
                return control.stats();
            case "GET /simulator/faults":
                return control.faults();
            case "PUT /simulator/faults":
                return control.changeFaults(body);
            default:
                return page(request, path);
        }
    }

    private Reply page(HttpServerRequest request, String path) {
        Matcher connect = CONNECT.matcher(path);
        if (!connect.matches()) {
            return Reply.failure(404, "Not found");
        }
        String session = connect.group(1);
        String call = request.method() + " " + connect.group(2);
        return switch (call) {
            case "GET /" -> pages.show(session, request.getParam("lang"));
            case "POST /pay" -> pages.pay(session);
            case "POST /cancel" -> pages.cancel(session);
            default -> Reply.failure(405, "Method not allowed");
        };
    }

    private static boolean hasOneMoreSegment(String path, String start) {
        return path.startsWith(start) && path.length() > start.length() && path.indexOf('/', start.length()) < 0;
    }

    private static String decoded(String segment) {
        return new QueryStringDecoder(segment, StandardCharsets.UTF_8).path();
    }
}
