package songda.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
        classes = Slice.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "songda.admin-port=0",
            "songda.metrics.token=for-prometheus",
            "camel.main.name=songda-watch-test",
            "management.health.db.enabled=false"
        })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WatchTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROUTE =
            "org.apache.camel:context=songda-watch-test,type=routes,name=\\\"orders-receive\\\"";

    @Autowired
    Ports ports;

    @Autowired
    Operator operator;

    @Autowired
    CamelContext camel;

    @Autowired
    ProducerTemplate producer;

    @Autowired
    Slice.Database database;

    @DynamicPropertySource
    static void data(DynamicPropertyRegistry properties) throws IOException {
        String data = Files.createTempDirectory(Path.of("target"), "watch").toString();
        properties.add("songda.data", () -> data);
    }

    @BeforeAll
    void load_routes() throws Exception {
        Slice.load(camel, Slice.ROUTES);
    }

    @Test
    void the_generated_password_is_for_its_owner_only() throws Exception {
        Path file = operator.passwordFile().orElseThrow();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(password()).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/hawtio/",
                "/hawtio/jolokia/",
                "/actuator/prometheus",
                "/actuator/health",
                "/login",
                "/logout",
                "/error",
                "/index.html"
            })
    void what_operators_use_does_not_exist_on_the_public_port(String path) {
        var answer = publicPort().get(path);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"type\":\"/problems/not-found\"", "correlationId");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/../hawtio/",
                "/api/%2e%2e/actuator/prometheus",
                "/api/..;/actuator/prometheus",
                "//actuator/prometheus",
                "/api/..%2factuator/prometheus",
                "/livez/../actuator/prometheus",
                "/actuator;x=1/prometheus"
            })
    void no_spelling_leads_from_the_public_port_to_the_operators_pages(String path) throws Exception {
        assertThat(raw(ports.http(), path)).matches("HTTP/1.1 (400|404) .*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/orders", "/openapi.yaml", "/livez", "/readyz"})
    void what_partners_use_does_not_exist_on_the_admin_port(String path) {
        assertThat(admin().get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void the_public_port_makes_no_session_and_asks_for_no_token() {
        var answer = publicPort().post("/api/v1/nothing-there", "{}");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().allValues("set-cookie")).isEmpty();
    }

    @Test
    void probes_are_open_and_only_readiness_looks_at_the_database() {
        awaitReady(200);
        database.up.set(false);
        try {
            awaitReady(503);
            assertThat(publicPort().get("/livez").statusCode()).isEqualTo(200);
            assertThat(publicPort().get("/readyz").body()).contains("\"database\":false", "\"routes\":true");
        } finally {
            database.up.set(true);
        }
        awaitReady(200);
    }

    @Test
    void a_page_asks_for_a_login_and_a_script_is_told_so() {
        assertThat(admin().get("/hawtio/", "Accept", "text/html").headers().firstValue("location"))
                .hasValue("/login");
        assertThat(admin().get("/hawtio/user").statusCode()).isEqualTo(401);
        assertThat(admin().get("/hawtio/static/js/main.cbde73c6.js").statusCode())
                .isEqualTo(401);
        assertThat(admin().get("/actuator/info").statusCode()).isEqualTo(401);
    }

    @Test
    void the_login_page_is_chinese_first_and_needs_nothing_from_elsewhere() {
        var page = admin().get("/login");
        assertThat(page.body())
                .contains("lang=\"zh-CN\"", "用户名", "口令")
                .doesNotContain("http://", "https://", "<script");
        assertThat(page.headers().firstValue("content-security-policy")).isPresent();
        assertThat(page.headers().firstValue("x-frame-options")).hasValue("DENY");
    }

    @Test
    void a_login_gives_a_new_session_and_a_logout_ends_it() {
        Desk desk = admin();
        desk.get("/hawtio/", "Accept", "text/html");
        String before = desk.cookie("SONGDA");
        var answer = desk.login("operator", password());
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("location").orElseThrow()).contains("/hawtio/");
        assertThat(answer.headers().allValues("set-cookie"))
                .anyMatch(c -> c.startsWith("SONGDA=") && c.contains("HttpOnly") && c.contains("SameSite=Lax"));
        assertThat(desk.cookie("SONGDA")).isNotEmpty().isNotEqualTo(before);
        assertThat(desk.get("/hawtio/user").body()).isEqualTo("\"operator\"");
        assertThat(desk.get("/hawtio/auth/logout", "Sec-Fetch-Site", "cross-site")
                        .headers()
                        .firstValue("location"))
                .isEmpty();
        assertThat(desk.get("/hawtio/user").statusCode()).isEqualTo(200);
        assertThat(desk.get("/hawtio/auth/logout").headers().firstValue("location"))
                .hasValue("/login?bye");
        assertThat(desk.get("/hawtio/user").statusCode()).isEqualTo(401);
    }

    @Test
    void a_login_without_its_token_is_sent_back() {
        var answer = admin().post(
                        "/login",
                        "username=operator&password=" + password(),
                        "Content-Type",
                        "application/x-www-form-urlencoded");
        assertThat(answer.headers().firstValue("location")).hasValue("/login?again");
    }

    @Test
    void five_wrong_passwords_close_that_name_and_no_other() {
        for (int i = 0; i < Lockout.TRIES; i++) {
            assertThat(admin().login("mallory", "guess").headers().firstValue("location"))
                    .hasValue("/login?wrong");
        }
        assertThat(admin().login("mallory", "guess").headers().firstValue("location"))
                .hasValue("/login?paused");
        assertThat(admin().login("operator", password())
                        .headers()
                        .firstValue("location")
                        .orElseThrow())
                .contains("/hawtio/");
        assertThat(admin().get("/login?paused").body()).contains("一分钟");
    }

    @Test
    void hawtio_is_served_with_deep_links_and_its_own_answers() {
        Desk desk = loggedIn();
        assertThat(desk.get("/").headers().firstValue("location").orElseThrow()).endsWith("/hawtio/");
        assertThat(desk.get("/hawtio/").body()).contains("<base href=\"/hawtio/\">");
        var deep = desk.get("/hawtio/camel/routes?nid=root", "Accept", "text/html");
        assertThat(deep.body()).contains("<base href=\"/hawtio/\">");
        assertThat(deep.headers().firstValue("content-type").orElseThrow()).startsWith("text/html");
        assertThat(deep.headers().firstValue("content-security-policy")).hasValue(LoginSecurity.CONTENT_POLICY);
        var script = desk.get("/hawtio/static/js/main.cbde73c6.js");
        assertThat(script.headers().firstValue("content-type").orElseThrow()).startsWith("text/javascript");
        assertThat(script.headers().firstValue("cache-control").orElseThrow()).contains("immutable");
        assertThat(desk.get("/hawtio/static/js/nothing.js").statusCode()).isEqualTo(404);
        assertThat(desk.get("/hawtio/auth/config/oidc").statusCode()).isEqualTo(204);
        assertThat(desk.get("/hawtio/auth/config/nothing").statusCode()).isEqualTo(404);
        assertThat(desk.get("/hawtio/plugin").body()).isEqualTo("[]");
        assertThat(desk.get("/hawtio/hawtconfig.json").body()).contains("Songda 送达");
        assertThat(desk.get("/hawtio/brand/songda.svg").headers().firstValue("content-type"))
                .hasValue("image/svg+xml");
    }

    @Test
    void jolokia_needs_the_login_and_the_token() {
        assertThat(admin().jolokia("{\"type\":\"version\"}").statusCode()).isIn(401, 403);
        Desk desk = loggedIn();
        assertThat(desk.post("/hawtio/jolokia/", "{\"type\":\"version\"}").statusCode())
                .isEqualTo(403);
        assertThat(desk.jolokia("{\"type\":\"version\"}").statusCode()).isEqualTo(200);
        assertThat(desk.get("/hawtio/jolokia").body()).contains("\"agent\":\"2.");
        assertThat(desk.get("/hawtio/jolokia/version").statusCode()).isEqualTo(403);
        assertThat(desk.get("/hawtio/jolokia?p=version").statusCode()).isEqualTo(403);
    }

    @Test
    void no_other_site_may_read_what_jolokia_answers() {
        Desk desk = loggedIn();
        var answer = desk.post(
                "/hawtio/jolokia/",
                "{\"type\":\"version\"}",
                "Origin",
                "https://evil.example",
                "X-XSRF-TOKEN",
                desk.cookie("XSRF-TOKEN"));
        assertThat(answer.headers().firstValue("access-control-allow-origin")).isEmpty();
    }

    @Test
    void counters_and_route_sources_may_be_read() throws Exception {
        Desk desk = loggedIn();
        assertThat(status(desk, "{\"type\":\"read\",\"mbean\":\"" + ROUTE + "\"}"))
                .isEqualTo(200);
        assertThat(exec(desk, ROUTE, "dumpRouteAsXml()")).isEqualTo(200);
        assertThat(exec(
                        desk,
                        "org.apache.camel:context=songda-watch-test,type=services,name=DefaultInflightRepository",
                        "browse()"))
                .isEqualTo(200);
        JsonNode beans = ask(desk, "{\"type\":\"search\",\"mbean\":\"org.apache.camel:type=routes,*\"}")
                .path("value");
        assertThat(beans.toString()).contains("orders-receive", "orders-check");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        org.apache.camel:context=songda-watch-test,type=context,name="songda-watch-test" | sendBody(java.lang.String,java.lang.Object) | direct:orders-receive,x
        org.apache.camel:context=songda-watch-test,type=context,name="songda-watch-test" | sendStringBody | direct:orders-receive,x
        org.apache.camel:context=songda-watch-test,type=context,name="songda-watch-test" | requestBody | direct:orders-receive,x
        org.apache.camel:context=songda-watch-test,type=context,name="songda-watch-test" | createEndpoint | file:/tmp/x
        org.apache.camel:context=songda-watch-test,type=context,name="songda-watch-test" | stop() |
        org.apache.camel:context=songda-watch-test,type=endpoints,name="direct://orders-receive" | browseAllMessagesAsXml | true
        org.apache.camel:context=songda-watch-test,type=tracer,name=BacklogTracer | dumpAllTracedMessagesAsXml |
        org.apache.camel:context=songda-watch-test,type=tracer,name=BacklogDebugger | enableDebugger |
        org.apache.camel:context=songda-watch-test,type=routes,name="orders-receive" | remove |
        org.apache.camel:context=songda-watch-test,type=routes,name="orders-receive" | dumpRouteAsXml(boolean) | true
        org.apache.camel:context=songda-watch-test,type=routes,name="orders-receive" | updateRouteFromXml | <route/>
        com.sun.management:type=DiagnosticCommand | vmFlags | x
        com.sun.management:type=HotSpotDiagnostic | dumpHeap | /tmp/heap.hprof,true
        jdk.management.jfr:type=FlightRecorder | newRecording |
        java.util.logging:type=Logging | setLoggerLevel | x,INFO
        JMImplementation:type=MBeanServerDelegate | anything |
        """)
    void what_shows_messages_or_changes_more_than_a_routes_state_is_denied(
            String bean, String operation, String arguments) throws Exception {
        var request =
                JSON.createObjectNode().put("type", "exec").put("mbean", bean).put("operation", operation);
        if (arguments != null) {
            List.of(arguments.split(",")).forEach(request.withArray("arguments")::add);
        }
        JsonNode answer = ask(loggedIn(), request.toString());
        assertThat(answer.path("status").asInt()).as(answer.toString()).isIn(403, 404);
        assertThat(answer.has("stacktrace")).isFalse();
        assertThat(answer.has("value")).isFalse();
    }

    @Test
    void hawtio_is_told_which_buttons_to_lock() throws Exception {
        String locks = "hawtio:type=security,area=jmx,name=\\\"songda-watch-test\\\"";
        JsonNode answer = ask(
                loggedIn(),
                "{\"type\":\"exec\",\"mbean\":\"" + locks
                        + "\",\"operation\":\"canInvoke(java.util.Map)\",\"arguments\":[{\"" + ROUTE
                        + "\":[\"stop()\",\"remove()\"]}]}");
        assertThat(answer.path("value").findValue("stop()").path("CanInvoke").asBoolean())
                .as(answer.toString())
                .isTrue();
        assertThat(answer.path("value").findValue("remove()").path("CanInvoke").asBoolean(true))
                .isFalse();
    }

    @Test
    void what_shows_messages_is_not_even_listed() throws Exception {
        assertThat(ask(loggedIn(), "{\"type\":\"list\",\"config\":{\"maxDepth\":3}}")
                        .path("value")
                        .fieldNames())
                .toIterable()
                .contains("java.lang", "org.apache.camel")
                .doesNotContain("com.sun.management", "jdk.management.jfr", "JMImplementation");
        assertThat(ask(loggedIn(), "{\"type\":\"search\",\"mbean\":\"*:type=tracer,*\"}")
                        .path("value"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"write\",\"mbean\":\"java.lang:type=Memory\",\"attribute\":\"Verbose\",\"value\":true}",
                "{\"type\":\"read\",\"mbean\":\"java.lang:type=Runtime\",\"attribute\":\"SystemProperties\"}",
                "{\"type\":\"read\",\"mbean\":\"java.lang:type=Runtime\",\"attribute\":\"InputArguments\"}"
            })
    void writing_and_secrets_are_denied(String request) throws Exception {
        JsonNode answer = ask(loggedIn(), request);
        assertThat(answer.path("status").asInt()).as(answer.toString()).isNotEqualTo(200);
    }

    @Test
    void a_target_on_another_host_is_not_followed() throws Exception {
        try (var bait = new java.net.ServerSocket(0)) {
            bait.setSoTimeout(500);
            String url = "service:jmx:rmi:///jndi/rmi://127.0.0.1:" + bait.getLocalPort() + "/x";
            ask(
                    loggedIn(),
                    "{\"type\":\"read\",\"mbean\":\"java.lang:type=Memory\",\"target\":{\"url\":\"" + url + "\"}}");
            assertThatExceptionOfType(java.net.SocketTimeoutException.class).isThrownBy(bait::accept);
        }
    }

    @Test
    void a_bulk_read_does_not_bring_what_a_single_read_denies() throws Exception {
        assertThat(ask(loggedIn(), "{\"type\":\"read\",\"mbean\":\"java.lang:type=Runtime\"}")
                        .toString())
                .doesNotContain("java.class.path\":", "user.timezone");
        assertThat(ask(loggedIn(), "{\"type\":\"read\",\"mbean\":\"java.lang:*\",\"attribute\":[\"SystemProperties\"]}")
                        .toString())
                .doesNotContain("user.timezone");
        assertThat(loggedIn()
                        .jolokia(
                                "[{\"type\":\"exec\",\"mbean\":\"com.sun.management:type=DiagnosticCommand\",\"operation\":\"vmFlags\"}]")
                        .body())
                .contains("\"status\":403");
    }

    @Test
    void a_route_may_be_stopped_and_started() throws Exception {
        Desk desk = loggedIn();
        String up = "songda_route_up{group=\"gov\",route=\"orders-receive\"}";
        assertThat(exec(desk, ROUTE, "stop()")).isEqualTo(200);
        assertThat(camel.getRouteController().getRouteStatus("orders-receive").isStopped())
                .isTrue();
        assertThat(metric(up)).isZero();
        assertThat(exec(desk, ROUTE, "start()")).isEqualTo(200);
        assertThat(camel.getRouteController().getRouteStatus("orders-receive").isStarted())
                .isTrue();
        assertThat(metric(up)).isOne();
    }

    @Test
    void metrics_count_completed_and_failed_exchanges_of_each_route() {
        double completed =
                metric("songda_route_exchanges_total{group=\"gov\",outcome=\"completed\",route=\"orders-receive\"}");
        double failed =
                metric("songda_route_exchanges_total{group=\"flow\",outcome=\"failed\",route=\"orders-check\"}");
        for (int i = 0; i < 3; i++) {
            producer.sendBody("direct:orders-receive", "yes");
        }
        producer.send("direct:orders-receive", e -> e.getMessage().setBody("no"));
        assertThat(metric("songda_route_exchanges_total{group=\"gov\",outcome=\"completed\",route=\"orders-receive\"}")
                        - completed)
                .isEqualTo(3);
        assertThat(metric("songda_route_exchanges_total{group=\"flow\",outcome=\"failed\",route=\"orders-check\"}")
                        - failed)
                .isEqualTo(1);
        assertThat(metric("songda_route_inflight{group=\"gov\",route=\"orders-receive\"}"))
                .isZero();
        assertThat(metric("songda_route_duration_seconds_count{group=\"gov\",route=\"orders-receive\"}"))
                .isGreaterThanOrEqualTo(4);
        assertThat(metric("songda_route_last_exchange_timestamp_seconds{route=\"orders-receive\"}"))
                .isGreaterThan(System.currentTimeMillis() / 1000.0 - 60);
    }

    @Test
    void a_removed_route_leaves_no_meters_and_a_reloaded_one_counts_on() throws Exception {
        String yaml = "- route: {id: passing, from: {uri: direct:passing, steps: [{log: {message: x}}]}}";
        for (int i = 0; i < 2; i++) {
            Slice.load(camel, yaml);
            producer.sendBody("direct:passing", "x");
            assertThat(metric("songda_route_exchanges_total{group=\"none\",outcome=\"completed\",route=\"passing\"}"))
                    .isEqualTo(1);
            camel.getRouteController().stopRoute("passing");
            camel.removeRoute("passing");
            assertThat(metrics()).doesNotContain("route=\"passing\"");
        }
    }

    @Test
    void metrics_from_behind_a_proxy_need_the_token() {
        Desk desk = admin();
        assertThat(desk.get("/actuator/prometheus", "X-Forwarded-For", "10.1.2.3")
                        .statusCode())
                .isEqualTo(401);
        assertThat(desk.get("/actuator/prometheus", "X-Forwarded-For", "10.1.2.3", "Authorization", "Bearer wrong")
                        .statusCode())
                .isEqualTo(401);
        assertThat(desk.get(
                                "/actuator/prometheus",
                                "X-Forwarded-For",
                                "10.1.2.3",
                                "Authorization",
                                "Bearer for-prometheus")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void health_shows_details_only_after_a_login() {
        assertThat(admin().get("/actuator/health").body()).contains("status").doesNotContain("components");
        assertThat(loggedIn().get("/actuator/health").body()).contains("components");
    }

    private Desk admin() {
        return new Desk(ports.admin());
    }

    private Desk publicPort() {
        return new Desk(ports.http());
    }

    private Desk loggedIn() {
        Desk desk = admin();
        desk.login("operator", password());
        desk.get("/hawtio/user");
        return desk;
    }

    private String password() {
        try {
            return Files.readString(operator.passwordFile().orElseThrow()).strip();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static JsonNode ask(Desk desk, String request) throws Exception {
        return JSON.readTree(desk.jolokia(request).body());
    }

    private static int status(Desk desk, String request) throws Exception {
        JsonNode answer = ask(desk, request);
        return answer.path("status").asInt();
    }

    private static int exec(Desk desk, String bean, String operation) throws Exception {
        return status(desk, "{\"type\":\"exec\",\"mbean\":\"" + bean + "\",\"operation\":\"" + operation + "\"}");
    }

    private void awaitReady(int status) {
        long end = System.nanoTime() + 5_000_000_000L;
        while (publicPort().get("/readyz").statusCode() != status) {
            assertThat(System.nanoTime()).as("/readyz did not become " + status).isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
    }

    private String metrics() {
        return admin().get("/actuator/prometheus").body();
    }

    private double metric(String name) {
        var line = Pattern.compile("^" + Pattern.quote(name) + " (\\S+)$", Pattern.MULTILINE)
                .matcher(metrics());
        assertThat(line.find()).as(name).isTrue();
        return Double.parseDouble(line.group(1));
    }

    /** The first line of the answer to a path that no client library would send. */
    private static String raw(int port, String path) throws Exception {
        try (var socket = new java.net.Socket("127.0.0.1", port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").getBytes());
            return new String(socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }
}
