package songda.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import songda.signature.TestSigner;

/** What a partner, or someone who pretends to be one, can send to the public port. */
@SpringBootTest(
        classes = ApiApp.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "songda.embedded.postgres=true",
            "songda.api.body-time=2s",
            "server.tomcat.connection-timeout=1s",
            "camel.main.routes-include-pattern=false",
            "management.server.port=-1"
        })
class AttackTest {

    @TempDir
    static Path data;

    private static final byte[] BODY = "{\"orderNo\":\"ZW2026112300001\"}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NONE = {};
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE = 4000;
    private static final String ORDERS = "/api/v1/orders";

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void folder(DynamicPropertyRegistry settings) {
        settings.add("songda.data", data::toString);
    }

    @Test
    void an_honest_post_reaches_its_route_with_our_headers_and_no_other() throws Exception {
        Map<String, String> headers = signed("POST", ORDERS + "?x=1", BODY);
        headers.put("X-Correlation-Id", "zjzwfw-17");
        Wire.Answer answer = ask("POST " + ORDERS + "?x=1", headers, BODY);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.header("x-correlation-id")).isEqualTo("zjzwfw-17");
        assertThat(answer.headers()).doesNotContainKeys("set-cookie", "server");
        JsonNode seen = JSON.readTree(answer.body());
        assertThat(seen.path("headers").toString())
                .isEqualTo("{\"client\":\"zjzwfw\",\"correlation\":\"zjzwfw-17\",\"system\":\"gov\"}");
        assertThat(seen.path("body").asText()).isEqualTo(new String(BODY, StandardCharsets.UTF_8));
        assertThat(seen.path("raw").asInt()).isEqualTo(BODY.length);
        assertThat(seen.path("caller").asText()).isEqualTo("Caller");
    }

    @Test
    void the_parameters_of_the_contract_become_headers_and_no_other() throws Exception {
        JsonNode list = seen(get(ORDERS + "?status=DELIVERED&limit=20&cursor=42&system=desk&foo=1"));
        assertThat(list.toString()).contains("\"status\":\"DELIVERED\"", "\"limit\":\"20\"", "\"cursor\":\"42\"");
        assertThat(list.path("system").asText()).isEqualTo("gov");
        assertThat(list.has("foo")).isFalse();
        assertThat(seen(get(ORDERS + "?status=DELIVERED")).path("limit").asText())
                .isEqualTo("50");
        assertThat(seen(get(ORDERS + "/ZW2026112300001")).path("orderNo").asText())
                .isEqualTo("ZW2026112300001");
    }

    @Test
    void the_idempotency_key_is_the_one_header_that_a_route_sees() throws Exception {
        Map<String, String> headers = signed("POST", ORDERS, BODY);
        headers.put("idempotency-key", "\"5b1c2f6e\"");
        assertThat(seen(ask("POST " + ORDERS, headers, BODY))
                        .path("Idempotency-Key")
                        .asText())
                .isEqualTo("\"5b1c2f6e\"");
        headers.put("idempotency-key", "x".repeat(256));
        refused(ask("POST " + ORDERS, headers, BODY), 400, "invalid-parameter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=DELIVERED&limit=0",
                "status=DELIVERED&limit=201",
                "status=DELIVERED&limit=1x",
                "status=DELIVERED&limit=99999999999999999999",
                "status=DELIVERED&status=open",
                "status=%00",
                "status=%ff",
                "status=%zz",
                "status=DROP%20TABLE"
            })
    void wrong_parameters_are_refused(String query) throws Exception {
        // Tomcat refuses what is not properly encoded before the filters see it.
        refused(get(ORDERS + "?" + query), 400, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CamelHttpUri",
                "CAmelHttpUri",
                "camelhttpuri",
                "CAMELRESTHTTPURI",
                "kafka.OVERRIDE_TOPIC",
                "CamelKafkaOverrideTopic",
                "CamelSqlQuery",
                "CamelFileName",
                "CamelBeanMethodName",
                "CamelExecCommandExecutable",
                "CamelQuartzFireTime",
                "CamelSmtpTo",
                "org.apache.camel.x",
                "breadcrumbId",
                "JMSType",
                "system",
                "client",
                "Authorization",
                "Cookie"
            })
    void headers_and_query_parameters_of_the_sender_reach_no_route(String name) throws Exception {
        Map<String, String> headers = signed("POST", ORDERS + "?" + name + "=http://127.0.0.1:9/x", BODY);
        headers.put(name, "http://x/{{env:PATH}}");
        Wire.Answer answer = ask("POST " + ORDERS + "?" + name + "=http://127.0.0.1:9/x", headers, BODY);
        assertThat(seen(answer).properties().stream().map(Map.Entry::getKey))
                .containsExactly("client", "correlation", "system");
        assertThat(seen(answer).toString())
                .doesNotContain("127.0.0.1", "env:PATH", "/bin")
                .contains("zjzwfw", "gov");
    }

    @Test
    void a_form_or_multipart_body_is_no_message() throws Exception {
        byte[] form = "CamelExecCommandExecutable=id".getBytes(StandardCharsets.UTF_8);
        for (String type : List.of(
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "text/plain",
                "application/octet-stream",
                "application/x-java-serialized-object",
                "application/json; charset=gbk",
                "nonsense",
                "application/json, application/json")) {
            Map<String, String> headers = signed("POST", ORDERS, form);
            headers.put("Content-Type", type);
            refused(ask("POST " + ORDERS, headers, form), 415, "unsupported-media-type");
        }
    }

    @Test
    void without_a_signature_nothing_is_told() throws Exception {
        for (String line : List.of(
                "POST " + ORDERS,
                "GET " + ORDERS + "/ZW2026112300001",
                "GET /api/v1/no-such",
                "GET /api/x",
                "GET /api")) {
            byte[] body = line.startsWith("POST") ? BODY : NONE;
            Wire.Answer answer = ask(line, plain(body), body);
            refused(answer, 401, "unauthorised");
            assertThat(answer.header("accept-signature")).contains("hmac-sha256");
            assertThat(answer.header("www-authenticate")).startsWith("Signature");
        }
    }

    @Test
    void a_wrong_signature_another_body_and_a_stale_one_are_refused() throws Exception {
        Map<String, String> wrong = signed(TestSigner.of("gov-1", new byte[32]), "POST", ORDERS, BODY);
        refused(ask("POST " + ORDERS, wrong, BODY), 401, "unauthorised");
        byte[] other = BODY.clone();
        other[12] ^= 1;
        refused(ask("POST " + ORDERS, signed("POST", ORDERS, BODY), other), 401, "unauthorised");
        for (int minutes : new int[] {-6, 6}) {
            TestSigner signer = signer().at(Instant.now().plusSeconds(60L * minutes));
            refused(ask("POST " + ORDERS, signed(signer, "POST", ORDERS, BODY), BODY), 401, "stale-request");
        }
        for (String alg : List.of("hmac-sha1", "none")) {
            TestSigner signer = signer().more(";alg=\"" + alg + "\"");
            refused(ask("POST " + ORDERS, signed(signer, "POST", ORDERS, BODY), BODY), 401, "unauthorised");
        }
    }

    @Test
    void a_get_with_a_nonce_that_was_used_is_refused() throws Exception {
        Map<String, String> headers = signed("GET", ORDERS + "/ZW2026112300001", NONE);
        assertThat(ask("GET " + ORDERS + "/ZW2026112300001", headers, NONE).status())
                .isEqualTo(200);
        refused(ask("GET " + ORDERS + "/ZW2026112300001", headers, NONE), 401, "replayed-request");
    }

    @Test
    void signature_headers_sent_twice_are_malformed() throws Exception {
        for (String name : List.of("Signature", "Signature-Input", "Content-Digest")) {
            Map<String, String> headers = signed("POST", ORDERS, BODY);
            headers.put(name.toLowerCase(java.util.Locale.ROOT), headers.get(name));
            refused(ask("POST " + ORDERS, headers, BODY), 400, "malformed-signature");
        }
        for (String name : List.of("Content-Type", "Idempotency-Key")) {
            Map<String, String> headers = signed("POST", ORDERS, BODY);
            headers.put(name, "application/json");
            headers.put(name.toLowerCase(java.util.Locale.ROOT), "application/json");
            refused(ask("POST " + ORDERS, headers, BODY), 400, "bad-header");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api//v1/orders",
                "//api/v1/orders",
                "/api/v1/./orders",
                "/api/v1/x/../orders",
                "/api/v1/%2e/orders",
                "/api/v1/x/%2e%2e/orders",
                "/api/v1/orders;x=1",
                "/api;x=1/v1/orders",
                "/x/..;/api/v1/orders",
                "/api/v1%2forders",
                "/api/v1%5corders",
                "/api/v1\\orders",
                "/api/v1/orders%00",
                "/api/v1/order%73",
                "/api/v1/orders%20",
                "/api/v1/orders/",
                "/%61pi/v1/orders",
                "/api/v1/ord\u00e9rs"
            })
    void paths_that_two_readers_could_read_differently_are_refused(String path) throws Exception {
        for (Map<String, String> headers : List.of(signed("POST", path, BODY), signed("POST", ORDERS, BODY))) {
            Wire.Answer answer = ask("POST " + path, headers, BODY);
            assertThat(answer.status()).as(path).isIn(400, 401, 404);
            clean(answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "HEAD", "CONNECT", "BREW", "get"})
    void other_verbs_are_refused(String verb) throws Exception {
        Wire.Answer answer = ask(verb + " " + ORDERS, signed(verb, ORDERS, BODY), BODY);
        assertThat(answer.status()).as(verb).isIn(400, 405, 501);
        assertThat(answer.body()).doesNotContain("Signature");
        clean(answer);
    }

    @Test
    void a_verb_in_a_header_does_not_count() throws Exception {
        for (String name : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
            Map<String, String> headers = signed("POST", ORDERS, BODY);
            headers.put(name, "DELETE");
            Wire.Answer answer = ask("POST " + ORDERS, headers, BODY);
            refused(answer, 405, "method-not-allowed");
            assertThat(answer.header("allow")).isEqualTo("GET, POST");
        }
    }

    @Test
    void a_partner_is_told_what_is_unknown_and_what_is_the_wrong_verb() throws Exception {
        refused(get("/api/v1/no-such"), 404, "not-found");
        refused(get("/api"), 404, "not-found");
        Wire.Answer wrong = get("/api/v1/events");
        refused(wrong, 405, "method-not-allowed");
        assertThat(wrong.header("allow")).isEqualTo("POST");
    }

    /** So it is while the routes start or stop: a sender would take 404 for final. */
    @Test
    void what_stands_in_the_contract_and_is_not_served_now_may_be_sent_again_later() throws Exception {
        Wire.Answer answer = get("/api/v1/clock");
        refused(answer, 503, "unavailable");
        assertThat(answer.header("retry-after")).isNotBlank();
    }

    @Test
    void an_empty_body_is_refused() throws Exception {
        for (String empty : List.of("", "   ", "\r\n\t ")) {
            byte[] body = empty.getBytes(StandardCharsets.UTF_8);
            refused(ask("POST " + ORDERS, signed("POST", ORDERS, body), body), 400, "empty-body");
        }
    }

    @Test
    void a_body_of_20_mb_is_answered_413_without_being_read() throws Exception {
        byte[] large = new byte[20 * 1024 * 1024];
        Wire.Answer announced = ask("POST " + ORDERS, plain(large), large);
        refused(announced, 413, "too-large");
        assertThat(announced.closed()).isTrue();
        Map<String, String> headers = plain(NONE);
        headers.remove("Content-Length");
        headers.put("Transfer-Encoding", "chunked");
        byte[] chunk = ("200000\r\n" + "x".repeat(0x200000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        Wire.Answer chunked = ask("POST " + ORDERS, headers, chunk);
        refused(chunked, 413, "too-large");
        assertThat(chunked.closed()).isTrue();
    }

    @Test
    void a_body_of_just_1_mb_is_taken() throws Exception {
        byte[] body = ("{\"a\":\"" + "x".repeat(1024 * 1024 - 8) + "\"}").getBytes(StandardCharsets.US_ASCII);
        assertThat(body).hasSize(1024 * 1024);
        assertThat(ask("POST " + ORDERS, signed("POST", ORDERS, body), body).status())
                .isEqualTo(200);
    }

    @Test
    void a_chunked_body_is_taken() throws Exception {
        Map<String, String> headers = signed("POST", ORDERS, BODY);
        headers.remove("Content-Length");
        headers.put("Transfer-Encoding", "chunked");
        byte[] chunks = (Integer.toHexString(BODY.length) + "\r\n" + new String(BODY, StandardCharsets.UTF_8)
                        + "\r\n0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(ask("POST " + ORDERS, headers, chunks).status()).isEqualTo(200);
    }

    @Test
    void lengths_that_lie_are_refused_and_nothing_is_smuggled() throws Exception {
        Map<String, String> longer = signed("POST", ORDERS, BODY);
        longer.put("Content-Length", String.valueOf(BODY.length + 10));
        refused(ask("POST " + ORDERS, longer, BODY), 408, "too-slow");

        Map<String, String> none = signed("POST", ORDERS, BODY);
        none.remove("Content-Length");
        refused(ask("POST " + ORDERS, none, NONE), 411, "length-required");

        for (String length : List.of("-1", "+5", "0x10", "1e3", "99999999999999999999", "5, 6")) {
            Map<String, String> odd = signed("POST", ORDERS, BODY);
            odd.put("Content-Length", length);
            Wire.Answer answer = ask("POST " + ORDERS, odd, BODY);
            assertThat(answer.status()).as(length).isIn(400, 413);
            clean(answer);
        }
        for (String coding :
                List.of("chunked, chunked", "xchunked", "identity, chunked", "chunked;q=1", " \tchunked\u000b")) {
            Map<String, String> odd = signed("POST", ORDERS, BODY);
            odd.put("Transfer-Encoding", coding);
            assertThat(ask("POST " + ORDERS, odd, BODY).status()).as(coding).isIn(400, 411, 501);
        }
        Map<String, String> two = signed("POST", ORDERS, BODY);
        two.put("content-length", "5");
        assertThat(ask("POST " + ORDERS, two, BODY).status()).isEqualTo(400);
    }

    @Test
    void chunked_beside_a_length_leaves_no_second_request() throws Exception {
        String hidden =
                new String(Wire.request("GET /openapi.yaml", Map.of("Host", "x"), NONE), StandardCharsets.US_ASCII);
        String body = new String(BODY, StandardCharsets.UTF_8);
        byte[] chunksAndMore = (Integer.toHexString(BODY.length) + "\r\n" + body + "\r\n0\r\n\r\n" + hidden)
                .getBytes(StandardCharsets.US_ASCII);
        for (int length : new int[] {1, BODY.length, chunksAndMore.length}) {
            Map<String, String> headers = signed("POST", ORDERS, BODY);
            headers.put("Content-Length", String.valueOf(length));
            headers.put("Transfer-Encoding", "chunked");
            List<Wire.Answer> answers =
                    new Wire(port).send(Wire.request("POST " + ORDERS, headers, chunksAndMore), PATIENCE);
            assertThat(answers).hasSize(1);
            assertThat(answers.get(0).closed()).isTrue();
            assertThat(answers.get(0).body()).doesNotContain("openapi");
        }
    }

    @Test
    void a_broken_chunk_is_refused() throws Exception {
        Map<String, String> headers = plain(NONE);
        headers.remove("Content-Length");
        headers.put("Transfer-Encoding", "chunked");
        refused(
                ask("POST " + ORDERS, headers, "zz\r\nhello\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
                400,
                null);
    }

    @Test
    void coded_bodies_are_refused_unread() throws Exception {
        for (String coding : List.of("gzip", "deflate", "br", "identity, gzip", "x")) {
            Map<String, String> headers = signed("POST", ORDERS, BODY);
            headers.put("Content-Encoding", coding);
            refused(ask("POST " + ORDERS, headers, BODY), 415, "unsupported-media-type");
        }
        Map<String, String> headers = signed("POST", ORDERS, BODY);
        headers.put("Content-Encoding", "identity");
        assertThat(ask("POST " + ORDERS, headers, BODY).status()).isEqualTo(200);
    }

    @Test
    void a_get_with_a_body_is_refused() throws Exception {
        refused(
                ask("GET " + ORDERS + "/ZW2026112300001", signed("GET", ORDERS + "/ZW2026112300001", BODY), BODY),
                400,
                "body-not-wanted");
    }

    @Test
    void too_many_and_too_long_headers_are_refused() throws Exception {
        Map<String, String> many = plain(BODY);
        for (int i = 0; i < 10_000; i++) {
            many.put("X-" + i, "x");
        }
        Map<String, String> large = plain(BODY);
        large.put("X-Large", "x".repeat(64 * 1024));
        for (Map<String, String> headers : List.of(many, large)) {
            List<Wire.Answer> answers = new Wire(port).send(Wire.request("POST " + ORDERS, headers, BODY), PATIENCE);
            assertThat(answers).hasSizeLessThan(2).allSatisfy(a -> {
                assertThat(a.status()).isIn(400, 431);
                clean(a);
            });
        }
    }

    @Test
    void an_unsafe_correlation_id_is_replaced() throws Exception {
        for (String id : List.of("a b", "x".repeat(65), "<script>", "a\u001b[31m", "张三")) {
            Map<String, String> headers = plain(BODY);
            headers.put("X-Correlation-Id", id);
            Wire.Answer answer = ask("POST " + ORDERS, headers, BODY);
            assertThat(answer.header("x-correlation-id")).matches("[0-9a-f-]{36}");
            assertThat(JSON.readTree(answer.body()).path("correlationId").asText())
                    .isEqualTo(answer.header("x-correlation-id"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "refuse,422,invalid-order",
        "no database,503,unavailable",
        "constraint,500,internal",
        "anything else,500,internal",
        "rolled back,500,internal"
    })
    void what_a_route_throws_becomes_a_problem_without_its_text(String how, int status, String type) throws Exception {
        byte[] body = ("{\"how\":\"" + how + "\"}").getBytes(StandardCharsets.UTF_8);
        Wire.Answer answer = ask("POST /api/v1/events", signed("POST", "/api/v1/events", body), body);
        refused(answer, status, type);
        assertThat(answer.headers().containsKey("retry-after")).isEqualTo(status == 503);
        assertThat(answer.body()).doesNotContain("canary", "1381234");
        if (status == 422) {
            assertThat(answer.body()).contains("/orderNo", "too long");
        }
    }

    @Test
    void a_route_answers_with_bytes_or_with_nothing() throws Exception {
        byte[] bytes = "{\"how\":\"bytes\"}".getBytes(StandardCharsets.UTF_8);
        Wire.Answer text = ask("POST /api/v1/events", signed("POST", "/api/v1/events", bytes), bytes);
        assertThat(text.body()).isEqualTo("好");
        assertThat(text.header("content-type")).isEqualTo("text/plain;charset=UTF-8");
        byte[] other = "{\"how\":\"another message\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(ask("POST /api/v1/events", signed("POST", "/api/v1/events", other), other)
                        .body())
                .isEqualTo("{}");
        byte[] nothing = "{\"how\":\"nothing\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(ask("POST /api/v1/events", signed("POST", "/api/v1/events", nothing), nothing)
                        .status())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/actuator/env",
                "/actuator/heapdump",
                "/actuator;/env",
                "/%2factuator",
                "/jolokia/list",
                "/hawtio/",
                "/error",
                "/no-such",
                "/../etc/passwd",
                "/WEB-INF/web.xml"
            })
    void elsewhere_there_is_nothing_and_nothing_is_told(String path) throws Exception {
        Wire.Answer answer = ask("GET " + path, Map.of("Host", "localhost"), NONE);
        assertThat(answer.status()).isIn(400, 404);
        clean(answer);
    }

    @Test
    void the_contract_is_served_to_everyone() throws Exception {
        Wire.Answer answer = ask("GET /openapi.yaml", Map.of("Host", "localhost"), NONE);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).startsWith("application/yaml");
        assertThat(answer.body()).startsWith("openapi: 3.1");
    }

    @Test
    void what_is_not_http_gets_no_version_and_no_stack() throws Exception {
        for (String raw : List.of(
                "GET\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "\u0016\u0003\u0001\u0002",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /{x} HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX\u0000: b\r\n\r\n")) {
            for (Wire.Answer answer : new Wire(port).send(raw.getBytes(StandardCharsets.ISO_8859_1), PATIENCE)) {
                assertThat(answer.status()).isBetween(400, 505);
                clean(answer);
            }
        }
    }

    private Wire.Answer get(String target) throws Exception {
        return ask("GET " + target, signed("GET", target, NONE), NONE);
    }

    private Wire.Answer ask(String line, Map<String, String> headers, byte[] body) throws IOException {
        Map<String, String> closing = new LinkedHashMap<>(headers);
        closing.put("Connection", "close");
        List<Wire.Answer> answers = new Wire(port).send(Wire.request(line, closing, body), PATIENCE);
        assertThat(answers).as(line).hasSize(1);
        return answers.get(0);
    }

    private TestSigner signer() throws IOException {
        JsonNode keys = JSON.readTree(data.resolve("partners.json").toFile()).path("keys");
        return TestSigner.of(
                "gov-1", Base64.getDecoder().decode(keys.get(0).path("secret").asText()));
    }

    private Map<String, String> signed(String method, String target, byte[] body) throws IOException {
        return signed(signer(), method, target, body);
    }

    private static Map<String, String> signed(TestSigner signer, String method, String target, byte[] body) {
        Map<String, String> headers = plain(body);
        headers.putAll(signer.sign(method, target, body));
        return headers;
    }

    private static Map<String, String> plain(byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", "localhost");
        headers.put("Content-Type", "application/json");
        headers.put("Content-Length", String.valueOf(body.length));
        return headers;
    }

    private static JsonNode seen(Wire.Answer answer) throws IOException {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("headers");
    }

    private static void refused(Wire.Answer answer, int status, String type) throws IOException {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("titleEn").asText()).isNotBlank();
        assertThat(problem.path("correlationId").asText()).isEqualTo(answer.header("x-correlation-id"));
        if (type != null) {
            assertThat(problem.path("type").asText()).isEqualTo("/problems/" + type);
        }
        clean(answer);
    }

    private static void clean(Wire.Answer answer) {
        assertThat(answer.body())
                .doesNotContainIgnoringCase("exception", "at org.", "java", "tomcat", "apache", "<html");
        assertThat(answer.headers()).doesNotContainKeys("server", "x-powered-by");
    }
}
