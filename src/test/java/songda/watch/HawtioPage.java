package songda.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Hawtio as a person sees it, in Debian's Chromium without a window; packages chromium and chromium-driver. */
public final class HawtioPage implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private final ChromeDriver browser;
    private final String base;
    private final Path profile;

    /** @param base address of the admin port, e.g. {@code http://127.0.0.1:8081} */
    public HawtioPage(String base) {
        this.base = base;
        for (String program : List.of("/usr/bin/chromium", "/usr/bin/chromedriver")) {
            if (!Files.isExecutable(Path.of(program))) {
                throw new AssertionError(program + " is missing: apt-get install chromium chromium-driver");
            }
        }
        try {
            profile = Files.createTempDirectory("songda-chromium");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--lang=zh-CN",
                "--user-data-dir=" + profile);
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(new java.io.File("/usr/bin/chromedriver"))
                        .build(),
                options);
        browser.manage().window().setSize(new Dimension(1500, 950));
    }

    /** Logs in at the hub's own page and waits until Hawtio is drawn. */
    public void login(String user, String password) {
        openLogin();
        browser.findElement(By.id("username")).sendKeys(user);
        browser.findElement(By.id("password")).sendKeys(password);
        browser.findElement(By.cssSelector("button[type=submit]")).click();
        until("Hawtio's navigation", () -> browser.findElements(By.cssSelector("nav a")).size() > 0);
    }

    public void openLogin() {
        browser.get(base + "/login");
    }

    /** Opens the table of all Camel routes. */
    public void openRoutes(String camelContext) {
        open("/hawtio/camel/routes?nid=root-org.apache.camel-Camel%20Contexts-" + camelContext + "-routes");
    }

    /** Opens an address inside Hawtio, e.g. {@code /hawtio/jmx}. */
    public void open(String path) {
        browser.get(base + path);
    }

    public String text() {
        return browser.findElement(By.tagName("body")).getText();
    }

    public List<WebElement> all(String css) {
        return browser.findElements(By.cssSelector(css));
    }

    public void screenshot(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, browser.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ChromeDriver browser() {
        return browser;
    }

    /** Looks until it is so; what a page draws again in between is looked up again. */
    public void until(String what, Supplier<Boolean> seen) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!now(seen)) {
            if (System.nanoTime() > end) {
                screenshot(Path.of("target/hawtio-missing.png"));
                throw new AssertionError("not seen in " + PATIENCE + ": " + what + " (target/hawtio-missing.png)\n" + text());
            }
            java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
        }
    }

    private static boolean now(Supplier<Boolean> seen) {
        try {
            return seen.get();
        } catch (StaleElementReferenceException e) {
            return false;
        }
    }

    @Override
    public void close() {
        browser.quit();
        try (var files = Files.walk(profile)) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
