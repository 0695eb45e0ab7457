package org.trustpaybridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.ext.web.Router;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server behind Visitors, with short times, and visitors who are slow, rude or too many. */
class VisitorsOverTheWireTest {

    private static final Duration HEAD = Duration.ofMillis(600);
    private static final Duration REQUEST = Duration.ofMillis(900);
    private static final Duration IDLE = Duration.ofMillis(700);
    private static final int MOST = 20;

    private static Visitors visitors;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        visitors = new Visitors("management", (VertxInternal) Vertx.vertx(), new Visitors.Limits(MOST, HEAD, REQUEST, IDLE));
        Router router = Router.router(visitors);
        router.route("/*").handler(request -> {
            if (visitors.admit(request)) {
                request.next();
            }
        });
        router.get("/health").handler(request -> request.response().end("UP"));
        router.get("/large").handler(request -> request.response().end(Buffer.buffer(new byte[64 << 20])));
        HttpServer server = visitors.createHttpServer(new HttpServerOptions());
        port = server.requestHandler(router).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS)
            .actualPort();
    }

    @AfterAll
    static void stop() {
        visitors.close();
    }

    @Test
    void whoever_says_nothing_or_a_byte_now_and_then_is_shown_out() throws Exception {
        // Given
        Socket silent = open("");
        Socket dripping = open("GET /health HTTP/1.1\r\n");
        CompletableFuture<Void> drip = drip(dripping);

        // When
        Duration first = closed(silent);
        Duration second = closed(dripping);

        // Then
        assertThat(first).isLessThan(HEAD.plusSeconds(1));
        assertThat(second).isLessThan(HEAD.plusSeconds(1));
        drip.join();
    }

    @Test
    void whoever_does_not_take_an_answer_is_shown_out() throws Exception {
        // When
        Socket socket = open("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");

        // Then
        Awaitility.await().atMost(Duration.ofSeconds(1)).until(() -> visitors.open() == 1);
        Awaitility.await().atMost(REQUEST.plusSeconds(2)).until(() -> visitors.open() == 0);
        socket.close();
    }

    @Test
    void a_connection_is_kept_for_the_next_request_and_not_for_ever() throws Exception {
        // Given
        Socket socket = open("GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(said(socket)).contains("200 OK");
        socket.getOutputStream().write("GET /health HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(said(socket)).contains("200 OK");

        // When
        Duration kept = closed(socket);

        // Then
        assertThat(kept).isBetween(IDLE.minusMillis(300), IDLE.plusSeconds(1));
    }

    @Test
    void bodies_large_heads_and_http_2_are_refused() throws Exception {
        // When
        String body = said(open("GET /health HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n"));
        String chunked = said(open("POST /health HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"));
        String line = said(open("GET /" + "a".repeat(10_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"));
        String head = said(open("GET /health HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(50_000) + "\r\n\r\n"));
        String upgrade = said(open("GET /health HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
            + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n"));

        // Then
        assertThat(body).contains(" 413 ");
        assertThat(chunked).contains(" 413 ");
        assertThat(line).contains(" 414 ");
        assertThat(head).contains(" 431 ");
        assertThat(upgrade).contains(" 200 ").doesNotContain(" 101 ");
    }

    @Test
    void however_many_come_the_next_one_is_served() throws Exception {
        // Given
        List<Socket> crowd = new ArrayList<>();
        for (int i = 0; i < 5 * MOST; i++) {
            crowd.add(open("GET /health HTTP/1.1\r\n"));
        }

        // When
        String answer = said(open("GET /health HTTP/1.1\r\nHost: a\r\n\r\n"));

        // Then
        assertThat(answer).contains("200 OK");
        assertThat(visitors.open()).isLessThanOrEqualTo(MOST);
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> visitors.open() == 0);
        for (Socket socket : crowd) {
            socket.close();
        }
    }

    private static Socket open(String says) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(says.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String said(Socket socket) throws IOException {
        byte[] some = new byte[4096];
        int read = socket.getInputStream().read(some);
        return read < 0 ? "" : new String(some, 0, read, StandardCharsets.US_ASCII);
    }

    private static CompletableFuture<Void> drip(Socket socket) {
        return CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; i < 100; i++) {
                    socket.getOutputStream().write("X-A: b\r\n".getBytes(StandardCharsets.US_ASCII));
                    Thread.sleep(50);
                }
            } catch (IOException shownOut) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static Duration closed(Socket socket) throws IOException {
        long from = System.nanoTime();
        try (InputStream in = socket.getInputStream()) {
            while (in.read() >= 0) {
                continue;
            }
        } catch (SocketException reset) {
            // Closed, too.
        }
        return Duration.ofNanos(System.nanoTime() - from);
    }
}
