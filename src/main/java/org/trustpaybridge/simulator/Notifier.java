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
 * Tells the shop how an order stands, without waiting for it. What is not acknowledged is sent again three times, each time with
 * a new signature.
 */
final class Notifier {

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int MOST_WAITING = 1_000;
    /** "OK" counts among the first hundred characters, of up to four bytes each. */
    private static final int MOST_CHARACTERS = 100;
    private static final int MOST_READ = 4 * MOST_CHARACTERS;
    private static final int MOST_REPEATS = 3;
    private static final String NOT_OK = " That is no 200 with \"OK\" in its first " + MOST_CHARACTERS + " characters.";

    private final HttpClient client;
    private final Vertx vertx;
    private final boolean anyHost;
    private final Duration interval;
    private final Parts parts;

    Notifier(Vertx vertx, boolean anyHost, Duration interval, Parts parts) {
        this.vertx = vertx;
        this.interval = interval;
        this.client = vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout((int) CONNECT.toMillis()).setMaxWaitQueueSize(MOST_WAITING).setVerifyHost(true),
            new PoolOptions().setHttp1MaxSize(16));
        this.anyHost = anyHost;
        this.parts = parts;
    }

    /** Sends the notification of an order that has just been settled. */
    void send(SimulatedOrder order) {
        send(order, order.view(), "", 0);
    }

    /**
     * Sends one that may be unlike the order.
     *
     * @param order  whose shop is told
     * @param status what to say; another one than the order has comes out of order
     * @param extra  added to the address, such as {@code payload_type=pretransaction}; may be empty
     */
    void send(SimulatedOrder order, String status, String extra) {
        send(order, order.view().put("status", status).put("financial_status", status), extra, 0);
    }

    private void send(SimulatedOrder order, ObjectNode view, String extra, int repeats) {
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
        target = Links.withParameter(target, "timestamp", timestamp) + (extra.isEmpty() ? "" : "&" + extra);
        Runnable again = () -> repeat(order, view, extra, repeats);
        // Only POST notifications have a body and a signature.
        boolean signed = !"GET".equals(paymentOptions.path("notification_method").textValue());
        byte[] body = signed ? Json.bytes(view) : new byte[0];
        try {
            answerTo(target, signed, body, order.apiKey(), timestamp).onComplete(done -> {
                if (done.succeeded()) {
                    answered(id, url, done.result(), again);
                } else {
                    notReached(id, url, done.cause(), again);
                }
            });
        } catch (RuntimeException impossibleUrl) {
            // Such as a port that does not exist: the customer has paid all the same.
            notReached(id, url, impossibleUrl, again);
        }
    }

    private void repeat(SimulatedOrder order, ObjectNode view, String extra, int repeats) {
        if (repeats < MOST_REPEATS) {
            vertx.setTimer(interval.toMillis(), over -> send(order, view, extra, repeats + 1));
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

    private void answered(String id, String url, Answer answer, Runnable again) {
        String said = "The shop was notified at " + url + " and answered " + answer.status()
            + (answer.text().isBlank() ? " without a word." : " \"" + answer.text() + "\".");
        tell(id, answer.acknowledges() ? "acknowledged" : "failed", said + (answer.acknowledges() ? "" : NOT_OK + willTryAgain()));
        if (!answer.acknowledges()) {
            again.run();
        }
    }

    private void notReached(String id, String url, Throwable cause, Runnable again) {
        String why = cause instanceof ConnectException ? "nobody listens there"
            : cause instanceof TimeoutException ? "no answer within " + ANSWER.toSeconds() + " seconds"
            : cause.getClass().getSimpleName();
        tell(id, "failed", "The shop could not be notified at " + url + ": " + why + "." + willTryAgain());
        again.run();
    }

    private String willTryAgain() {
        return " It is sent again after " + (interval.toSeconds() > 0 && interval.toSeconds() % 60 == 0 ? interval.toMinutes() + " minutes"
            : interval.toMillis() + " ms") + ", three times.";
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
