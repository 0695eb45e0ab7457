package org.trustpaybridge.simulator;

import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
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
    /** "OK" counts among the first hundred characters, of up to four bytes each. */
    private static final int MOST_CHARACTERS = 100;
    private static final int MOST_READ = 4 * MOST_CHARACTERS;
    private static final String AGAIN = " MultiSafepay would try again after 15 minutes, this simulator does not.";
    private static final String NOT_OK = " That is no 200 with \"OK\" in its first " + MOST_CHARACTERS + " characters." + AGAIN;

    private final HttpClient client;
    private final boolean anyHost;
    private final Parts parts;

    Notifier(Vertx vertx, boolean anyHost, Parts parts) {
        this.client = vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout((int) CONNECT.toMillis()).setMaxWaitQueueSize(MOST_WAITING).setVerifyHost(true),
            new PoolOptions().setHttp1MaxSize(16));
        this.anyHost = anyHost;
        this.parts = parts;
    }

    /** Sends the notification of an order that has just been settled. */
    void send(SimulatedOrder order) {
        ObjectNode view = order.view();
        String id = view.path("order_id").asText();
        JsonNode paymentOptions = order.content().path("payment_options");
        String url = paymentOptions.path("notification_url").asText();
        if (!anyHost && !isThisMachine(url)) {
            LOG.atDebug().log("Sent no notification, because its URL leads to another machine");
            tell(id, "skipped", "The shop was not notified: " + url + " leads to another machine. The option --notify-any-host allows it.");
            return;
        }
        parts.book().told(id, "The shop is being notified at " + url + ". Reload this page to see its answer.");
        String timestamp = Long.toString(parts.clock().instant().getEpochSecond());
        String target = Links.withParameter(withoutFragment(url), "transactionid", id);
        target = Links.withParameter(target, "timestamp", timestamp);
        // Only POST notifications have a body and a signature.
        boolean signed = !"GET".equals(paymentOptions.path("notification_method").textValue());
        byte[] body = signed ? Json.bytes(view) : new byte[0];
        try {
            answerTo(target, signed, body, order.apiKey(), timestamp).onComplete(done -> {
                if (done.succeeded()) {
                    answered(id, url, done.result());
                } else {
                    notReached(id, url, done.cause());
                }
            });
        } catch (RuntimeException impossibleUrl) {
            // Such as a port that does not exist: the customer has paid all the same.
            notReached(id, url, impossibleUrl);
        }
    }

    private Future<Answer> answerTo(String target, boolean signed, byte[] body, String apiKey, String timestamp) {
        RequestOptions request = new RequestOptions().setMethod(signed ? HttpMethod.POST : HttpMethod.GET)
            .setAbsoluteURI(target).setTimeout(ANSWER.toMillis()).putHeader("User-Agent", "trustpay-bridge-simulator");
        if (signed) {
            request.putHeader("Content-Type", "application/json")
                .putHeader("Auth", NotificationSignature.authHeader(apiKey, timestamp, body));
        }
        return client.request(request)
            .compose(ready -> signed ? ready.send(Buffer.buffer(body)) : ready.send())
            .compose(Notifier::read);
    }

    /** Reads no more of an answer than counts, however much there is. */
    private static Future<Answer> read(HttpClientResponse response) {
        Promise<Answer> answer = Promise.promise();
        Buffer start = Buffer.buffer();
        response.handler(part -> {
            start.appendBuffer(part);
            if (start.length() >= MOST_READ) {
                answer.tryComplete(Answer.of(response.statusCode(), start));
                response.request().reset();
            }
        });
        response.endHandler(end -> answer.tryComplete(Answer.of(response.statusCode(), start)));
        response.exceptionHandler(answer::tryFail);
        return answer.future();
    }

    private void answered(String id, String url, Answer answer) {
        String said = "The shop was notified at " + url + " and answered " + answer.status()
            + (answer.text().isBlank() ? " without a word." : " \"" + answer.text() + "\".");
        tell(id, answer.acknowledges() ? "acknowledged" : "failed", said + (answer.acknowledges() ? "" : NOT_OK));
    }

    private void notReached(String id, String url, Throwable cause) {
        String why = cause instanceof ConnectException ? "nobody listens there"
            : cause instanceof TimeoutException ? "no answer within " + ANSWER.toSeconds() + " seconds"
            : cause.getClass().getSimpleName();
        tell(id, "failed", "The shop could not be notified at " + url + ": " + why + "." + AGAIN);
    }

    private void tell(String id, String outcome, String fate) {
        parts.book().told(id, fate);
        parts.stats().notification(outcome);
    }

    /**
     * What a shop answered.
     *
     * @param status HTTP status
     * @param text   the first characters of the body
     */
    private record Answer(int status, String text) {

        static Answer of(int status, Buffer start) {
            String text = start.toString(StandardCharsets.UTF_8);
            return new Answer(status, text.substring(0, Math.min(text.length(), MOST_CHARACTERS)));
        }

        boolean acknowledges() {
            return status == 200 && text.contains("OK");
        }
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
