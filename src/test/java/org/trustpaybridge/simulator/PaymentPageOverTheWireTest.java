package org.trustpaybridge.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentPageOverTheWireTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private Simulator simulator;
    private Shop shop;

    @BeforeEach
    void start() {
        simulator = Simulator.start(SimulatorOptions.defaults());
        shop = new Shop();
    }

    @AfterEach
    void stop() {
        simulator.close();
        shop.close();
    }

    @Test
    void the_page_shows_order_amount_and_description() throws Exception {
        String url = placed(SampleOrder.forShop("page-1", shop));

        HttpResponse<String> page = get(url);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.body()).contains("page-1", "10,00\u00a0K\u010d", "Test Order Description", "simulator", "lang=\"cs-CZ\"");
    }

    @Test
    void the_page_forbids_scripts_frames_and_caches() throws Exception {
        HttpResponse<String> page = get(placed(SampleOrder.forShop("page-1", shop)));

        assertThat(page.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(policy ->
            assertThat(policy).startsWith("default-src 'none';").contains("frame-ancestors 'none'")
                .doesNotContain("form-action", "script"));
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    }

    @Test
    void what_an_order_says_is_text_and_never_markup() throws Exception {
        ObjectNode order = SampleOrder.forShop("\"><b>&'{{content}}", shop);
        order.put("description", "{{title}} 1 < 2 & \"it's\" %s $1 \\");

        HttpResponse<String> page = get(placed(order));

        assertThat(page.body())
            .contains("&quot;&gt;&lt;b&gt;&amp;&#39;{{content}}", "{{title}} 1 &lt; 2 &amp; &quot;it&#39;s&quot; %s $1 \\")
            .doesNotContain("<b>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1000 | CZK | cs_CZ | 10,00K\u010d", "123456789 | EUR | nl_NL | \u20ac1.234.567,89", "5 | EUR | en_US | \u20ac0.05",
        "1000 | JPY | en_US | \u00a51,000", "1500 | KWD | en_US | KWD1.500", "1 | GBP | en_GB | \u00a30.01",
        "1000 | EUR | xx_YY | \u20ac10.00", "1000 | EUR | EN | \u20ac10.00"})
    void amounts_are_written_as_the_locale_does(long minorUnits, String currency, String locale, String expected) {
        String text = AmountText.of(minorUnits, currency, AmountText.locale(locale));

        // Whether a space stands beside the currency differs from one JDK to the next.
        assertThat(text.replace("\u00a0", "")).isEqualTo(expected);
    }

    @Test
    void the_link_may_ask_for_another_locale_than_the_order() throws Exception {
        String url = placed(SampleOrder.forShop("page-1", shop));

        HttpResponse<String> page = get(url.replace("lang=cs_CZ", "lang=en_US"));

        assertThat(page.body()).contains("CZK").contains("10.00");
    }

    @Test
    void pay_completes_the_order_and_leads_back_to_the_shop() throws Exception {
        String url = placed(SampleOrder.forShop("pay 1&", shop));

        HttpResponse<String> answer = press(url, "pay");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains(shop.url("/thanks?type=redirect&transactionid=pay%201%26"));
        assertThat(simulator.orderStatus("pay 1&")).contains("completed");
        assertThat(get(url).body()).contains("This order is paid.").doesNotContain("<button");
    }

    @Test
    void cancel_voids_the_order_and_leads_back_to_the_shop() throws Exception {
        String url = placed(SampleOrder.forShop("cancel-1", shop));

        HttpResponse<String> answer = press(url, "cancel");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains(shop.url("/cancelled?transactionid=cancel-1"));
        assertThat(simulator.orderStatus("cancel-1")).contains("void");
        assertThat(get(url).body()).contains("This order was cancelled.").doesNotContain("<button");
    }

    @ParameterizedTest
    @CsvSource({"pay, completed", "cancel, void"})
    void both_buttons_send_a_notification_that_the_key_of_the_order_signs(String button, String status) throws Exception {
        String url = placed(SampleOrder.forShop("told 1", shop));

        press(url, button);

        await().until(() -> !shop.notifications().isEmpty());
        Shop.Visit notification = shop.notifications().get(0);
        String timestamp = notification.target().replaceFirst(".*&timestamp=", "");
        assertThat(notification.method()).isEqualTo("POST");
        assertThat(notification.target()).isEqualTo("/notify?type=notification&transactionid=told%201&timestamp=" + timestamp);
        assertThat(Long.parseLong(timestamp)).isBetween(Instant.now().getEpochSecond() - 30, Instant.now().getEpochSecond());
        assertThat(notification.auth()).isEqualTo(signature("test-key", timestamp, notification.body()));
        JsonNode body = SampleOrder.read(new String(notification.body(), StandardCharsets.UTF_8));
        assertThat(body.path("order_id").textValue()).isEqualTo("told 1");
        assertThat(body.path("status").textValue()).isEqualTo(status);
        assertThat(body.path("amount").intValue()).isEqualTo(1000);
    }

    @Test
    void a_get_notification_carries_neither_body_nor_signature() throws Exception {
        ObjectNode order = SampleOrder.forShop("told-2", shop);
        order.withObjectProperty("payment_options").put("notification_method", "GET");

        press(placed(order), "pay");

        await().until(() -> !shop.notifications().isEmpty());
        assertThat(shop.notifications().get(0).method()).isEqualTo("GET");
        assertThat(shop.notifications().get(0).auth()).isNull();
        assertThat(shop.notifications().get(0).body()).isEmpty();
    }

    @Test
    void a_second_press_leads_back_again_and_tells_the_shop_nothing_new() throws Exception {
        String url = placed(SampleOrder.forShop("pressed-1", shop));
        press(url, "pay");
        await().until(() -> statsOf("notifications").path("acknowledged").intValue() == 1);

        HttpResponse<String> again = press(url, "pay");
        HttpResponse<String> other = press(url, "cancel");

        assertThat(again.headers().firstValue("Location")).hasValueSatisfying(target -> assertThat(target).contains("/thanks"));
        assertThat(other.headers().firstValue("Location")).contains("./");
        assertThat(simulator.orderStatus("pressed-1")).contains("completed");
        assertThat(shop.notifications()).hasSize(1);
    }

    @Test
    void an_order_paid_on_one_page_is_paid_on_all_its_pages() throws Exception {
        String first = placed(SampleOrder.forShop("pages-1", shop));
        String second = placed(SampleOrder.forShop("pages-1", shop));

        press(first, "pay");

        assertThat(get(second).body()).contains("This order is paid.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1/notify", "http://127.0.0.1:99999/notify", "https://localhost:1/notify"})
    void a_shop_that_cannot_be_reached_does_not_matter_to_the_customer(String notificationUrl) throws Exception {
        ObjectNode order = SampleOrder.forShop("deaf-1", shop);
        order.withObjectProperty("payment_options").put("notification_url", notificationUrl);

        HttpResponse<String> answer = press(placed(order), "pay");

        assertThat(answer.statusCode()).isEqualTo(303);
        await().until(() -> statsOf("notifications").path("failed").intValue() == 1);
        assertThat(get(answer.uri().resolve("./").toString()).body()).contains("The shop could not be notified at " + notificationUrl);
    }

    @Test
    void other_machines_are_not_notified_unless_that_is_wanted() throws Exception {
        String url = placed(SampleOrder.withId("far-1"));

        press(url, "pay");

        assertThat(statsOf("notifications")).isEqualTo(SampleOrder.<JsonNode>read("{\"skipped\":1}"));
        assertThat(get(url).body()).contains("The shop was not notified: http://www.example.com/", "--notify-any-host");
    }

    @ParameterizedTest
    @CsvSource({"http://localhost/x, true", "http://127.0.0.1:80/x, true", "http://127.9.9.9/, true", "https://[::1]:8443/, true",
        "http://www.example.com/, false", "http://localhost.example.com/, false", "http://127.0.0.1.example.com/, false",
        "http://10.0.0.1/, false", "http://localhost@example.com/, false"})
    void this_machine_is_known_by_its_name(String url, boolean local) {
        assertThat(Notifier.isThisMachine(url)).isEqualTo(local);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "200 | OK             | acknowledged | and answered 200 &quot;OK&quot;.",
        "200 | MULTISAFEPAY_OK | acknowledged | and answered 200 &quot;MULTISAFEPAY_OK&quot;.",
        "200 | <b>thanks      | failed       | and answered 200 &quot;&lt;b&gt;thanks&quot;. That is no 200 with &quot;OK&quot;",
        "500 | OK             | failed       | and answered 500 &quot;OK&quot;. That is no 200 with &quot;OK&quot;",
        "404 | ''             | failed       | That is no 200 with &quot;OK&quot;"})
    void the_page_of_a_settled_order_tells_what_the_shop_answered(int status, String words, String outcome, String told) throws Exception {
        shop.answers(status, words);
        String url = placed(SampleOrder.forShop("fate-1", shop));
        assertThat(get(url).body()).doesNotContain("notified");

        press(url, "pay");

        await().until(() -> statsOf("notifications").path(outcome).intValue() == 1);
        assertThat(get(url).body()).contains("The shop was notified at " + shop.url("/notify"), told).doesNotContain("<b>");
    }

    @Test
    void no_more_of_an_answer_is_read_than_counts() throws Exception {
        shop.answers(200, "x".repeat(100) + "OK" + "x".repeat(10_000_000));
        String url = placed(SampleOrder.forShop("long-1", shop));

        press(url, "pay");

        await().until(() -> statsOf("notifications").path("failed").intValue() == 1);
        assertThat(get(url).body()).contains("x".repeat(100) + "&quot;. That is no 200").doesNotContain("x".repeat(101));
    }

    private JsonNode statsOf(String part) {
        return SampleOrder.<JsonNode>read(simulator.stats()).path(part);
    }

    private String placed(ObjectNode order) throws Exception {
        return RawCall.post(simulator, order).json().path("data").path("payment_url").textValue();
    }

    private static HttpResponse<String> get(String url) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> press(String pageUrl, String button) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(pageUrl).resolve(button)).POST(BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
    }

    /** Written once more from the description of the signature, so that it does not agree with itself alone. */
    static String signature(String key, String timestamp, byte[] body) throws Exception {
        byte[] start = (timestamp + ":").getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[start.length + body.length];
        System.arraycopy(start, 0, message, 0, start.length);
        System.arraycopy(body, 0, message, start.length, body.length);
        Mac mac = Mac.getInstance("HmacSHA512");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "any"));
        return Base64.getEncoder().encodeToString(
            (timestamp + ":" + HexFormat.of().formatHex(mac.doFinal(message))).getBytes(StandardCharsets.UTF_8));
    }
}
