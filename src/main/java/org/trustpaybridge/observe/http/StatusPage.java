package org.trustpaybridge.observe.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * The status page and the numbers behind it. The page is one file without data, the same for everybody, which asks for the numbers
 * again and again. Its policy lets run only the script and the style that are in it, by their hashes.
 */
public final class StatusPage {

    static final String PATH = "/";
    private static final String DATA = "/status";
    private static final String RESOURCE = "status-page.html";
    /** However many look, the numbers are put together no more often than this. */
    private static final long KEEP_NANOS = 500_000_000;

    private final StatusReport report;
    private final byte[] html;
    private final String policy;
    private final String etag;
    private byte[] kept;
    private long keptAt;

    /** @param report the numbers */
    public StatusPage(StatusReport report) {
        this.report = report;
        this.html = read();
        String text = new String(html, StandardCharsets.UTF_8);
        this.policy = "default-src 'none'; script-src " + hash(text, "script") + "; style-src " + hash(text, "style")
            + "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        this.etag = '"' + sha256(html).substring(0, 22) + '"';
    }

    /** Adds the page at {@code /} and its numbers at {@code /status}. */
    void addTo(Router router) {
        router.get(PATH).handler(this::page);
        router.head(PATH).handler(this::page);
        // Not ordered: who waits for a slow one is no concern of the others.
        router.get(DATA).blockingHandler(this::data, false);
    }

    private void page(RoutingContext request) {
        HttpServerResponse response = secured(request).putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
            .putHeader("Content-Security-Policy", policy)
            .putHeader("X-Frame-Options", "DENY")
            .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
            .putHeader(HttpHeaders.ETAG, etag);
        if (etag.equals(request.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(304).end();
        } else {
            response.end(Buffer.buffer(html));
        }
    }

    private void data(RoutingContext request) {
        byte[] json = json();
        secured(request).putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
            .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
            .end(Buffer.buffer(json));
    }

    private static HttpServerResponse secured(RoutingContext request) {
        return request.response()
            .putHeader("X-Content-Type-Options", "nosniff")
            .putHeader("Referrer-Policy", "no-referrer")
            .putHeader("Cross-Origin-Resource-Policy", "same-origin");
    }

    private synchronized byte[] json() {
        long now = System.nanoTime();
        if (kept == null || now - keptAt > KEEP_NANOS) {
            kept = report.now().toString().getBytes(StandardCharsets.UTF_8);
            keptAt = now;
        }
        return kept;
    }

    private static byte[] read() {
        try (InputStream in = StatusPage.class.getResourceAsStream(RESOURCE)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String html, String element) {
        Matcher found = Pattern.compile("(?s)<" + element + ">(.*?)</" + element + ">").matcher(html);
        if (!found.find()) {
            throw new IllegalStateException("no <" + element + "> in " + RESOURCE);
        }
        return "'sha256-" + sha256(found.group(1).getBytes(StandardCharsets.UTF_8)) + "'";
    }

    private static String sha256(byte[] bytes) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
