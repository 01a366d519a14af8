package songda.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import songda.Songda;
import songda.embedded.EmbeddedParts;
import songda.signature.TestSigner;

/**
 * The hub as {@code java -jar} starts it, with embedded parts of its own and no partner: every door finds nobody there. Started once a
 * JVM by the first who asks, and stopped with it; Spring's cache of test contexts would pause it in between.
 */
public final class RunningHub {

    public static final String CAMEL = "songda-running-hub";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger ORDERS = new AtomicInteger();
    private static final String[] SETTINGS = {
        "--server.port=0",
        "--songda.admin-port=0",
        "--songda.watch.refresh=PT0.2S",
        "--songda.gov.address=127.0.0.1:1",
        "--songda.postal.address=127.0.0.1:1",
        "--songda.receipt85.address=127.0.0.1:1",
        "--songda.inquiry.address=127.0.0.1:1",
        "--songda.sms.address=127.0.0.1:1",
        "--songda.ticket.address=127.0.0.1:1",
        "--songda.printer.address=127.0.0.1:1",
        "--songda.mail.port=1"
    };

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path data;
    private final EmbeddedParts parts = new EmbeddedParts();
    private final ConfigurableApplicationContext context;
    private final Ports ports;

    /** The hub's scan must not find the small applications of other tests. */
    private static final class WithoutTestClasses extends TypeExcludeFilter {

        @Override
        public boolean match(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
            return reader.getResource().getURL().getPath().contains("/test-classes/");
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof WithoutTestClasses;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    private static final class Once {
        static final RunningHub HUB = new RunningHub();
    }

    public static RunningHub get() {
        return Once.HUB;
    }

    private RunningHub() {
        this(folder(), CAMEL, List.of(), context -> {});
    }

    /**
     * One more, for a test that changes what others take for granted; who starts it closes it.
     *
     * @param name of its Camel context
     * @param more settings: {@code --songda.routes=…}
     * @param then runs after the embedded parts
     */
    public static RunningHub another(
            Path data,
            String name,
            List<String> more,
            ApplicationContextInitializer<ConfigurableApplicationContext> then) {
        return new RunningHub(data, name, more, then);
    }

    private RunningHub(
            Path data,
            String name,
            List<String> more,
            ApplicationContextInitializer<ConfigurableApplicationContext> then) {
        this.data = data;
        SpringApplication hub = new SpringApplication(Songda.class);
        hub.addInitializers(parts, then, context -> context.getBeanFactory()
                .registerSingleton("withoutTestClasses", new WithoutTestClasses()));
        List<String> settings = new ArrayList<>(List.of(SETTINGS));
        settings.add("--camel.main.name=" + name);
        settings.add("--songda.data=" + data);
        settings.addAll(more);
        context = hub.run(settings.toArray(String[]::new));
        ports = context.getBean(Ports.class);
    }

    public static Path folder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "running-hub")), "data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String setting(String name) {
        return context.getEnvironment().getProperty(name);
    }

    public void close() {
        context.close();
        parts.close();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + ports.http());
    }

    public URI adminAddress() {
        return URI.create("http://127.0.0.1:" + ports.admin());
    }

    public Path data() {
        return data;
    }

    /** Signed as the system's own key demands. */
    public HttpResponse<String> post(String system, String target, String body, String... headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(address().resolve(target))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(bytes));
        signer(system).sign("POST", target, bytes).forEach(request::header);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    public HttpResponse<String> get(String system, String target) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address().resolve(target));
        signer(system).sign("GET", target, new byte[0]).forEach(request::header);
        return send(request.GET());
    }

    /** Sent as it is. */
    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public String metrics() {
        return send(HttpRequest.newBuilder(adminAddress().resolve("/actuator/prometheus"))
                        .GET())
                .body();
    }

    /** A valid order with a number of its own. */
    public static ObjectNode order() {
        Path example = Path.of("mappings/gov/order-to-fact/examples/only-what-must-be.in.json");
        ObjectNode order = (ObjectNode) read(example);
        return order.put("orderNo", "HUB" + System.currentTimeMillis() + "-" + ORDERS.incrementAndGet());
    }

    private TestSigner signer(String system) {
        for (JsonNode key : read(data.resolve("partners.json")).path("keys")) {
            if (key.path("system").asText().equals(system)) {
                return TestSigner.of(
                        key.path("keyId").asText(),
                        Base64.getDecoder().decode(key.path("secret").asText()));
            }
        }
        throw new AssertionError("no key of " + system + " in " + data);
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
