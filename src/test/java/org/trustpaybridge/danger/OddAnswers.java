package org.trustpaybridge.danger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.trustpaybridge.testkit.HostileProvider;
import org.trustpaybridge.testkit.RawServer;

/**
 * A provider that always answers some orders oddly, creates payments for all others, and says one answer too many with every tenth of
 * these.
 */
final class OddAnswers implements AutoCloseable {
    private static final String REFUSED = "{\"success\":false,\"data\":{},\"error_code\":1001,\"error_info\":\"Invalid amount\"}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, RawServer.Script> byOrder = new ConcurrentHashMap<>();
    private final AtomicInteger answers = new AtomicInteger();
    /** POSTs without an order id so far. */
    final AtomicInteger withoutId = new AtomicInteger();
    /** Whether POSTs of orders get HTTP 500, and those without an id too. */
    volatile boolean ordersFail;
    volatile boolean allPostsFail;
    private final RawServer server = RawServer.start(this::serve);

    URI baseUri() {
        return URI.create("http://127.0.0.1:" + server.port() + "/v1/json");
    }

    /** This order gets nothing else from now on. */
    void always(String orderId, RawServer.Script answer) {
        byOrder.put(orderId, answer);
    }

    private void serve(RawServer.Talk talk) throws IOException {
        while (true) {
            RawServer.Request request = talk.request();
            if (request.line().startsWith("GET")) {
                talk.answer(200, "{\"success\":true,\"data\":{\"id\":\"TRUSTPAY\"}}");
                continue;
            }
            String id = orderId(request.body());
            boolean named = !id.isEmpty();
            if (!named) {
                withoutId.incrementAndGet();
            }
            if (allPostsFail || named && ordersFail) {
                talk.answer(500, "");
                continue;
            }
            if (!named) {
                talk.answer(400, "{\"success\":false,\"data\":{},\"error_code\":1016,\"error_info\":\"Missing data: order_id\"}");
                continue;
            }
            RawServer.Script script = byOrder.get(id);
            if (script != null) {
                script.serve(talk);
                return;
            }
            talk.answer(200, HostileProvider.created(id));
            if (answers.incrementAndGet() % 10 == 0) {
                talk.answer(400, REFUSED);
            }
        }
    }

    private static String orderId(String body) {
        try {
            return JSON.readTree(body).path("order_id").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By what they are. Some leave the connection open, for the client to close. */
    static Map<String, RawServer.Script> all() {
        Map<String, RawServer.Script> odd = new LinkedHashMap<>();
        Map.of("000", "HTTP/1.1 000", "600", "HTTP/1.1 600 X", "1000", "HTTP/1.1 1000 X", "101",
            "HTTP/1.1 101 X\r\nUpgrade: x\r\nConnection: Upgrade",
            "204", "HTTP/1.1 204 No Content", "304", "HTTP/1.1 304 X", "407",
                "HTTP/1.1 407 X\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0",
            "strange challenge", "HTTP/1.1 401 X\r\nWWW-Authenticate: Negotiate \0,=\r\nContent-Length: 0",
            "far retry-after", "HTTP/1.1 429 X\r\nRetry-After: Fri, 31 Dec 9999 23:59:59 GMT\r\nContent-Length: 0",
            "negative retry-after", "HTTP/1.1 503 X\r\nRetry-After: -5\r\nContent-Length: 0")
            .forEach((name, head) -> odd.put(name, talk -> talk.say(head + "\r\n\r\n").awaitClosed()));
        odd.put("trash for gzip", talk -> talk.say("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}")
            .awaitClosed());
        odd.put("strange charset",
            talk -> talk.say("HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=\0\r\nContent-Length: 2\r\n\r\n{}")
            .awaitClosed());
        odd.put("flood", talk -> talk.say("HTTP/1.1 200 OK\r\n").flood("X-A: b\r\n"));
        odd.put("interim answers", talk -> talk.flood("HTTP/1.1 103 Early Hints\r\n\r\n"));
        odd.put("drip", talk -> talk.say("HTTP/1.1 200 OK\r\n").drip("X-A: b\r\n"));
        odd.put("silence", RawServer.Talk::awaitClosed);
        odd.put("close", talk -> talk.say(""));
        odd.put("another order", talk -> talk.answer(200, HostileProvider.created("somebody-elses")));
        odd.put("member twice", talk -> talk.answer(200, "{\"success\":true,\"success\":true,\"data\":{}}"));
        odd.put("deep", talk -> talk.answer(200, "[".repeat(30_000)));
        odd.put("long number", talk -> talk.answer(200, "{\"success\":true,\"error_code\":" + "9".repeat(20_000) + "}"));
        odd.put("large exponent", talk -> talk.answer(200, "{\"success\":false,\"error_code\":1e999999999}"));
        return odd;
    }

    @Override
    public void close() {
        server.close();
    }
}
