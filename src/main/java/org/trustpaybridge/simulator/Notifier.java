package org.trustpaybridge.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the shop that an order was paid or cancelled, once and without waiting for it. The real provider tries again three times
 * at intervals of 15 minutes; this one does not.
 */
final class Notifier {

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int MOST_WAITING = 1_000;

    private final HttpClient client;
    private final boolean anyHost;
    private final Stats stats;
    private final Clock clock;

    Notifier(Vertx vertx, boolean anyHost, Stats stats, Clock clock) {
        this.client = vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout((int) CONNECT.toMillis()).setMaxWaitQueueSize(MOST_WAITING).setVerifyHost(true),
            new PoolOptions().setHttp1MaxSize(16));
        this.anyHost = anyHost;
        this.stats = stats;
        this.clock = clock;
    }

    /** Sends the notification of an order that has just been settled. */
    void send(SimulatedOrder order) {
        JsonNode paymentOptions = order.content().path("payment_options");
        String url = paymentOptions.path("notification_url").asText();
        if (!anyHost && !isThisMachine(url)) {
            stats.notification("skipped");
            LOG.atDebug().log("Sent no notification, because its URL leads to another machine");
            return;
        }
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        ObjectNode view = order.view();
        String target = Links.withParameter(withoutFragment(url), "transactionid", view.path("order_id").asText());
        target = Links.withParameter(target, "timestamp", timestamp);
        // Only POST notifications have a body and a signature.
        boolean signed = !"GET".equals(paymentOptions.path("notification_method").textValue());
        byte[] body = signed ? Json.bytes(view) : new byte[0];
        try {
            post(target, signed, body, order.apiKey(), timestamp);
        } catch (RuntimeException impossibleUrl) {
            // Such as a port that does not exist: the customer has paid all the same.
            stats.notification("failed");
        }
    }

    private void post(String target, boolean signed, byte[] body, String apiKey, String timestamp) {
        RequestOptions request = new RequestOptions().setMethod(signed ? HttpMethod.POST : HttpMethod.GET)
            .setAbsoluteURI(target).setTimeout(ANSWER.toMillis()).putHeader("User-Agent", "trustpay-bridge-simulator");
        if (signed) {
            request.putHeader("Content-Type", "application/json")
                .putHeader("Auth", NotificationSignature.authHeader(apiKey, timestamp, body));
        }
        client.request(request)
            .compose(ready -> signed ? ready.send(Buffer.buffer(body)) : ready.send())
            .onComplete(done -> stats.notification(done.succeeded() && acknowledged(done.result()) ? "acknowledged" : "failed"));
    }

    private static boolean acknowledged(HttpClientResponse response) {
        return response.statusCode() == 200;
    }

    private static String withoutFragment(String url) {
        int hash = url.indexOf('#');
        return hash < 0 ? url : url.substring(0, hash);
    }

    /** Judges by the name alone: looking it up would block, and a name may lead anywhere. */
    static boolean isThisMachine(String url) {
        String host = URI.create(url).getHost();
        return host != null && (host.equalsIgnoreCase("localhost") || host.matches("127(\\.\\d{1,3}){3}") || host.equals("[::1]"));
    }
}
