package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.trustpaybridge.assembly.BridgeMain;
import org.trustpaybridge.settings.SettingsLoader;
import org.trustpaybridge.testkit.Chromium;
import org.trustpaybridge.testkit.FreePorts;

/** The management port of a bridge with a token. There is no Kafka: the port is to be guarded from the first moment on, whatever is. */
class ManagementTokenTest {

    private static final String TOKEN = "correct-horse-battery-staple-31";

    private static int port;
    private static BridgeMain bridge;

    @BeforeAll
    static void start() {
        port = FreePorts.one();
        bridge = new BridgeMain(new SettingsLoader(Map.of("KAFKA_BROKERS", "127.0.0.1:" + FreePorts.one(), "MULTISAFEPAY_API_KEY",
            "key-of-token-test",
            "MANAGEMENT_PORT", Integer.toString(port), "MANAGEMENT_TOKEN", TOKEN), new Properties()).load(Optional.empty()),
                Path.of("routes"), "test");
        bridge.start();
    }

    @AfterAll
    static void stop() {
        bridge.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/status", "/observe/health", "/observe/metrics", "/observe/info", "/observe", "/nowhere", "//status",
        "/./status",
        "/%73tatus", "/status/", "/observe/health/../metrics", "/observe/health/live/..", "/observe/health/live/../../metrics",
        "/observe/health/live/x", "/observe/health/%2e%2e/metrics", "/observe/health/live;x", "/?x=/observe/health/live%00",
            "/observe/health/live%2f..%2f..%2fmetrics"})
    void nothing_with_data_is_served_without_the_token(String path) throws Exception {
        String answer = raw("GET " + path + " HTTP/1.1");

        if (path.startsWith("/?")) {
            assertThat(answer).startsWith("HTTP/1.1 200").contains("<!doctype html>").doesNotContain("\"slices\"");
        } else {
            assertThat(answer).startsWith("HTTP/1.1 401").contains("Bearer realm=").doesNotContain("trustpay_bridge_")
                .doesNotContain("\"slices\"")
                .doesNotContain("\"checks\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearer wrong-horse-battery-staple-31", "Bearer correct-horse-battery-staple-3",
        "Bearer correct-horse-battery-staple-311", "Basic Y29ycmVjdA==", "correct-horse-battery-staple-31",
            "Bearer CORRECT-HORSE-BATTERY-STAPLE-31"})
    void a_token_that_is_not_the_one_opens_nothing_not_even_the_probes(String authorization) throws Exception {
        for (String path : List.of("/status", "/observe/metrics", "/observe/health/live")) {
            assertThat(get(path, "Authorization", authorization).statusCode()).as(path).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST / HTTP/1.1", "DELETE /status HTTP/1.1", "OPTIONS * HTTP/1.1", "OPTIONS /status HTTP/1.1",
        "HEAD /status HTTP/1.1",
        "TRACE / HTTP/1.1", "GET http://127.0.0.1/status HTTP/1.1", "GET http://127.0.0.1/observe/metrics HTTP/1.1",
            "POST /observe/health/live HTTP/1.1"})
    void no_method_and_no_form_of_the_request_line_gets_past_it(String requestLine) throws Exception {
        assertThat(raw(requestLine)).matches("(?s)HTTP/1\\.1 (4\\d\\d|501) .*").doesNotContain("\"slices\"")
            .doesNotContain("trustpay_bridge_");
    }

    @ParameterizedTest
    @CsvSource({"/status, slices", "/observe/health, checks", "/observe/metrics, trustpay_bridge_", "/, doctype"})
    void with_the_token_everything_is_served(String path, String expected) throws Exception {
        assertThat(get(path, "Authorization", "Bearer " + TOKEN).body()).contains(expected);
        assertThat(get(path, "Authorization", "bearer  " + TOKEN).body()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"/observe/health/live, 200, UP", "/observe/health/ready, 503, DOWN",
        "/observe/health/ready?exposureLevel=full&data=true&stackTrace=true, 503, DOWN"})
    void the_probes_say_up_or_down_and_no_more(String path, int status, String word) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("{\"status\":\"" + word + "\"}");
    }

    @Test
    void with_the_token_the_probes_say_why() throws Exception {
        assertThat(get("/observe/health/ready", "Authorization", "Bearer " + TOKEN).body()).contains("Kafka");
    }

    @Test
    void the_health_check_of_the_image_needs_no_token() throws Exception {
        Process check = new ProcessBuilder("bash", "docker/healthcheck", Integer.toString(port)).start();

        assertThat(check.waitFor()).isZero();
    }

    @Test
    void the_page_asks_for_the_token_keeps_it_for_the_tab_and_puts_it_in_no_address() throws Exception {
        Optional<Chromium> opened = Chromium.open();
        Assumptions.assumeTrue(opened.isPresent(), Chromium.MISSING);
        try (Chromium chromium = opened.get()) {
            // Given
            chromium.window(360, 700);
            chromium.driver.get("http://127.0.0.1:" + port + "/");
            await().until(() -> chromium.driver.findElement(By.id("door")).isDisplayed());

            // When
            chromium.driver.switchTo().activeElement().sendKeys("not-the-right-token", Keys.ENTER);

            // Then
            await().until(() -> chromium.driver.findElement(By.id("door-problem")).getText().equals("That token is not the right one."));
            chromium.keepPicture("status-page", "token");

            // When
            chromium.driver.switchTo().activeElement().sendKeys(TOKEN, Keys.ENTER);

            // Then
            await().until(() -> chromium.driver.findElement(By.id("headline")).getText().equals("Waiting for Kafka"));
            chromium.keepPicture("status-page", "waiting-for-kafka");
            assertThat(chromium.driver.getCurrentUrl()).doesNotContain(TOKEN);
            assertThat(chromium.driver.getPageSource()).doesNotContain(TOKEN);

            // When
            chromium.driver.navigate().refresh();

            // Then
            await().until(() -> chromium.driver.findElement(By.id("headline")).getText().equals("Waiting for Kafka"));
            assertThat(chromium.complaints()).as("what the browser itself says of answers with 401 aside")
                .allMatch(line -> line.contains("401"));
            chromium.driver.findElement(By.id("leave")).click();
            assertThat(chromium.driver.findElement(By.id("door")).isDisplayed()).isTrue();
            assertThat(chromium.driver.executeScript("return sessionStorage.length")).isEqualTo(0L);
        }
    }

    private static HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return WireRig.HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** As it is written: a client of Java's would tidy the path first. */
    private static String raw(String requestLine) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((requestLine + "\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }
}
