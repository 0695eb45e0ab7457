package org.trustpaybridge.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.trustpaybridge.testkit.Chromium;

/**
 * The payment page in a real browser. Chromium and its driver are taken from CHROME_BIN and CHROMEDRIVER or from the PATH; where
 * there are none the tests are skipped, unless TRUSTPAY_REQUIRE_CHROMIUM=true asks for them to fail.
 */
class PaymentPageBrowserTest {

    private static Chromium chromium;
    private static ChromeDriver browser;
    private Simulator simulator;
    private Shop shop;

    @BeforeAll
    static void openBrowser() throws IOException {
        chromium = Chromium.open().orElse(null);
        browser = chromium == null ? null : chromium.driver;
    }

    @AfterAll
    static void closeBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void start() {
        Assumptions.assumeTrue(chromium != null, Chromium.MISSING);
        simulator = Simulator.start(SimulatorOptions.defaults().withApiKey("test-key"));
        shop = new Shop();
        chromium.prefers(Map.of("prefers-color-scheme", "light"));
        chromium.window(1280, 800);
    }

    @AfterEach
    void stop() {
        if (simulator != null) {
            simulator.close();
            shop.close();
        }
    }

    @Test
    void the_customer_sees_what_is_to_be_paid() throws Exception {
        open("seen-1");

        assertThat(browser.getTitle()).isEqualTo("Order seen-1");
        assertThat(browser.findElement(By.id("order-id")).getText()).isEqualTo("seen-1");
        assertThat(browser.findElement(By.id("amount")).getText().replace('\u00a0', ' ')).isEqualTo("10,00 K\u010d");
        assertThat(browser.findElement(By.id("description")).getText()).isEqualTo("Test Order Description");
        assertThat(browser.findElement(By.cssSelector(".note")).getText()).contains("simulator", "no money");
        chromium.keepPicture("payment-page", "light");
    }

    @Test
    void pay_by_mouse_leads_to_the_shop_which_is_told_with_a_signature() throws Exception {
        open("clicked-1");

        browser.findElement(By.id("pay")).click();

        await().until(() -> browser.getCurrentUrl().equals(shop.url("/thanks?type=redirect&transactionid=clicked-1")));
        assertThat(simulator.orderStatus("clicked-1")).contains("completed");
        assertSignedNotification();
    }

    @Test
    void pay_by_keyboard_needs_one_tab_and_enter() throws Exception {
        open("typed-1");

        browser.findElement(By.tagName("body")).sendKeys(Keys.TAB);
        browser.switchTo().activeElement().sendKeys(Keys.ENTER);

        await().until(() -> browser.getCurrentUrl().startsWith(shop.url("/thanks")));
        assertThat(simulator.orderStatus("typed-1")).contains("completed");
    }

    @Test
    void cancel_leads_to_the_shop_which_is_told_with_a_signature() throws Exception {
        open("cancelled-1");

        browser.findElement(By.id("cancel")).click();

        await().until(() -> browser.getCurrentUrl().equals(shop.url("/cancelled?transactionid=cancelled-1")));
        assertThat(simulator.orderStatus("cancelled-1")).contains("void");
        assertSignedNotification();
    }

    @Test
    void a_paid_order_shows_that_and_has_no_buttons() throws Exception {
        open("paid-1");
        simulator.markPaid("paid-1");

        browser.navigate().refresh();

        assertThat(browser.findElement(By.id("status")).getText()).isEqualTo("This order is paid.");
        assertThat(browser.findElements(By.tagName("button"))).isEmpty();
        chromium.keepPicture("payment-page", "paid");
    }

    @Test
    void dark_mode_turns_the_page_dark_and_keeps_it_readable() throws Exception {
        chromium.prefers(Map.of("prefers-color-scheme", "dark"));

        open("dark-1");

        assertThat(chromium.brightness("document.body", "backgroundColor")).isLessThan(60);
        assertThat(chromium.brightness("document.getElementById('amount')", "color")).isGreaterThan(180);
        chromium.keepPicture("payment-page", "dark");
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 390})
    void a_phone_shows_the_page_without_scrolling_sideways(int width) throws Exception {
        chromium.window(width, 700);

        ObjectNode order = SampleOrder.forShop("phone-" + "1234567890".repeat(4), shop).put("amount", 123_456_789_012_345L)
            .put("description", "Averylongwordwithoutanyspace".repeat(6));
        browser.get(placed(order));

        assertThat(chromium.number("return document.documentElement.clientWidth")).isEqualTo(width);
        assertThat(chromium.number("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
        assertThat(chromium.number("return document.querySelector('#pay').getBoundingClientRect().height")).isGreaterThanOrEqualTo(44);
        chromium.keepPicture("payment-page", "phone-" + width);
    }

    @Test
    void the_page_breaks_none_of_its_own_rules() throws Exception {
        open("quiet-1");

        List<String> log = chromium.complaints();

        assertThat(log).filteredOn(line -> line.contains("Content Security Policy") || line.contains("/connect/")).isEmpty();
    }

    private void assertSignedNotification() throws Exception {
        await().until(() -> !shop.notifications().isEmpty());
        Shop.Visit notification = shop.notifications().get(0);
        String timestamp = notification.target().replaceFirst(".*&timestamp=", "");
        assertThat(notification.auth()).isEqualTo(PaymentPageOverTheWireTest.signature("test-key", timestamp, notification.body()));
    }

    private void open(String orderId) throws IOException {
        browser.get(placed(SampleOrder.forShop(orderId, shop)));
    }

    private String placed(ObjectNode order) throws IOException {
        return RawCall.post(simulator, order).json().path("data").path("payment_url").textValue();
    }
}
