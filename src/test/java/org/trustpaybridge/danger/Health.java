package org.trustpaybridge.danger;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import org.trustpaybridge.testkit.BridgeProcess;

/** What a bridge says of itself. */
final class Health {
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Health() {
    }

    /** The readiness report as it is, DOWN or UP. */
    static String of(BridgeProcess bridge) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(bridge.management("/observe/health/ready")).timeout(Duration.ofSeconds(5)).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
