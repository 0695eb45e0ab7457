package org.trustpaybridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;

import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A real browser without a window. Chromium and its driver are taken from CHROME_BIN and CHROMEDRIVER or from the PATH; where there are
 * none its tests are to be skipped, unless TRUSTPAY_REQUIRE_CHROMIUM=true asks for them to fail.
 */
public final class Chromium implements AutoCloseable {

    /** Why a test is skipped. */
    public static final String MISSING =
        "No Chromium here: set CHROME_BIN and CHROMEDRIVER, or put chromium and chromedriver on the PATH";

    /** Selenium's own handle. */
    public final ChromeDriver driver;

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Opens a browser; empty where there is none and none is required. */
    public static Optional<Chromium> open() throws IOException {
        Optional<File> chromium = program("CHROME_BIN", "chromium", "chromium-browser", "google-chrome");
        Optional<File> driver = program("CHROMEDRIVER", "chromedriver");
        if (chromium.isEmpty() || driver.isEmpty()) {
            assertThat(required()).as(MISSING).isFalse();
            return Optional.empty();
        }
        // Below target and not a temporary folder of JUnit's: Chromium may still write to it while it ends.
        Path profile = Files.createTempDirectory(Files.createDirectories(Path.of("target").toAbsolutePath()), "chromium-");
        ChromeOptions options = new ChromeOptions().setBinary(chromium.get());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir=" + profile);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriver browser = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(driver.get()).build(), options);
        browser.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(60));
        return Optional.of(new Chromium(browser));
    }

    /** Has pages believe that the user prefers this. */
    public void prefers(Map<String, String> features) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features",
            features.entrySet().stream().map(each -> Map.of("name", each.getKey(), "value", each.getValue())).toList()));
    }

    /** Makes the window this large; below 600 pixels it is a phone's. */
    public void window(int width, int height) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
            Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    /** What a script that returns a number returns. */
    public double number(String script) {
        return ((Number) driver.executeScript(script)).doubleValue();
    }

    /** 0 (black) to 255 (white): a computed colour of an element, which is given as an expression. */
    public double brightness(String element, String property) {
        return number("const c = getComputedStyle(" + element + ")." + property + ".match(/\\d+/g).map(Number);"
            + "return (c[0] + c[1] + c[2]) / 3");
    }

    /** What the browser had to say since this was asked last: scripts' errors, refused resources, broken policies. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(Object::toString).toList();
    }

    /** For the eyes: pictures lie below target, beside the test reports. */
    public void keepPicture(String folder, String name) throws IOException {
        Files.write(Files.createDirectories(Path.of("target", folder)).resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
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
