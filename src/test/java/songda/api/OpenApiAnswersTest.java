package songda.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import songda.EmsForm;
import songda.TestFacts;
import songda.watch.RunningHub;

/** What the running hub answers is what openapi.yaml says: the status is declared, and the body is as its schema, nothing more. */
class OpenApiAnswersTest {

    private static final String ORDERS = "/api/v1/orders";
    private static final String EVENTS = "/api/v1/events";
    private static final String SCANS = "/api/postal/scans";
    private static final String PUSHES = "/api/postal/pushes";
    private static final String REPLIES = "/api/inquiry/replies";
    private static final String REASON = "{\"reason\":\"试一试而已\"}";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Parts of other schemas: closing them would shut out what those add. */
    private static final Set<String> PARTS = Set.of("OrderColumns", "Deadline", "DeadLetter", "Effect", "StoppedDoor");

    /** For these the post must answer, which it does in {@code songda.postal.PostalAnswersTest}, with the same look at the body. */
    private static final Set<String> OF_THE_POST = Set.of(
            "get /api/v1/orders/{orderNo}/post-label 200",
            "get /api/v1/orders/{orderNo}/estimate 200",
            "get /api/v1/orders/{orderNo}/fee 200",
            "post /api/postal/mails 200");

    private static final Set<String> SEEN = new ConcurrentSkipListSet<>();
    private final JsonNode api;
    private final RunningHub hub = RunningHub.get();

    OpenApiAnswersTest() throws IOException {
        api = new YAMLMapper()
                .readTree(Path.of("src/main/resources/static/openapi.yaml").toFile());
    }

    @AfterAll
    static void every_success_has_been_seen() throws IOException {
        Set<String> declared = new TreeSet<>();
        JsonNode paths = new YAMLMapper()
                .readTree(Path.of("src/main/resources/static/openapi.yaml").toFile())
                .path("paths");
        paths.properties().forEach(path -> path.getValue()
                .properties()
                .forEach(op -> op.getValue().path("responses").fieldNames().forEachRemaining(status -> {
                    if (status.startsWith("2")) {
                        declared.add(op.getKey() + " " + path.getKey() + " " + status);
                    }
                })));
        declared.removeAll(OF_THE_POST);
        assertThat(SEEN).containsAll(declared);
    }

    @Test
    void an_order_is_taken_once() {
        ObjectNode order = RunningHub.order();
        JsonNode taken = answer(201, "post", ORDERS, hub.post("gov", ORDERS, order.toString()));
        assertThat(taken.path("orderNo")).isEqualTo(order.path("orderNo"));
        assertThat(taken.path("recorded").asBoolean()).isTrue();
        assertThat(taken.path("duplicate").asBoolean()).isFalse();
        JsonNode again = answer(200, "post", ORDERS, hub.post("gov", ORDERS, order.toString()));
        assertThat(again.path("recorded").asBoolean()).isFalse();
        assertThat(again.path("duplicate").asBoolean()).isTrue();
        order.put("payer", "SENDER");
        refused(409, "order-conflict", "post", ORDERS, hub.post("gov", ORDERS, order.toString()));
    }

    @Test
    void the_government_middle_platform_reads_yes_and_no_in_the_body() throws IOException {
        String callems = "/api/logisticscenter/callems";
        JsonNode row = JSON.readTree(Path.of("mappings/gov/callems-to-row/examples/an-application.in.json")
                .toFile());
        ((ObjectNode) row.path("params"))
                .put("ems_ord_no", RunningHub.order().path("orderNo").asText());
        JsonNode taken = answer(200, "post", callems, hub.post("gov", callems, row.toString()));
        assertThat(taken.at("/custom/code").asInt()).isOne();
        ((ObjectNode) row.path("params")).put("net_type", "01");
        JsonNode refused = answer(200, "post", callems, hub.post("gov", callems, row.toString()));
        assertThat(refused.at("/custom/code").asInt()).isZero();
        assertThat(refused.at("/custom/text").asText()).startsWith("/net_type ");
        String traceinfo = "/api/logisticscenter/traceinfo";
        JsonNode nothing = answer(
                200, "post", traceinfo, hub.post("gov", traceinfo, "{\"params\":{\"mai_num\":\"9999999999999\"}}"));
        assertThat(nothing.at("/custom/code").asInt()).isZero();
    }

    @Test
    void a_reply_of_the_inquiry_platform_is_taken_or_set_aside() {
        String reply =
                "{\"chaseNo\":\"CY1\",\"replyNo\":\"1\",\"%s\",\"reason\":\"BAG_MISMATCH\",\"at\":\"2026-11-24 15:21:00\",\"text\":\"已核查\"}";
        answer(200, "post", REPLIES, hub.post("inquiry", REPLIES, reply.formatted("bagNo\":\"B-OPENAPI-1")));
        answer(202, "post", REPLIES, hub.post("inquiry", REPLIES, reply.formatted("waybillNo\":\"9823189069696")));
        refused(400, "empty-body", "post", REPLIES, hub.post("inquiry", REPLIES, " "));
    }

    @Test
    void an_idempotency_key_belongs_to_one_body() {
        String key = "\"key-" + System.nanoTime() + "\"";
        ObjectNode order = RunningHub.order();
        answer(201, "post", ORDERS, hub.post("gov", ORDERS, order.toString(), "Idempotency-Key", key));
        String other = RunningHub.order().toString();
        refused(422, "idempotency-key-reused", "post", ORDERS, hub.post("gov", ORDERS, other, "Idempotency-Key", key));
    }

    @Test
    void an_order_that_breaks_its_contract_is_refused_with_the_field() {
        ObjectNode order = RunningHub.order().put("payer", "NOBODY");
        JsonNode problem = refused(422, null, "post", ORDERS, hub.post("gov", ORDERS, order.toString()));
        assertThat(problem.at("/errors/0/path").asText()).isEqualTo("/payer");
        refused(400, null, "post", ORDERS, hub.post("gov", ORDERS, "{\"orderNo\": "));
        refused(400, "empty-body", "post", ORDERS, hub.post("gov", ORDERS, " "));
    }

    @Test
    void what_is_too_large_of_another_type_or_unsigned_is_refused() {
        refused(413, "too-large", "post", ORDERS, hub.post("gov", ORDERS, " ".repeat(1_048_577)));
        for (String path : List.of(ORDERS, EVENTS, SCANS)) {
            refused(415, "unsupported-media-type", "post", path, send(path, "text/plain"));
            refused(401, "unauthorised", "post", path, send(path, "application/json"));
        }
        refused(401, "unauthorised", "get", "/api/v1/clock", get("/api/v1/clock"));
    }

    @Test
    void an_order_is_shown_with_its_timeline_and_without_its_person() {
        ObjectNode order = RunningHub.order();
        String number = order.path("orderNo").asText();
        hub.post("gov", ORDERS, order.toString());
        hub.post("pda", EVENTS, event("parcel.delivered", number));
        String path = ORDERS + "/{orderNo}";
        HttpResponse<String> shown = hub.get("gov", ORDERS + "/" + number);
        JsonNode view = answer(200, "get", path, shown);
        assertThat(view.path("timeline").findValuesAsText("kind")).contains("fact", "effect", "deadline");
        assertThat(shown.body()).doesNotContain("13812345678", "张小三", "0571-82898888", "周敏", "3 幢");
        refused(404, "no-such-order", "get", path, hub.get("gov", ORDERS + "/NONE-0001"));
        refused(400, "invalid-parameter", "get", path, hub.get("gov", ORDERS + "/x"));
    }

    @Test
    void orders_are_listed_page_by_page_with_or_without_a_stage() {
        hub.post("gov", ORDERS, RunningHub.order().toString());
        hub.post("gov", ORDERS, RunningHub.order().toString());
        JsonNode first = answer(200, "get", ORDERS, hub.get("gov", ORDERS + "?limit=1"));
        assertThat(first.path("orders")).hasSize(1);
        String next = first.path("next").asText();
        JsonNode second = answer(200, "get", ORDERS, hub.get("gov", ORDERS + "?limit=1&cursor=" + next));
        assertThat(second.at("/orders/0/orderNo")).isNotEqualTo(first.at("/orders/0/orderNo"));
        JsonNode ordered = answer(200, "get", ORDERS, hub.get("gov", ORDERS + "?status=ORDERED&limit=200"));
        assertThat(ordered.path("orders").findValuesAsText("stage"))
                .isNotEmpty()
                .containsOnly("ORDERED");
        JsonNode none = answer(200, "get", ORDERS, hub.get("gov", ORDERS + "?status=NO_SUCH_STAGE"));
        assertThat(none.path("orders")).isEmpty();
        assertThat(none.path("next").isNull()).isTrue();
        refused(400, "invalid-parameter", "get", ORDERS, hub.get("gov", ORDERS + "?limit=0"));
        refused(400, "invalid-parameter", "get", ORDERS, hub.get("gov", ORDERS + "?status=delivered"));
    }

    @Test
    void an_event_is_recorded_once_and_set_aside_when_nobody_knows_its_order() {
        ObjectNode order = RunningHub.order();
        hub.post("gov", ORDERS, order.toString());
        String event = event("parcel.delivered", order.path("orderNo").asText());
        assertThat(answer(200, "post", EVENTS, hub.post("pda", EVENTS, event))
                        .path("recorded")
                        .asBoolean())
                .isTrue();
        assertThat(answer(200, "post", EVENTS, hub.post("pda", EVENTS, event))
                        .path("duplicate")
                        .asBoolean())
                .isTrue();
        JsonNode aside =
                answer(202, "post", EVENTS, hub.post("pda", EVENTS, event("parcel.delivered", "NOBODY-KNOWS")));
        assertThat(aside.path("deadLetter").asLong()).isPositive();
        refused(422, "invalid-fact", "post", EVENTS, hub.post("sms", EVENTS, event("parcel.delivered", "ZW01")));
        refused(422, null, "post", EVENTS, hub.post("pda", EVENTS, "{\"id\":\"1\"}"));
        refused(400, null, "post", EVENTS, hub.post("pda", EVENTS, "not json"));
    }

    @Test
    void a_redirect_that_a_terminal_uploads_is_counted_and_a_stranger_s_set_aside() {
        String path = "/api/pda/messages";
        ObjectNode message = JSON.createObjectNode()
                .put("id", "M-" + System.nanoTime())
                .put("at", "2026-11-24T15:21:00+08:00")
                .put("phone", "13799990000")
                .put("text", "改址#1316#张小三#杭州市余杭区文一西路1218号");
        assertThat(answer(200, "post", path, hub.post("pda", path, message.toString()))
                        .path("setAside")
                        .asInt())
                .isEqualTo(1);
        message.put("text", "好的，谢谢");
        refused(422, null, "post", path, hub.post("pda", path, message.toString()));
    }

    @Test
    void a_scan_is_answered_in_the_words_of_the_post() {
        ObjectNode order = RunningHub.order();
        hub.post("gov", ORDERS, order.toString());
        String waybill = String.valueOf(System.nanoTime()).substring(0, 13);
        hub.post(
                "postal",
                EVENTS,
                event("waybill.assigned", order.path("orderNo").asText())
                        .replace("\"data\":{}", "\"data\":{\"waybillNo\":\"" + waybill + "\"}"));
        answer(200, "post", SCANS, hub.post("postal", SCANS, scan(waybill, "203")));
        answer(200, "post", SCANS, hub.post("postal", SCANS, scan(waybill, "203")));
        answer(202, "post", SCANS, hub.post("postal", SCANS, scan(waybill, "ZZ")));
        String push = "{\"serialNo\":\"1\",\"logitcsInterface\":\""
                + EmsForm.field(EmsForm.of("040002", scan(waybill, "305")), "logitcsInterface") + "\"}";
        answer(200, "post", PUSHES, hub.post("postal", PUSHES, push));
        answer(202, "post", SCANS, hub.post("postal", SCANS, scan("9999999999999", "203")));
    }

    @Test
    void the_sms_provider_hears_its_own_yes_at_an_address_that_ends_in_its_token() {
        for (String path : List.of("/api/sms/reports", "/api/sms/inbound")) {
            answer(200, "post", path, hub.post("postal", path + "/stand-in", "[]"));
            refused(401, "unauthorised", "post", path, hub.post("sms", path + "/another", "[]"));
        }
    }

    @Test
    void an_office_takes_an_order_back_and_a_post_that_is_away_answers_nothing() {
        String number = RunningHub.order().path("orderNo").asText();
        hub.post("gov", ORDERS, RunningHub.order().put("orderNo", number).toString());
        for (String what : List.of("estimate", "post-label", "fee")) {
            String path = ORDERS + "/{orderNo}/" + what;
            HttpResponse<String> asked = hub.get("gov", ORDERS + "/" + number + "/" + what);
            if (what.equals("estimate")) {
                refused(502, "partner-failed", "get", path, asked);
            } else {
                refused(422, null, "get", path, asked);
            }
            refused(404, "no-such-order", "get", path, hub.get("gov", ORDERS + "/NOBODY/" + what));
        }
        String cancellations = "/api/v1/cancellations";
        String cancellation = "{\"id\":\"C-%s\",\"orderNo\":\"%s\",\"reason\":\"OTHER\"}".formatted(number, number);
        answer(200, "post", cancellations, hub.post("gov", cancellations, cancellation));
        JsonNode again = answer(200, "post", cancellations, hub.post("gov", cancellations, cancellation));
        assertThat(again.path("duplicate").asBoolean()).isTrue();
        answer(202, "post", cancellations, hub.post("gov", cancellations, cancellation.replace(number, "NOBODY")));
        hub.post("pda", EVENTS, event("parcel.accepted", number).replace("2026-11-24", "2099-11-24"));
        refused(
                409,
                "wrong-stage",
                "post",
                cancellations,
                hub.post("gov", cancellations, cancellation.replace("C-", "D-")));
    }

    @Test
    void prices_statements_and_bills_are_as_they_are_described() {
        String prices = "/api/v1/prices";
        String asked =
                "{\"day\":\"2026-11-23\",\"from\":\"330109\",\"to\":\"%s\",\"service\":\"DOUBLE\",\"receipt\":\"PHYSICAL\",\"payer\":\"SENDER\"}";
        assertThat(answer(200, "post", prices, hub.post("gov", prices, asked.formatted("330203")))
                        .path("total")
                        .decimalValue())
                .isEqualByComparingTo("23");
        refused(422, null, "post", prices, hub.post("gov", prices, asked.formatted("310101")));
        String number = RunningHub.order().path("orderNo").asText();
        hub.post("gov", ORDERS, RunningHub.order().put("orderNo", number).toString());
        answer(200, "get", ORDERS + "/{orderNo}/price", hub.get("gov", ORDERS + "/" + number + "/price"));
        refused(404, "no-such-order", "get", ORDERS + "/{orderNo}/price", hub.get("gov", ORDERS + "/NOBODY/price"));
        String statement = "/api/v1/statements/11330109MB1A2B3C4H/";
        answer(200, "get", "/api/v1/statements/{unit}/{month}", hub.get("desk", statement + "2026-11"));
        refused(
                400,
                "invalid-parameter",
                "get",
                "/api/v1/statements/{unit}/{month}",
                hub.get("desk", statement + "13"));
        String bill = "B" + System.nanoTime();
        String lines =
                "{\"billNo\":\"%s\",\"month\":\"2026-11\",\"lines\":[{\"no\":1,\"waybillNo\":\"1103311486731\",\"amount\":%s}]}";
        answer(200, "post", "/api/v1/bills", hub.post("desk", "/api/v1/bills", lines.formatted(bill, "8.00")));
        refused(
                409,
                "bill-conflict",
                "post",
                "/api/v1/bills",
                hub.post("desk", "/api/v1/bills", lines.formatted(bill, "8.10")));
        answer(200, "get", "/api/v1/bills/{billNo}", hub.get("desk", "/api/v1/bills/" + bill));
        refused(404, "no-such-bill", "get", "/api/v1/bills/{billNo}", hub.get("desk", "/api/v1/bills/NONE"));
    }

    @Test
    void the_clock_tells_business_time() {
        assertThat(answer(200, "get", "/api/v1/clock", hub.get("pda", "/api/v1/clock"))
                        .path("rate")
                        .asDouble())
                .isEqualTo(1);
    }

    @Test
    void the_desk_looks_after_deadlines() {
        ObjectNode order = RunningHub.order();
        String number = order.path("orderNo").asText();
        hub.post("gov", ORDERS, order.toString());
        hub.post("pda", EVENTS, event("parcel.delivered", number).replace("2026-11-24", "2099-11-24"));
        String all = "/api/v1/deadlines";
        JsonNode page = answer(200, "get", all, hub.get("desk", all + "?ladder=receipt&state=OPEN&orderNo=" + number));
        assertThat(page.path("deadlines")).hasSize(1);
        answer(200, "get", ORDERS + "/{orderNo}/snapshot", hub.get("desk", ORDERS + "/" + number + "/snapshot"));
        String id = page.at("/deadlines/0/id").asText();
        String change = all + "/{id}/{change}";
        JsonNode paused =
                answer(200, "post", change, hub.post("desk", all + "/" + id + "/pause", "{\"reason\":\"等当地回复\"}"));
        assertThat(paused.at("/changes/0/reason").asText()).isEqualTo("等当地回复");
        answer(200, "get", all + "/{id}", hub.get("desk", all + "/" + id));
        refused(409, "deadline-state", "post", change, hub.post("desk", all + "/" + id + "/pause", REASON));
        refused(404, "no-such-deadline", "get", all + "/{id}", hub.get("desk", all + "/1-1"));
        refused(422, null, "post", change, hub.post("desk", all + "/" + id + "/cancel", "{}"));
        refused(403, "desk-only", "get", all, hub.get("gov", all));
        answer(
                200,
                "post",
                all + "/migrate",
                hub.post("desk", all + "/migrate", "{\"ladder\":\"receipt\",\"reason\":\"先试算一下\",\"dryRun\":true}"));
        answer(200, "post", "/api/v1/calendar/reload", hub.post("desk", "/api/v1/calendar/reload", REASON));
        answer(200, "post", "/api/v1/ladders/reload", hub.post("desk", "/api/v1/ladders/reload", REASON));
        answer(200, "post", "/api/v1/clock/agree", hub.post("desk", "/api/v1/clock/agree", REASON));
    }

    @Test
    void the_desk_looks_after_dead_letters() throws Exception {
        String id = aside("9999999999901", "Y1");
        String all = "/api/v1/dead-letters";
        JsonNode letter = answer(200, "get", all + "/{id}", hub.get("desk", all + "/" + id));
        String print = letter.path("fingerprint").asText();
        JsonNode page = answer(200, "get", all, hub.get("desk", all + "?fingerprint=" + print));
        assertThat(page.path("letters")).isNotEmpty();
        answer(200, "get", all, hub.get("desk", all + "?since=2020-01-01T00:00:00%2B08:00&sender=postal"));
        refused(400, "invalid-parameter", "get", all, hub.get("desk", all + "?since=yesterday"));
        refused(404, "no-such-letter", "get", all + "/{id}", hub.get("desk", all + "/999999999999"));
        String reveal = all + "/{id}/reveal";
        String target = all + "/" + id + "/reveal";
        refused(403, "right-missing", "post", reveal, hub.post("desk", target, REASON));
        giveTheDeskTheRight("reveal");
        Awaitility.await().until(() -> hub.post("desk", target, REASON).statusCode() == 200);
        answer(200, "post", reveal, hub.post("desk", target, REASON));
    }

    @Test
    void the_desk_replays_and_drops_dead_letters() {
        String id = aside("9999999999902", "Y2");
        String one = "/api/v1/dead-letters/{id}";
        String at = "/api/v1/dead-letters/" + id;
        String again = "{\"reason\":\"编码表已补上\",\"dryRun\":%s}";
        for (String dry : List.of("true", "false")) {
            JsonNode tried =
                    answer(200, "post", one + "/replay", hub.post("desk", at + "/replay", again.formatted(dry)));
            assertThat(tried.path("outcome").asText()).isEqualTo("FAILED");
        }
        answer(200, "post", one + "/drop", hub.post("desk", at + "/drop", REASON));
        refused(409, "letter-state", "post", one + "/drop", hub.post("desk", at + "/drop", REASON));
        refused(
                409,
                "letter-state",
                "post",
                one + "/replay",
                hub.post("desk", at + "/replay", again.formatted("false")));
        refused(
                404,
                "no-such-letter",
                "post",
                one + "/drop",
                hub.post("desk", "/api/v1/dead-letters/999999999999/drop", REASON));
    }

    @Test
    void the_desk_replays_and_drops_many_dead_letters() {
        String id = aside("9999999999903", "Y3");
        aside("9999999999904", "Y3");
        String print = read(hub.get("desk", "/api/v1/dead-letters/" + id).body())
                .path("fingerprint")
                .asText();
        String all = "/api/v1/replays";
        String which = "{\"fingerprint\":\"" + print + "\"";
        JsonNode forecast = answer(200, "post", all + "/forecast", hub.post("desk", all + "/forecast", which + "}"));
        assertThat(forecast.at("/failing/0/count").asInt()).isEqualTo(2);
        String start = which + ",\"reason\":\"编码表已补上\",\"count\":%d,\"rate\":1}";
        refused(409, "letter-count", "post", all, hub.post("desk", all, start.formatted(3)));
        refused(422, "nothing-named", "post", all, hub.post("desk", all, "{\"count\":1,\"reason\":\"都来一遍\"}"));
        String job = answer(200, "post", all, hub.post("desk", all, start.formatted(2)))
                .path("id")
                .asText();
        answer(200, "get", all, hub.get("desk", all));
        answer(200, "get", all + "/{id}", hub.get("desk", all + "/" + job));
        String change = all + "/{id}/{change}";
        answer(200, "post", change, hub.post("desk", all + "/" + job + "/cancel", REASON));
        refused(409, "replay-state", "post", change, hub.post("desk", all + "/" + job + "/resume", REASON));
        refused(404, "no-such-replay", "get", all + "/{id}", hub.get("desk", all + "/999999999999"));
        String drop = "/api/v1/dead-letters/drop";
        long left = read(hub.get("desk", "/api/v1/dead-letters?fingerprint=" + print)
                        .body())
                .path("count")
                .asLong();
        answer(200, "post", drop, hub.post("desk", drop, which + ",\"reason\":\"测试而已\",\"count\":" + left + "}"));
        refused(409, "letter-count", "post", drop, hub.post("desk", drop, which + ",\"reason\":\"测试而已\",\"count\":9}"));
    }

    @Test
    void the_desk_sees_the_configuration_and_changes_it() {
        String all = "/api/v1/configuration";
        JsonNode look = answer(200, "get", all, hub.get("desk", all));
        String number = look.path("version").asText();
        JsonNode version = answer(200, "get", all + "/{version}", hub.get("desk", all + "/" + number));
        assertThat(version.path("files").has("routes/facts.yaml")).isTrue();
        refused(404, "no-such-version", "get", all + "/{version}", hub.get("desk", all + "/999999"));
        refused(400, "invalid-parameter", "get", all + "/{version}", hub.get("desk", all + "/latest"));
        String contents = "{\"contents\":[\"%s\"]}";
        answer(200, "post", all + "/files", hub.post("desk", all + "/files", contents.formatted("eA==")));
        refused(422, null, "post", all + "/files", hub.post("desk", all + "/files", contents.formatted("?")));
        refused(422, null, "post", all + "/files", hub.post("desk", all + "/files", "{}"));
        String changes = all + "/changes";
        ObjectNode same = JSON.createObjectNode().put("what", "apply").put("reason", "试一试而已");
        same.set("files", version.path("files"));
        JsonNode done = answer(200, "post", changes, hub.post("desk", changes, same.toString()));
        assertThat(done.path("unchanged").asBoolean()).isTrue();
        refused(
                422,
                null,
                "post",
                changes,
                hub.post("desk", changes, same.put("reason", "13812345678").toString()));
        refused(422, null, "post", changes, hub.post("desk", changes, "{\"what\":\"forget\"}"));
        refused(
                422,
                null,
                "post",
                changes,
                hub.post("desk", changes, "{\"what\":\"preview\",\"files\":{\"a\":\"b\"}}"));
        refused(400, "unreadable-body", "post", changes, hub.post("desk", changes, "[1"));
        refused(
                404,
                "no-such-version",
                "post",
                changes,
                hub.post("desk", changes, "{\"what\":\"rollback\",\"version\":0}"));
        refused(403, "desk-only", "get", all, hub.get("gov", all));
    }

    @Test
    void kafka_is_built_again_when_the_desk_says_so() {
        String path = "/api/v1/republish";
        String body = "{\"from\":\"2026-11-24T00:00:00+08:00\",%s,\"reason\":\"试一试而已\"}";
        answer(200, "post", path, hub.post("desk", path, body.formatted("\"facts\":true")));
        refused(422, "no-such-door", "post", path, hub.post("desk", path, body.formatted("\"doors\":[\"nowhere\"]")));
    }

    private String aside(String waybill, String code) {
        return read(hub.post("postal", SCANS, scan(waybill, code)).body())
                .path("deadLetter")
                .asText();
    }

    /** This one and no other. */
    private void giveTheDeskTheRight(String right) throws IOException {
        Path file = hub.data().resolve("partners.json");
        JsonNode partners = JSON.readTree(file.toFile());
        partners.path("keys").forEach(key -> {
            if (key.path("system").asText().equals("desk")) {
                ((ObjectNode) key).putArray("rights").add(right);
            }
        });
        Files.writeString(file, partners.toPrettyString());
    }

    @Test
    void the_desk_looks_at_a_label() throws IOException {
        ObjectNode order = RunningHub.order();
        String number = order.path("orderNo").asText();
        hub.post("gov", ORDERS, order.toString());
        String waybill = "97" + number.replaceAll("\\D", "");
        hub.post(
                "postal",
                EVENTS,
                """
                {"id":"W-%s","fact":"waybill.assigned","at":"2099-11-24T15:21:00+08:00","orderNo":"%s","data":{"waybillNo":"%s","markDestinationName":"HZ-YH"}}"""
                        .formatted(number, number, waybill));
        String label = ORDERS + "/{orderNo}/label";
        giveTheDeskTheRight("label");
        Awaitility.await()
                .until(() -> hub.get("desk", ORDERS + "/" + number + "/label").statusCode() == 200);
        answer(200, "get", label, hub.get("desk", ORDERS + "/" + number + "/label?template=zw-76130"));
        refused(422, "no-label", "get", label, hub.get("desk", ORDERS + "/" + number + "/label?template=zw-1"));
        refused(404, "no-such-order", "get", label, hub.get("desk", ORDERS + "/ZW00000000/label"));
    }

    @Test
    void the_desk_sees_what_is_owed() {
        ObjectNode order = RunningHub.order();
        String number = order.path("orderNo").asText();
        hub.post("gov", ORDERS, order.toString());
        String all = "/api/v1/effects";
        JsonNode page = answer(200, "get", all, hub.get("desk", all + "?orderNo=" + number));
        assertThat(page.path("effects")).isNotEmpty();
        answer(200, "get", all, hub.get("desk", all + "?state=DEAD&door=sms-send-notice"));
        String id = page.at("/effects/0/id").asText();
        answer(200, "get", all + "/{id}", hub.get("desk", all + "/" + id));
        String settle = all + "/{id}/settle";
        refused(
                404,
                "no-such-effect",
                "post",
                settle,
                hub.post("desk", all + "/1-1/settle", "{\"as\":\"dead\",\"reason\":\"等当地回复\"}"));
        refused(422, null, "post", settle, hub.post("desk", all + "/" + id + "/settle", REASON));
        String dead = hub.bean(JdbcTemplate.class)
                .queryForObject(
                        """
                        insert into effect (subject, id, fact_id, door, addressee, args, state, planned_at)
                        select subject, nextval('songda_id'), id, 'sms-send-notice', '', '{}', 'DEAD', hub_now()
                        from fact where source_id like '%' || ? || '%' limit 1
                        returning subject || '-' || id""",
                        String.class, number);
        String body = "{\"as\":\"accepted\",\"reason\":\"已电话核实\"}";
        answer(200, "post", settle, hub.post("desk", all + "/" + dead + "/settle", body));
        refused(409, "effect-state", "post", settle, hub.post("desk", all + "/" + dead + "/settle", body));
        refused(403, "desk-only", "get", all, hub.get("gov", all));
    }

    @Test
    void the_desk_opens_a_door_that_is_stopped() {
        String all = "/api/v1/doors";
        String open = all + "/{door}/open";
        String target = all + "/openapi-door/open";
        refused(409, "door-not-stopped", "post", open, hub.post("desk", target, REASON));
        hub.bean(JdbcTemplate.class)
                .update(
                        "insert into door_stop (door, reason, until) values ('openapi-door', 'no money', now() + interval '1 hour')");
        JsonNode doors = answer(200, "get", all, hub.get("desk", all)).path("doors");
        assertThat(doors.findValuesAsText("door")).contains("openapi-door");
        JsonNode opened = answer(200, "post", open, hub.post("desk", target, REASON));
        assertThat(opened.path("reason").asText()).isEqualTo("no money");
        refused(422, null, "post", open, hub.post("desk", target, "{}"));
        refused(403, "desk-only", "get", all, hub.get("gov", all));
    }

    @Test
    void the_desk_reads_kpis_and_leaves_an_item_out() {
        ObjectNode order = RunningHub.order();
        String number = order.path("orderNo").asText();
        hub.post("gov", ORDERS, order.toString());
        hub.post("pda", EVENTS, event("parcel.accepted", number));
        String day = event("parcel.accepted", number).replaceAll(".*\"at\":\"([0-9-]{10}).*", "$1");
        String kpis = "/api/v1/kpis";
        JsonNode report = answer(200, "get", kpis, hub.get("desk", kpis + "?day=" + day));
        assertThat(report.path("kpis")).hasSizeGreaterThan(20);
        answer(200, "get", kpis, hub.get("desk", kpis + "?month=2019-02&county=330109"));
        refused(400, "bad-period", "get", kpis, hub.get("desk", kpis));
        refused(400, "bad-period", "get", kpis, hub.get("desk", kpis + "?day=2026-13-01"));
        refused(403, "desk-only", "get", kpis, hub.get("gov", kpis + "?day=" + day));

        String items = kpis + "/{kpi}/items";
        String of = kpis + "/%s/items?day=" + day + "&limit=200";
        JsonNode found = answer(200, "get", items, hub.get("desk", of.formatted("delivered-3d")));
        assertThat(found.path("items").findValuesAsText("orderNo")).contains(number);
        assertThat(found.toString())
                .doesNotContain(
                        order.at("/recipient/name").asText(),
                        order.at("/recipient/phone").asText());
        String round = "round:KPI-" + System.nanoTime();
        ObjectNode opened = JSON.createObjectNode()
                .put("id", round)
                .put("fact", "round.opened")
                .put("at", "2026-11-24T15:21:00+08:00")
                .put("subject", round);
        opened.putObject("data")
                .put("unit", round.substring(6))
                .put("county", "330109")
                .put("round", "AM")
                .put("area", "TOWN");
        hub.post("pda", EVENTS, opened.toString());
        JsonNode rounds = answer(200, "get", items, hub.get("desk", of.formatted("two-rounds")));
        assertThat(rounds.path("items").findValuesAsText("about")).contains(round);
        assertThat(rounds.path("items").findValuesAsText("recipient")).containsOnly("null");
        refused(404, "no-such-kpi", "get", items, hub.get("desk", of.formatted("delivered-9d")));

        String all = "/api/v1/kpi-exclusions";
        String body = "{\"kpi\":\"delivered-3d\",\"orderNo\":\"%s\",\"reason\":\"台风停运\",\"approver\":\"%s\"}";
        refused(422, "approver-is-asker", "post", all, hub.post("desk", all, body.formatted(number, "desk")));
        refused(404, "no-such-order", "post", all, hub.post("desk", all, body.formatted("NOBODY-1", "P0017")));
        refused(422, null, "post", all, hub.post("desk", all, body.formatted(number, "张三")));
        JsonNode out = answer(200, "post", all, hub.post("desk", all, body.formatted(number, "P0017")));
        refused(409, "excluded-already", "post", all, hub.post("desk", all, body.formatted(number, "P0017")));
        assertThat(hub.get("desk", of.formatted("delivered-3d") + "&verdict=EXCLUDED")
                        .body())
                .contains(number, "台风停运");
        assertThat(answer(200, "get", all, hub.get("desk", all)).at("/exclusions/0/id"))
                .isEqualTo(out.path("id"));
        String withdraw = all + "/{id}/withdraw";
        String one = all + "/" + out.path("id").asText() + "/withdraw";
        JsonNode back = answer(200, "post", withdraw, hub.post("desk", one, REASON));
        assertThat(back.path("withdrawnWhy").asText()).isEqualTo("试一试而已");
        refused(409, "not-excluded", "post", withdraw, hub.post("desk", one, REASON));
        assertThat(hub.get("desk", "/api/v1/audit?limit=200").body()).contains("kpi.exclude", "kpi.include", "P0017");
    }

    @Test
    void the_desk_reads_the_audit_and_verifies_it() {
        String all = "/api/v1/audit";
        String verification = all + "/verification";
        JsonNode page = answer(200, "get", all, hub.get("desk", all + "?limit=1"));
        assertThat(page.path("rows").size()).isLessThanOrEqualTo(1);
        JsonNode found = answer(200, "get", verification, hub.get("desk", verification));
        assertThat(found.path("broken").asLong()).isZero();
        answer(
                200,
                "get",
                verification,
                hub.get("desk", verification + "?head=" + found.path("head").asText()));
        refused(403, "desk-only", "get", all, hub.get("gov", all));
        refused(403, "desk-only", "get", verification, hub.get("gov", verification));
    }

    private static String event(String fact, String orderNo) {
        return JSON.createObjectNode()
                .put("id", "E-" + System.nanoTime())
                .put("fact", fact)
                .put("at", "2026-11-24T15:21:00+08:00")
                .put("orderNo", orderNo)
                .set("data", TestFacts.of(fact))
                .toString();
    }

    private static String scan(String waybill, String code) {
        return JSON.createObjectNode()
                .put("serialNo", String.valueOf(System.nanoTime()))
                .put("waybillNo", waybill)
                .put("opCode", code)
                .put("opTime", "2026-11-24 09:00:00")
                .toString();
    }

    private HttpResponse<String> send(String path, String type) {
        return hub.send(HttpRequest.newBuilder(hub.address().resolve(path))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("{}")));
    }

    private HttpResponse<String> get(String path) {
        return hub.send(HttpRequest.newBuilder(hub.address().resolve(path)).GET());
    }

    private JsonNode refused(int status, String type, String method, String path, HttpResponse<String> response) {
        JsonNode problem = answer(status, method, path, response);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        if (type != null) {
            assertThat(problem.path("type").asText()).isEqualTo("/problems/" + type);
        }
        return problem;
    }

    /** @return the body, after it was held against what the operation declares for this status */
    private JsonNode answer(int status, String method, String path, HttpResponse<String> response) {
        String at = method + " " + path + " " + status;
        assertThat(response.statusCode()).as(at + ": " + response.body()).isEqualTo(status);
        JsonNode declared =
                api.path("paths").path(path).path(method).path("responses").path(String.valueOf(status));
        if (declared.has("$ref")) {
            declared = api.at(declared.path("$ref").asText().substring(1));
        }
        String type = status < 400 ? "application/json" : "application/problem+json";
        assertThat(response.headers().firstValue("content-type").orElse(""))
                .as(at)
                .startsWith(type);
        JsonNode schema = declared.path("content").path(type).path("schema");
        assertThat(schema.isObject()).as(at + " is declared").isTrue();
        JsonNode body = read(response.body());
        assertThat(complaints(schema, body)).as(at + " " + body).isEmpty();
        SEEN.add(at);
        return body;
    }

    private List<Error> complaints(JsonNode schema, JsonNode value) {
        ObjectNode whole = JSON.createObjectNode();
        whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        whole.set("allOf", whole.arrayNode().add(schema));
        whole.put("unevaluatedProperties", false);
        whole.set("components", closed());
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole)
                .validate(value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    /** A field that the contract does not name is a mistake here, though clients must put up with it. */
    private JsonNode closed() {
        ObjectNode components = api.path("components").deepCopy();
        components.path("schemas").properties().forEach(schema -> {
            if (schema.getValue().has("properties") && !PARTS.contains(schema.getKey())) {
                ((ObjectNode) schema.getValue()).put("unevaluatedProperties", false);
            }
        });
        return components;
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new AssertionError(body, e);
        }
    }
}
