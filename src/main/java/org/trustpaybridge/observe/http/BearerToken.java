package org.trustpaybridge.observe.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import java.util.function.Supplier;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.AuthenticationHandler;
import org.trustpaybridge.settings.Secret;

/**
 * Lets nobody pass who does not bring the token, with two exceptions: the status page is open as a shell without data, which asks for the
 * token itself; and the two probes answer UP or DOWN and no more, because a kubelet cannot take a header from a secret.
 */
public final class BearerToken implements AuthenticationHandler {

    private static final String SCHEME = "Bearer ";
    private static final Set<String> PROBES = Set.of("/observe/health/live", "/observe/health/ready");

    private final Supplier<Secret> expected;
    private final Runnable refused;

    /**
     * @param token   the token to ask for
     * @param refused told that another one was brought
     */
    public BearerToken(Supplier<Secret> token, Runnable refused) {
        this.expected = token;
        this.refused = refused;
    }

    @Override
    public void handle(RoutingContext request) {
        String authorization = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            byte[] brought = authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
            if (isExpected(brought)) {
                request.next();
                return;
            }
            refused.run();
            if (isExpected(brought)) {
                request.next();
                return;
            }
        } else if (authorization == null && reads(request)) {
            if (StatusPage.PATH.equals(request.normalizedPath())) {
                request.next();
                return;
            }
            if (PROBES.contains(request.normalizedPath())) {
                // Camel's parameters of the health endpoints: without this one the reasons would be in the answer.
                request.request().params().clear().set("exposureLevel", "oneline");
                request.next();
                return;
            }
        }
        refuse(request);
    }

    /** Takes as long whatever the first wrong character is; MessageDigest promises so. */
    private boolean isExpected(byte[] brought) {
        return MessageDigest.isEqual(expected.get().reveal().getBytes(StandardCharsets.UTF_8), brought);
    }

    private static boolean reads(RoutingContext request) {
        return request.request().method() == HttpMethod.GET || request.request().method() == HttpMethod.HEAD;
    }

    private static void refuse(RoutingContext request) {
        request.response().setStatusCode(401)
            .putHeader("WWW-Authenticate", "Bearer realm=\"trustpay-bridge\"")
            .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
            .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
            .end("{\"error\":\"This port asks for a token: Authorization: Bearer ...\"}");
    }
}
