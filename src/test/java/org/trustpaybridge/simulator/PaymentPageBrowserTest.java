package org.trustpaybridge.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * The payment page in a real browser. Chromium and its driver are taken from CHROME_BIN and CHROMEDRIVER or from the PATH; where
 * there are none the tests are skipped, unless TRUSTPAY_REQUIRE_CHROMIUM=true asks for them to fail.
 */
class PaymentPageBrowserTest {

    private static final String NO_CHROMIUM =
        "No Chromium here: set CHROME_BIN and CHROMEDRIVER, or put chromium and chromedriver on the PATH";

    private static ChromeDriver browser;
    private Simulator simulator;
    private Shop shop;

    @BeforeAll
    static void openBrowser() throws IOException {
        Optional<File> chromium = program("CHROME_BIN", "chromium", "chromium-browser", "google-chrome");
        Optional<File> driver = program("CHROMEDRIVER", "chromedriver");
        if (chromium.isEmpty() || driver.isEmpty()) {
            assertThat(required()).as(NO_CHROMIUM).isFalse();
            // Each test is skipped on its own: a class skipped as a whole would not show in the counts.
            return;
        }
        // Below target and not a temporary folder of JUnit's: Chromium may still write to it while it ends.
        Path profile = Files.createTempDirectory(Files.createDirectories(Path.of("target").toAbsolutePath()), "chromium-");
        ChromeOptions options = new ChromeOptions().setBinary(chromium.get());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir=" + profile);
        browser = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(driver.get()).build(), options);
        browser.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(60));
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.quit();
        }
    }

    @BeforeEach
    void start() {
        Assumptions.assumeTrue(browser != null, NO_CHROMIUM);
        simulator = Simulator.start(SimulatorOptions.defaults().withApiKey("test-key"));
        shop = new Shop();
        media("light");
        window(1280, 800);
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
        keepPicture("light");
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
        keepPicture("paid");
    }

    @Test
    void dark_mode_turns_the_page_dark_and_keeps_it_readable() throws Exception {
        media("dark");

        open("dark-1");

        assertThat(brightness("document.body", "backgroundColor")).isLessThan(60);
        assertThat(brightness("document.getElementById('amount')", "color")).isGreaterThan(180);
        keepPicture("dark");
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 390})
    void a_phone_shows_the_page_without_scrolling_sideways(int width) throws Exception {
        window(width, 700);

        ObjectNode order = SampleOrder.forShop("phone-" + "1234567890".repeat(4), shop).put("amount", 123_456_789_012_345L)
            .put("description", "Averylongwordwithoutanyspace".repeat(6));
        browser.get(placed(order));

        assertThat(number("return document.documentElement.clientWidth")).isEqualTo(width);
        assertThat(number("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
        assertThat(number("return document.querySelector('#pay').getBoundingClientRect().height")).isGreaterThanOrEqualTo(44);
        keepPicture("phone-" + width);
    }

    @Test
    void the_page_breaks_none_of_its_own_rules() throws Exception {
        open("quiet-1");

        List<String> log = browser.manage().logs().get("browser").getAll().stream().map(Object::toString).toList();

        assertThat(log).filteredOn(line -> line.contains("Content Security Policy") || line.contains("/connect/")).isEmpty();
    }

    private void assertSignedNotification() throws Exception {
        await().until(() -> !shop.notifications().isEmpty());
        Shop.Visit notification = shop.notifications().get(0);
        String timestamp = notification.target().replaceFirst(".*&timestamp=", "");
        assertThat(notification.auth()).isEqualTo(PaymentPageTest.signature("test-key", timestamp, notification.body()));
    }

    private void open(String orderId) throws IOException {
        browser.get(placed(SampleOrder.forShop(orderId, shop)));
    }

    private String placed(ObjectNode order) throws IOException {
        return RawCall.post(simulator, order).json().path("data").path("payment_url").textValue();
    }

    private static void media(String scheme) {
        browser.executeCdpCommand("Emulation.setEmulatedMedia",
            Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    private static void window(int width, int height) {
        browser.executeCdpCommand("Emulation.setDeviceMetricsOverride",
            Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    private static double brightness(String element, String property) {
        return number("const c = getComputedStyle(" + element + ")." + property + ".match(/\\d+/g).map(Number);"
            + "return (c[0] + c[1] + c[2]) / 3");
    }

    private static double number(String script) {
        return ((Number) browser.executeScript(script)).doubleValue();
    }

    /** For the eyes: pictures of the page lie beside the test reports. */
    private static void keepPicture(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "payment-page"));
        Files.write(folder.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    }

    private static boolean required() {
        return Boolean.getBoolean("TRUSTPAY_REQUIRE_CHROMIUM") || "true".equals(System.getenv("TRUSTPAY_REQUIRE_CHROMIUM"));
    }

    private static Optional<File> program(String variable, String... names) {
        String named = System.getenv(variable);
        if (named != null && !named.isBlank()) {
            return Optional.of(new File(named)).filter(File::canExecute);
        }
        return Stream.of(names)
            .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(folder -> new File(folder, name)))
            .filter(File::canExecute)
            .findFirst();
    }
}
