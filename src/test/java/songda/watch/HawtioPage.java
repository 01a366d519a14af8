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

    private static final Duration PATIENCE = Duration.ofMinutes(1);
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
        browser.manage().window().setSize(new Dimension(1600, 1000));
    }

    /** Logs in at the hub's own page and waits until Hawtio is drawn. */
    public void login(String user, String password) {
        tryLogin(user, password);
        until("Hawtio's menu", () -> !all("nav a").isEmpty());
    }

    public void tryLogin(String user, String password) {
        openLogin();
        browser.findElement(By.id("username")).sendKeys(user);
        browser.findElement(By.id("password")).sendKeys(password);
        browser.findElement(By.cssSelector("button[type=submit]")).click();
    }

    public void openLogin() {
        browser.get(base + "/login");
    }

    /** Opens the table of all Camel routes and waits for its rows. */
    public void openRoutes(String camelContext) {
        browser.get("about:blank"); // or the table that is there would be taken for the new one
        open("/hawtio/camel/routes?nid=root-org.apache.camel-Camel%20Contexts-" + camelContext + "-routes");
        until("the table of routes", () -> !all("table tbody tr").isEmpty());
    }

    /** The number in the column Total of the table of routes, as it stands on the page now. */
    public long exchangesTotal(String routeId) {
        List<List<String>> rows = table();
        int name = rows.get(0).indexOf("Name");
        int total = rows.get(0).indexOf("Total");
        return rows.stream()
                .filter(row -> row.size() > total && row.get(name).equals(routeId))
                .mapToLong(row -> Long.parseLong(row.get(total)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no route " + routeId + " on the page:\n" + text()));
    }

    /** All cells at one look: the hub has some two hundred routes, and asking for each cell takes longer than the page stays as it is. */
    @SuppressWarnings("unchecked")
    private List<List<String>> table() {
        return (List<List<String>>)
                browser.executeScript(
                        "return [...document.querySelectorAll('table tr')].map(row => [...row.cells].map(cell => cell.innerText.trim()))");
    }

    /** Scrolls the table until the route's row is seen, as a person would before a picture is taken. */
    public void showRow(String routeId) {
        browser.executeScript(
                "[...document.querySelectorAll('table tbody tr')].find(row => row.innerText.includes(arguments[0])).scrollIntoView({block: 'center'})",
                routeId);
    }

    /** Opens one route by its place in the tree, as a person would. */
    public void selectRoute(String group, String routeId) {
        tree(group)
                .findElement(By.cssSelector("button.pf-v6-c-tree-view__node-toggle, .pf-v6-c-tree-view__node-toggle"))
                .click();
        until("route " + routeId + " in the tree", () -> !nodes(routeId).isEmpty());
        nodes(routeId).get(0).click();
        until("the route's heading", () -> all("h1, h2").stream()
                .anyMatch(h -> h.getText().strip().equals(routeId)));
    }

    public void tab(String title) {
        browser.findElement(By.linkText(title)).click();
    }

    private WebElement tree(String title) {
        until(title + " in the tree", () -> !nodes(title).isEmpty());
        return nodes(title).get(0);
    }

    @SuppressWarnings("unchecked")
    private List<WebElement> nodes(String title) {
        return (List<WebElement>) browser.executeScript(
                "return [...document.querySelectorAll('.pf-v6-c-tree-view__node')].filter(node => node.innerText.trim() === arguments[0])",
                title);
    }

    /** Opens an address inside Hawtio, e.g. {@code /hawtio/jmx}. */
    public void open(String path) {
        browser.get(base + path);
    }

    /** Of the window's inside, as far as the browser goes: a phone's is 390. */
    public void size(int width, int height) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                java.util.Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    /** Waits for an element and clicks it. */
    public void click(String css) {
        until(css, () -> !all(css).isEmpty() && all(css).get(0).isEnabled());
        all(css).get(0).click();
    }

    /** As a person does who has the focus there. */
    public void keys(CharSequence... keys) {
        browser.switchTo().activeElement().sendKeys(keys);
    }

    public Object script(String script, Object... arguments) {
        return browser.executeScript(script, arguments);
    }

    /** @param script calls its last argument with the answer */
    public Object asked(String script, Object... arguments) {
        browser.manage().timeouts().scriptTimeout(PATIENCE);
        return browser.executeAsyncScript(script, arguments);
    }

    /** The session is gone, as after half an hour. */
    public void forgetSession() {
        browser.manage().deleteCookieNamed("SONGDA");
    }

    public void frame(String css) {
        until(css, () -> !all(css).isEmpty());
        browser.switchTo().frame(all(css).get(0));
    }

    public String text() {
        return browser.findElement(By.tagName("body")).getText();
    }

    public List<WebElement> all(String css) {
        return browser.findElements(By.cssSelector(css));
    }

    /** What the page says went wrong: red and yellow notes, and refused requests in the browser's own log. */
    public List<String> complaints() {
        var notes = all(".pf-v6-c-alert.pf-m-danger, .pf-v6-c-alert.pf-m-warning").stream()
                .map(WebElement::getText);
        var log = browser.manage().logs().get("browser").getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue())
                .map(Object::toString);
        return java.util.stream.Stream.concat(notes, log).toList();
    }

    public void screenshot(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, browser.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Looks until it is so; what a page draws again in between is looked up again. */
    public void until(String what, Supplier<Boolean> seen) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!now(seen)) {
            if (System.nanoTime() > end) {
                screenshot(Path.of("target/hawtio-missing.png"));
                throw new AssertionError(
                        "not seen in " + PATIENCE + ": " + what + " (target/hawtio-missing.png)\n" + text());
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
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(f -> f.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
