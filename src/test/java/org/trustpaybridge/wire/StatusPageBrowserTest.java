package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.management.ObjectName;

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
import org.trustpaybridge.simulator.FaultPlan;
import org.trustpaybridge.testkit.Chromium;

/** The status page in a real browser, on a bridge that has work to do. Without a browser each test is skipped. */
class StatusPageBrowserTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ATTACK = "<img src=x onerror=document.title='owned'>";

    private static Chromium chromium;
    private static ChromeDriver browser;
    private static WireRig rig;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.open().orElse(null);
        if (chromium != null) {
            browser = chromium.driver;
            rig = new WireRig(Map.of());
            rig.publish("first", Events.order("first"));
            rig.publish("attack", Events.order(ATTACK).replace("1000", "0"));
            rig.publish("refused", Events.order("sim-1001-" + "x".repeat(41)));
            rig.kafka.awaitRecord(WireRig.OUT, "first");
            rig.kafka.awaitRecord(WireRig.DEAD, "attack");
            rig.kafka.awaitRecord(WireRig.DEAD, "refused");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (chromium != null) {
            chromium.close();
            rig.close();
        }
    }

    @BeforeEach
    void open() {
        Assumptions.assumeTrue(chromium != null, Chromium.MISSING);
        chromium.prefers(Map.of("prefers-color-scheme", "light", "prefers-reduced-motion", "reduce"));
        chromium.window(1280, 900);
        chromium.complaints();
        browser.get("http://127.0.0.1:" + rig.managementPort + "/");
        awaitHeadline("Orders flow");
    }

    /** Nothing that a test did may have broken the page's own rules, nor have thrown. */
    @AfterEach
    void the_browser_has_nothing_to_complain_of() {
        if (chromium != null) {
            rig.simulator.faults(FaultPlan.NONE);
            assertThat(chromium.complaints()).isEmpty();
        }
    }

    @Test
    void counts_rise_without_a_reload() throws Exception {
        // Given
        browser.executeScript("window.sameAsBefore = true");
        String before = outcome("Payment URL published");

        // When
        IntStream.range(0, 20).forEach(i -> rig.publish("rise-" + i, Events.order("rise-" + i)));

        // Then
        await().atMost(PATIENCE).until(() -> Integer.parseInt(outcome("Payment URL published")) == Integer.parseInt(before) + 20);
        assertThat(browser.executeScript("return window.sameAsBefore")).isEqualTo(true);
        assertThat(browser.findElements(By.cssSelector("#rate-chart .published"))).isNotEmpty();
        assertThat(text("rate-text")).contains("payment URLs");
        assertThat(text("latency-text")).contains("half of the orders took less than");
        await().atMost(PATIENCE).until(() -> lags().equals(List.of("0", "0", "0")));
        chromium.keepPicture("status-page", "flowing");
    }

    @Test
    void an_outage_appears_with_its_reason_and_what_waits_and_goes_by_itself() throws Exception {
        // Given
        rig.simulator.faults(FaultPlan.parse("503=100%"));

        // When
        IntStream.range(0, 60).forEach(i -> rig.publish("held-" + i, Events.order("held-" + i)));

        // Then
        awaitHeadline("The provider answers nobody");
        assertThat(text("detail")).contains("HTTP 503");
        await().atMost(PATIENCE).until(() -> text("waits").matches("Held since .*")
            && text("detail").matches(".* \\d+ orders wait here, \\d+ more in Kafka\\."));
        assertThat(browser.findElement(By.id("headline")).getDomAttribute("aria-live")).isEqualTo("polite");
        assertThat(browser.getTitle()).contains("The provider answers nobody");
        chromium.keepPicture("status-page", "outage");

        // When
        rig.simulator.faults(FaultPlan.NONE);

        // Then
        awaitHeadline("Orders flow");
        assertThat(browser.getTitle()).startsWith("Orders flow");
    }

    @Test
    void an_account_fault_is_told_from_an_outage() throws Exception {
        // Given
        rig.simulator.faults(FaultPlan.parse("401=100%"));

        // When
        rig.publish("refused-account", Events.order("refused-account"));

        // Then
        awaitHeadline("The provider refuses this account");
        chromium.keepPicture("status-page", "account-fault");
        rig.simulator.faults(FaultPlan.NONE);
        awaitHeadline("Orders flow");
    }

    @Test
    void a_pause_by_an_operator_is_shown() throws Exception {
        // When
        ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName("org.trustpaybridge:type=Bridge"), "pauseConsumption", null, null);

        // Then
        awaitHeadline("Consumption is paused");
        ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName("org.trustpaybridge:type=Bridge"), "resumeConsumption", null,
            null);
        awaitHeadline("Orders flow");
    }

    @Test
    void dead_letters_show_order_id_and_reason_and_an_order_id_is_never_markup() {
        assertThat(text("letters")).contains(ATTACK).contains("INVALID_EVENT The event has a violation: amount")
            .contains("PROVIDER_REJECTED The provider refused the order");
        assertThat(browser.findElements(By.cssSelector("#letters img"))).isEmpty();
        assertThat(browser.getTitle()).doesNotContain("owned");
        assertThat(text("letters")).doesNotContain(Events.PERSONAL);
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 360})
    void a_phone_shows_everything_without_scrolling_sideways(int width) throws Exception {
        chromium.window(width, 700);
        browser.navigate().refresh();
        awaitHeadline("Orders flow");

        assertThat(chromium.number("return document.documentElement.clientWidth")).isEqualTo(width);
        assertThat(chromium.number("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
        chromium.keepPicture("status-page", "phone-" + width);
    }

    @Test
    void dark_mode_turns_the_page_dark_and_keeps_it_readable() throws Exception {
        chromium.prefers(Map.of("prefers-color-scheme", "dark", "prefers-reduced-motion", "reduce"));

        assertThat(chromium.brightness("document.body", "backgroundColor")).isLessThan(60);
        assertThat(chromium.brightness("document.getElementById('rate')", "color")).isGreaterThan(180);
        chromium.keepPicture("status-page", "dark");
    }

    @Test
    void a_bridge_that_does_not_answer_any_more_is_told_from_one_where_nothing_happens() throws Exception {
        // Given
        chromium.driver.executeCdpCommand("Network.enable", Map.of());

        // When
        offline(true);

        // Then
        awaitHeadline("The bridge does not answer");
        assertThat(text("detail")).startsWith("What is shown below is of ");
        assertThat(browser.getTitle()).contains("No answer");
        chromium.keepPicture("status-page", "no-answer");

        // When
        offline(false);

        // Then
        awaitHeadline("Orders flow");
        assertThat(chromium.complaints()).isNotEmpty().allMatch(line -> line.contains("ERR_INTERNET_DISCONNECTED"));
    }

    @Test
    void a_tab_in_the_background_asks_for_nothing_and_catches_up_when_it_is_seen() {
        // When
        background(true);

        // Then
        double before = asked();
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(4)).until(() -> asked() <= before + 1);
        background(false);
        double hidden = asked();
        await().atMost(PATIENCE).until(() -> asked() > hidden);
    }

    @Test
    void everything_that_can_be_used_is_reached_by_keyboard() {
        // When
        browser.findElement(By.tagName("body")).sendKeys(Keys.TAB);

        // Then
        assertThat(browser.switchTo().activeElement().getText()).isEqualTo("Skip to the state");
        for (int i = 0; i < 20 && !"pause".equals(browser.switchTo().activeElement().getDomAttribute("id")); i++) {
            browser.switchTo().activeElement().sendKeys(Keys.TAB);
        }
        browser.switchTo().activeElement().sendKeys(Keys.ENTER);
        assertThat(text("pause")).isEqualTo("Refresh again");
        browser.switchTo().activeElement().sendKeys(Keys.SPACE);
        assertThat(text("pause")).isEqualTo("Stop refreshing");
    }

    @Test
    void a_screen_reader_finds_landmarks_and_a_text_for_every_chart() {
        assertThat(browser.findElements(By.cssSelector("header, main, footer"))).hasSize(3);
        assertThat(browser.findElements(By.cssSelector("svg.chart"))).hasSize(2).allSatisfy(chart -> {
            assertThat(chart.getDomAttribute("role")).isEqualTo("img");
            assertThat(text(chart.getDomAttribute("aria-labelledby"))).isNotBlank();
            assertThat(text(chart.getDomAttribute("aria-describedby"))).isNotBlank();
        });
        assertThat(browser.findElements(By.cssSelector("section:not([hidden])"))).allSatisfy(section ->
            assertThat(section.getAccessibleName()).isNotBlank());
    }

    private static void offline(boolean offline) {
        browser.executeCdpCommand("Network.emulateNetworkConditions",
            Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** Headless Chromium has no background; the page cannot tell. */
    private static void background(boolean hidden) {
        browser.executeScript("Object.defineProperty(document, 'hidden', {value: arguments[0], configurable: true});"
            + "document.dispatchEvent(new Event('visibilitychange'))", hidden);
    }

    private static double asked() {
        return chromium.number("return performance.getEntriesByType('resource').filter(e => e.name.endsWith('/status')).length");
    }

    private static void awaitHeadline(String expected) {
        await().atMost(PATIENCE).until(() -> text("headline").equals(expected));
    }

    private static String text(String id) {
        return (String) browser.executeScript("return document.getElementById(arguments[0]).textContent", id);
    }

    private static String outcome(String name) {
        return (String) browser.executeScript(
            "return [...document.querySelectorAll('#outcomes tbody tr')].find(r => r.cells[0].textContent ==="
                + " arguments[0]).cells[1].textContent",
            name);
    }

    @SuppressWarnings("unchecked")
    private static List<String> lags() {
        return (List<String>) browser.executeScript(
            "return [...document.querySelectorAll('#partitions tbody tr')].map(r => r.cells[1].textContent)");
    }
}
