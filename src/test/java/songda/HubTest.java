package songda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.util.FileSystemUtils;
import songda.clock.HubClock;
import songda.embedded.TestParts;
import songda.signature.TestSigner;

/**
 * The whole hub on a real PostgreSQL and a real Kafka, with partners behind real sockets: one context for all tests that
 * extend this. Tests stand apart by their order numbers; nothing is wiped. Business time stands still until a test moves it.
 */
@SpringBootTest(classes = Songda.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = HubTest.Start.class)
@TypeExcludeFilters(HubTest.OnlyTheHub.class)
public abstract class HubTest {

    protected static final ObjectMapper JSON = new ObjectMapper();
    protected static final TestPartners PARTNERS = new TestPartners();
    protected static final String ORDERS = "/api/v1/orders";
    protected static final String EVENTS = "/api/v1/events";
    protected static final String MAILS_SECRET = "secret of the older push";
    protected static final String SCANS = "/api/postal/scans";
    private static final byte[] SECRET = "a secret of the tests, 32 bytes!".getBytes(StandardCharsets.US_ASCII);
    private static final AtomicInteger NUMBERS = new AtomicInteger(1);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    protected int port;

    @Autowired
    protected JdbcClient db;

    @Autowired
    protected HubClock clock;

    @Autowired
    protected CamelContext camel;

    @BeforeEach
    protected void daytime() {
        clock.set(Daytime.today(), 1);
        // Business time goes back from test to test, and with it the hour in which a person was told something.
        db.sql("delete from notice_slot").update();
    }

    /**
     * For a test that walks business time through days: what other tests left open falls due on that walk too, and what it says to
     * the same people would be gathered with this test's messages.
     */
    protected void alone() {
        db.sql("delete from deadline where state = 0").update();
        db.sql(
                        """
                        update effect set not_before = '2099-01-01T00:00:00Z'
                        where not_before is not null and state in ('PENDING', 'RELAYED', 'RETRY')""")
                .update();
    }

    /** Keeps stereotypes of other tests out of the hub. */
    static final class OnlyTheHub extends TypeExcludeFilter {

        @Override
        public boolean match(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
            return reader.getResource().getURL().getPath().contains("/test-classes/");
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof OnlyTheHub;
        }

        @Override
        public int hashCode() {
            return OnlyTheHub.class.hashCode();
        }
    }

    /** First: what a test sets besides stands on it. */
    @Order(0)
    static final class Start implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            new TestParts().initialize(context);
            Path data = Path.of(context.getEnvironment().getRequiredProperty("songda.data"));
            Map<String, Object> settings = new LinkedHashMap<>();
            settings.put("spring.datasource.url", TestParts.freshUrl());
            settings.put("songda.partners.file", keys(data).toString());
            settings.put("songda.mappings", mappings(data).toString());
            settings.put("songda.admin-port", "0");
            settings.put("songda.admin.users", TestUsers.file(data).toString());
            settings.put("songda.receipt85.patrol", "0 0 0 1 1 ? 2099");
            settings.put("songda.receipt85.review", "0 0 0 1 1 ? 2099");
            settings.put("songda.mail.report", "0 0 0 1 1 ? 2099");
            settings.put("songda.purge", "0 0 0 1 1 ? 2099");
            settings.put("songda.calendar.check", "0 0 0 1 1 ? 2099");
            settings.put("songda.kpi.freeze", "0 0 0 1 1 ? 2099");
            settings.put("songda.desk.sample", "0 0 0 1 1 ? 2099");
            settings.put("songda.desk.roster", "0 0 0 1 1 ? 2099");
            settings.put("songda.desk.visits", "0 0 0 1 1 ? 2099");
            settings.put("songda.settlement.book", "0 0 0 1 1 ? 2099");
            settings.put("songda.settlement.compare", "0 0 0 1 1 ? 2099");
            settings.put("songda.ticket.poll", "0 0 0 1 1 ? 2099");
            settings.put("songda.deadline.poll", "PT0.05S");
            settings.put("songda.door.retry-base", "PT0.05S");
            // Not a minute, as whoever asks claims the question for: so a test sees that the answer was dealt with.
            settings.put("songda.door.ask-after", "PT40S");
            settings.put("songda.door.retry-most", "PT0.2S");
            settings.put("songda.door.breaker-wait", "PT0.2S");
            settings.put("songda.door.breaker-most", "PT0.5S");
            for (String system : List.of("gov", "postal", "receipt85", "inquiry", "sms", "ticket")) {
                settings.put("songda." + system + ".address", PARTNERS.address(system));
            }
            settings.put("songda.gov.exchange.polled", "true");
            settings.put("songda.gov.exchange.url", TestParts.freshUrl("src/docs/operate/exchange-table.sql"));
            settings.put("songda.gov.exchange.user", TestParts.user());
            settings.put("songda.gov.exchange.password", TestParts.password());
            settings.put("songda.gov.exchange.delay", "200");
            settings.putAll(PARTNERS.folders.settings("gov"));
            settings.putAll(PARTNERS.folders.settings("receipt85"));
            settings.put("songda.receipt85.files.offices", "33010900");
            settings.put("songda.postal.mails-secret", MAILS_SECRET);
            settings.put("songda.postal.secret", "secret of the older forms");
            settings.put("songda.postal.app-key", "app");
            settings.put("songda.printer.address", "127.0.0.1:" + PARTNERS.printerPort());
            settings.put("songda.mail.port", PARTNERS.mailPort());
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("hub test", settings));
        }

        /** A copy, which a test may break and mend. */
        private static Path mappings(Path data) {
            Path copy = data.resolve("mappings");
            try {
                FileSystemUtils.deleteRecursively(copy);
                FileSystemUtils.copyRecursively(Path.of("mappings"), copy);
                return copy;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Path keys(Path data) {
            ObjectNode file = JSON.createObjectNode();
            var keys = file.putArray("keys");
            for (List<String> key : List.of(
                    List.of("gov", "zjzwfw"),
                    List.of("gov", "wenzhou"),
                    List.of("postal", "ems"),
                    List.of("receipt85", "r85"),
                    List.of("pda", "pda"),
                    List.of("inquiry", "inquiry"),
                    List.of("qingniao", "qingniao"),
                    List.of("desk", "desk"),
                    List.of("desk", "archivist"))) {
                keys.addObject()
                        .put("keyId", key.get(1))
                        .put("system", key.get(0))
                        .put("client", key.get(1))
                        .put("secret", Base64.getEncoder().encodeToString(SECRET))
                        .putNull("notAfter");
            }
            ((ObjectNode) keys.get(keys.size() - 1))
                    .putArray("rights")
                    .add("reveal")
                    .add("label");
            try {
                Files.createDirectories(data);
                Path path = data.resolve("keys-of-hub-test.json");
                Files.deleteIfExists(path);
                Files.createFile(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                return Files.writeString(path, file.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public record Answer(int status, Map<String, List<String>> headers, String text) {

        public JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new UncheckedIOException(text, e);
            }
        }
    }

    protected static String newOrderNo() {
        return "T%06d".formatted(NUMBERS.getAndIncrement());
    }

    /** An order that is taken: Xiaoshan to Yuhang, a paper receipt, ordered now. */
    protected ObjectNode order(String orderNo) {
        try {
            ObjectNode order =
                    (ObjectNode) JSON.readTree(Path.of("mappings/gov/order-to-fact/examples/a-full-order.in.json")
                            .toFile());
            return order.put("orderNo", orderNo).put("orderedAt", HubClock.local(clock.instant()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    protected static TestSigner signer(String client) {
        return TestSigner.of(client, SECRET);
    }

    protected Answer post(String client, String path, Object body) {
        byte[] bytes = body instanceof byte[] b ? b : body.toString().getBytes(StandardCharsets.UTF_8);
        return post(signer(client), path, bytes, Map.of());
    }

    protected Answer post(TestSigner signer, String path, byte[] body, Map<String, String> more) {
        return send(request(path, signer.sign("POST", path, body), more)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    protected Answer get(String client, String path) {
        return send(request(path, signer(client).sign("GET", path, new byte[0]), Map.of()));
    }

    protected HttpRequest.Builder request(String path, Map<String, String> headers, Map<String, String> more) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json");
        headers.forEach(request::header);
        more.forEach(request::setHeader);
        return request;
    }

    protected static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer =
                    HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(answer.statusCode(), answer.headers().map(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** An order that is taken, with whatever follows under way. */
    protected String ordered() {
        String orderNo = newOrderNo();
        assertThat(post("zjzwfw", ORDERS, order(orderNo)).status()).isEqualTo(201);
        return orderNo;
    }

    /** An order that has its waybill number and its label and waits for its collector. @return its number */
    protected String walked() {
        String orderNo = ordered();
        awaiting(() -> assertThat(facts(orderNo)).contains("pickup.requested"));
        return orderNo;
    }

    /** An order for this recipient, of another county than other tests': what its manager is told is not gathered with theirs. */
    protected String walkedTo(String phone) {
        return walkedFrom("330106", phone);
    }

    protected String walkedFrom(String county, String phone) {
        String orderNo = newOrderNo();
        ObjectNode order = order(orderNo);
        ((ObjectNode) order.path("recipient")).put("phone", phone);
        ((ObjectNode) order.path("office")).put("county", county);
        assertThat(post("zjzwfw", ORDERS, order).status()).isEqualTo(201);
        awaiting(() -> assertThat(facts(orderNo)).contains("pickup.requested"));
        return orderNo;
    }

    /** An order that was collected against two sheets, an hour ago. @return its number */
    protected String contradicted() {
        String orderNo = walked();
        for (String sheet : List.of("JJ-1", "JJ-2")) {
            ObjectNode event = JSON.createObjectNode()
                    .put("id", sheet + "/" + orderNo)
                    .put("fact", "parcel.picked-up")
                    .put("at", HubClock.local(clock.instant()))
                    .put("orderNo", orderNo);
            event.putObject("data")
                    .put("collector", "C1")
                    .put("vehicle", "ZA12345")
                    .put("handoverNo", sheet);
            assertThat(post("pda", EVENTS, event).status()).isEqualTo(200);
        }
        assertThat(facts(orderNo)).doesNotContain("track.contradicted");
        db.sql("update deadline set due_at = hub_now() where subject = ? and ladder = 'reconcile'")
                .param(id(orderNo))
                .update();
        awaiting(() -> assertThat(facts(orderNo)).contains("track.contradicted"));
        return orderNo;
    }

    /** The desk reports a fact about an order, with what it must say of it. */
    protected Answer says(String system, String fact, String orderNo, Instant at) {
        return says(system, fact, orderNo, at, fact + "/" + orderNo + "/" + at);
    }

    protected Answer says(String system, String fact, String orderNo, Instant at, String id) {
        ObjectNode event = JSON.createObjectNode();
        event.put("id", id).put("fact", fact).put("at", HubClock.local(at)).put("orderNo", orderNo);
        ObjectNode data = TestFacts.of(fact);
        if (!data.isEmpty()) {
            event.set("data", data);
        }
        return post(system, EVENTS, event);
    }

    protected static void awaiting(ThrowingRunnable condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(condition);
    }

    protected long id(String orderNo) {
        return db.sql("select id from orders where order_no = ? and client = 'zjzwfw'")
                .param(orderNo)
                .query(Long.class)
                .single();
    }

    protected String waybill(String orderNo) {
        return db.sql("select waybill_no from orders where order_no = ? and client = 'zjzwfw'")
                .param(orderNo)
                .query(String.class)
                .single();
    }

    /** Names of the facts, in the order of their recording. */
    protected List<String> facts(String orderNo) {
        return db.sql("select name from fact where subject = ? order by id")
                .param(id(orderNo))
                .query(String.class)
                .list();
    }

    /** {@code door>addressee:STATE} of each effect, in the order of their planning. */
    protected List<String> effects(String orderNo) {
        return db.sql(
                        """
                        select door || case addressee when '' then '' else '>' || addressee end || ':' || state
                        from effect where subject = ? order by id""")
                .param(id(orderNo))
                .query(String.class)
                .list();
    }

    /** The one effect of an order at a door: {@code STATE attempt reason}. */
    protected String effect(String orderNo, String door) {
        return db.sql(
                        """
                        select state || ' ' || attempt || coalesce(' ' || reason, '') from effect
                        where subject = ? and door = ? order by id desc limit 1""")
                .params(id(orderNo), door)
                .query(String.class)
                .optional()
                .orElse("");
    }

    /** All that must not depend on the order of arrival. */
    protected String rows(String orderNo) {
        List<String> rows = new ArrayList<>();
        for (String sql : List.of(
                "select stage || ' ' || receipt_stage || ' ' || anomaly || ' ' || stage_at from orders where id = ?",
                "select ladder || rung || due_at || state from ("
                        + "select subject, ladder, rung, due_at, 'OPEN' as state from deadline"
                        + " union all select subject, ladder, rung, due_at, state from deadline_done) d where subject = ? order by 1",
                "select door || addressee || state || args || count(*) from effect where subject = ? group by door, addressee, state, args order by 1",
                "select name || happened_at from fact where subject = ? and name not like '%.opened' order by 1")) {
            rows.addAll(db.sql(sql).param(id(orderNo)).query(String.class).list());
        }
        return String.join("\n", rows);
    }

    protected long count(String sql, Object... parameters) {
        return db.sql(sql).params(parameters).query(Long.class).single();
    }

    /** Every refusal looks like this, and nothing of the hub's inside leaves with it. */
    protected static void refused(Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.headers().get("content-type")).containsExactly("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.path("type").asText()).isEqualTo("/problems/" + type);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asText()).containsPattern("\\p{IsHan}");
        assertThat(problem.path("titleEn").asText()).containsPattern("[a-z]");
        assertThat(answer.headers().get("x-correlation-id"))
                .containsExactly(problem.path("correlationId").asText());
        clean(answer);
    }

    protected static void clean(Answer answer) {
        assertThat(answer.text())
                .doesNotContainIgnoringCase("exception", "at org.", "at songda.", "java", "camel", "postgres", "sql");
    }
}
