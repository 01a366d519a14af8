package songda.board;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import songda.HubTest;
import songda.TestUsers;
import songda.watch.Desk;
import songda.watch.Ports;

/** What the board's server answers, and to whom. */
class BoardTest extends HubTest {

    private static final String WHY = "{\"reason\":\"与网点核对过\"}";
    private static final String XSS = "<img src=x onerror=alert(1)>";

    @Autowired
    Ports ports;

    private Desk as(String user) {
        Desk desk = new Desk(ports.admin());
        desk.login(user, TestUsers.PASSWORD);
        desk.get("/board/api/me");
        return desk;
    }

    private static HttpResponse<String> send(Desk desk, String path, String body) {
        return desk.post(
                "/board/api/" + path,
                body,
                "Content-Type",
                "application/json",
                "X-XSRF-TOKEN",
                desk.cookie("XSRF-TOKEN"));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode get(Desk desk, String path) {
        return json(desk.get("/board/api/" + path));
    }

    private static void refused(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(answer.body())
                .contains("/problems/" + type)
                .doesNotContainIgnoringCase("exception", "songda.board", "postgres");
    }

    private long audited(String who, String what) {
        return count("select count(*) from audit where who = ? and what = ?", who, what);
    }

    private static JsonNode found(Desk desk, String wanted) {
        return json(send(
                        desk, "search", JSON.createObjectNode().put("q", wanted).toString()))
                .path("orders");
    }

    @Test
    void an_order_is_found_by_its_numbers_and_by_four_digits_and_shown_masked() {
        Desk vera = as(TestUsers.VIEWER);
        String orderNo = walked();
        long id = id(orderNo);
        JsonNode sent = order(orderNo).path("recipient");
        String phone = sent.path("phone").asText();
        assertThat(found(vera, orderNo)).hasSize(1);
        assertThat(found(vera, waybill(orderNo)).path(0).path("orderNo").asText())
                .isEqualTo(orderNo);
        assertThat(found(vera, phone.substring(phone.length() - 4)).findValuesAsText("orderNo"))
                .contains(orderNo);

        String whole = get(vera, "orders/" + id).toString();
        assertThat(whole)
                .contains("order.received", "waybill.assigned", "printer-print-label", "ACCEPTED")
                .doesNotContain(
                        phone, sent.path("name").asText(), sent.path("address").asText());
        JsonNode timeline = get(vera, "orders/" + id).path("timeline");
        assertThat(timeline).allSatisfy(one -> assertThat(one.hasNonNull("id")).isTrue());
        refused(vera.get("/board/api/orders/999999999999"), 404, "no-such-order");
        refused(vera.get("/board/api/orders/x"), 400, "invalid-parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "T0%", "____", "' or 1=1 --", "T000001' or '1'='1", "*", "", "123", "<script>"})
    void nothing_is_found_by_what_is_no_number(String wanted) {
        Desk vera = as(TestUsers.VIEWER);
        refused(send(vera, "search", JSON.createObjectNode().put("q", wanted).toString()), 400, "invalid-search");
        refused(send(vera, "search", "[" + wanted), 400, "unreadable-body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "act/orders/{id}/note",
                "act/orders/{id}/acknowledge",
                "act/orders/{id}/facts/callback-done/7c4a1c1e-9d0b-4d36-8a8b-0d6f3ddc3a11",
                "act/deadlines/{id}-1/pause",
                "act/replays",
                "act/doors/gov-send-status/open",
                "act/replays/forecast",
                "reveal/orders/{id}/people",
                "reveal/orders/{id}/label",
                "reveal/letters/1"
            })
    void a_viewer_who_calls_by_hand_is_refused_and_it_is_written_down(String path) {
        Desk vera = as(TestUsers.VIEWER);
        String orderNo = ordered();
        long facts = facts(orderNo).size();
        long before = audited(TestUsers.VIEWER, "board.denied");
        refused(send(vera, path.replace("{id}", "" + id(orderNo)), WHY), 403, "right-missing");
        assertThat(audited(TestUsers.VIEWER, "board.denied")).isEqualTo(before + 1);
        assertThat(count("select count(*) from audit where subject = ?", id(orderNo)))
                .isZero();
        assertThat(facts(orderNo)).hasSizeGreaterThanOrEqualTo((int) facts).doesNotContain("callback.done");
    }

    @Test
    void nobody_gets_in_without_a_login_or_changes_anything_without_the_pages_token() {
        Desk nobody = new Desk(ports.admin());
        refused(nobody.get("/board/api/me"), 401, "login-required");
        assertThat(nobody.get("/board/", "Accept", "text/html").statusCode()).isEqualTo(302);
        Desk oscar = as(TestUsers.OPERATOR);
        String path = "/board/api/act/orders/" + id(ordered()) + "/note";
        refused(oscar.post(path, WHY, "Content-Type", "application/json"), 403, "forbidden");
        assertThat(get("desk", "/board/").status()).isEqualTo(404);
        assertThat(json(oscar.get("/hawtio/plugin")))
                .containsExactly(JSON.createObjectNode()
                        .put("url", "/board")
                        .put("scope", "songdaBoard")
                        .put("module", "./plugin")
                        .put("remoteEntryFileName", "hawtio.js"));
        var page = oscar.get("/board/", "Accept", "text/html");
        assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
                .contains("script-src 'self';", "style-src 'self';", "frame-ancestors 'self'")
                .doesNotContain("unsafe");
        assertThat(page.headers().allValues("x-frame-options")).containsExactly("SAMEORIGIN");
        assertThat(oscar.get("/board/lib/lit-html.js").statusCode()).isEqualTo(200);
        assertThat(oscar.get("/board/nothing.js").statusCode()).isEqualTo(404);
        refused(oscar.get("/board/api/nothing"), 404, "not-found");
    }

    @Test
    void what_an_operator_does_has_a_reason_and_stands_in_the_audit() {
        Desk oscar = as(TestUsers.OPERATOR);
        String orderNo = walked();
        long id = id(orderNo);
        String act = "act/orders/" + id;
        refused(send(oscar, act + "/note", "{\"reason\":\"短\"}"), 422, "invalid-message");
        refused(send(oscar, act + "/note", "{\"reason\":\"张三的电话 13812345678\"}"), 422, "invalid-message");
        json(send(oscar, act + "/note", "{\"reason\":\"" + XSS + "\"}"));
        assertThat(get(oscar, "orders/" + id)
                        .path("notes")
                        .path(0)
                        .path("reason")
                        .asText())
                .isEqualTo(XSS);

        String said = act + "/facts/receipt-wrong/" + UUID.randomUUID();
        assertThat(json(send(oscar, said, WHY)).path("recorded").asBoolean()).isTrue();
        assertThat(json(send(oscar, said, WHY)).path("duplicate").asBoolean()).isTrue();
        assertThat(facts(orderNo)).containsOnlyOnce("receipt.wrong");
        assertThat(count("select count(*) from audit where subject = ? and what = 'fact.by-hand'", id))
                .isEqualTo(1);
        refused(send(oscar, act + "/facts/parcel-delivered/" + UUID.randomUUID(), WHY), 422, "invalid-fact");

        JsonNode chase = chase(oscar, orderNo);
        assertThat(chase.path("receiptStage").asText()).isEqualTo("WRONG");
        assertThat(chase.path("notedBy").isNull()).isTrue();
        json(send(oscar, act + "/acknowledge", WHY));
        assertThat(chase(oscar, orderNo).path("notedBy").asText()).isEqualTo(TestUsers.OPERATOR);
        json(send(oscar, act + "/facts/contact-failed/" + UUID.randomUUID(), WHY));
        assertThat(facts(orderNo)).contains("callback.done");
        refused(send(oscar, "act/orders/999999999999/note", WHY), 404, "no-such-order");
    }

    private static JsonNode chase(Desk desk, String orderNo) {
        JsonNode page = get(desk, "chases?receipt=WRONG");
        for (JsonNode one : page.path("chases")) {
            if (one.path("orderNo").asText().equals(orderNo)) {
                return one;
            }
        }
        throw new AssertionError(orderNo + " is not among " + page);
    }

    @Test
    void a_deadline_is_paused_and_resumed_and_an_escalation_is_held_by_somebody_until_an_instant() {
        Desk oscar = as(TestUsers.OPERATOR);
        String orderNo = walked();
        says("desk", "parcel.lost", orderNo, clock.instant());
        String deadline = get(oscar, "chases?anomaly=OPEN").findValuesAsText("deadline").stream()
                .filter(d -> d.startsWith(id(orderNo) + "-"))
                .findFirst()
                .orElseThrow();
        assertThat(json(send(oscar, "act/deadlines/" + deadline + "/pause", WHY))
                        .path("state")
                        .asText())
                .isEqualTo("PAUSED");
        refused(send(oscar, "act/deadlines/" + deadline + "/pause", WHY), 409, "deadline-state");
        assertThat(json(send(oscar, "act/deadlines/" + deadline + "/resume", WHY))
                        .path("state")
                        .asText())
                .isEqualTo("OPEN");
        refused(send(oscar, "act/deadlines/" + deadline + "/cancel", WHY), 404, "not-found");

        db.sql("update deadline set due_at = hub_now() where subject = ? and rung = 'level-3'")
                .param(id(orderNo))
                .update();
        awaiting(() -> assertThat(facts(orderNo)).contains("anomaly.reached-level-3"));
        JsonNode held = get(oscar, "chases?anomaly=LEVEL3");
        assertThat(held.toString()).contains("city-manager", "hz-gm", "finish-level-3");
        // Counted once for all boards: what was counted a moment ago may still be told.
        awaiting(() -> {
            JsonNode overview = get(oscar, "overview");
            assertThat(overview.path("ladder").findValuesAsText("holder")).contains("contact:hz-gm");
            assertThat(overview.path("counts").findValuesAsText("anomaly")).contains("LEVEL3");
        });
        assertThat(held.toString()).doesNotContain("杭总");
    }

    @Test
    void whose_facts_contradict_each_other_is_listed_until_somebody_says_which_of_them_holds() {
        Desk oscar = as(TestUsers.OPERATOR);
        String orderNo = contradicted();
        awaiting(() -> assertThat(contradictions(oscar)).contains(orderNo));
        assertThat(get(oscar, "overview").at("/contradictions/many").asInt())
                .isEqualTo(contradictions(oscar).size());
        says("desk", "track.reconciled", orderNo, clock.instant());
        awaiting(() -> assertThat(contradictions(oscar)).doesNotContain(orderNo));
    }

    private static List<String> contradictions(Desk desk) {
        return get(desk, "overview").at("/contradictions/oldest").findValuesAsText("orderNo");
    }

    @Test
    void two_operators_replay_one_group_once() {
        Desk oscar = as(TestUsers.OPERATOR);
        Desk olga = as(TestUsers.OTHER_OPERATOR);
        for (int i = 0; i < 3; i++) {
            assertThat(says(
                                    "desk",
                                    "parcel.accepted",
                                    "NOBODY" + UUID.randomUUID().toString().substring(0, 8),
                                    clock.instant())
                            .status())
                    .isEqualTo(202);
        }
        JsonNode group = null;
        for (JsonNode one : get(oscar, "letters").path("groups")) {
            group = one.path("reason").asText().contains("no order known for parcel.accepted") ? one : group;
        }
        String print = group.path("fingerprint").asText();
        long count = group.path("count").asLong();
        JsonNode forecast = json(send(oscar, "act/replays/forecast", "{\"fingerprint\":\"" + print + "\"}"));
        assertThat(forecast.path("letters").asLong()).isEqualTo(count);
        String start = "{\"fingerprint\":\"%s\",\"count\":%d,\"rate\":1,\"reason\":\"映射已修好\"}";
        refused(send(oscar, "act/replays", start.formatted(print, count + 1)), 409, "letter-count");
        JsonNode job = json(send(oscar, "act/replays", start.formatted(print, count)));
        refused(send(olga, "act/replays", start.formatted(print, count)), 409, "replay-running");
        assertThat(get(olga, "replays").path("replays").findValuesAsText("id"))
                .contains(job.path("id").asText());
        json(send(olga, "act/replays/" + job.path("id").asText() + "/cancel", WHY));
        refused(send(olga, "act/replays", start.formatted(print, count + 1)), 409, "letter-count");
    }

    @Test
    void people_in_clear_are_shown_to_who_has_the_right_and_it_is_written_down_before() {
        Desk rita = as(TestUsers.REVEALER);
        String orderNo = newOrderNo();
        ObjectNode order = order(orderNo);
        ((ObjectNode) order.path("recipient")).put("name", XSS);
        Answer taken = post("zjzwfw", ORDERS, order);
        assertThat(taken.status()).as(taken.text()).isEqualTo(201);
        awaiting(() -> assertThat(facts(orderNo)).contains("pickup.requested"));
        long id = id(orderNo);
        JsonNode people = json(send(rita, "reveal/orders/" + id + "/people", WHY));
        assertThat(people.at("/recipient/name").asText()).isEqualTo(XSS);
        assertThat(count(
                        "select count(*) from audit where subject = ? and what = 'order.reveal' and who = ?",
                        id,
                        "rita"))
                .isEqualTo(1);
        refused(send(rita, "reveal/orders/" + id + "/people", "{\"reason\":\"\"}"), 422, "invalid-message");
        assertThat(json(send(rita, "reveal/orders/" + id + "/label", WHY)).path("pages"))
                .isNotEmpty();
        refused(send(rita, "act/orders/" + id + "/note", WHY), 403, "right-missing");
        assertThat(get(rita, "me").path("reveals").asBoolean()).isTrue();
    }

    @Test
    void doors_words_and_configuration_are_there() {
        Desk vera = as(TestUsers.VIEWER);
        walked();
        JsonNode doors = get(vera, "doors").path("doors");
        assertThat(doors.findValuesAsText("door")).contains("gov-send-status", "printer-print-label");
        assertThat(doors).anySatisfy(door -> {
            assertThat(door.path("breaker").asText()).isEqualTo("CLOSED");
            assertThat(door.hasNonNull("lastSuccess")).isTrue();
            assertThat(door.path("lastMinute").asInt()).isPositive();
        });
        JsonNode words = get(vera, "words");
        assertThat(words.at("/facts/parcel.delivered/zh").asText()).isEqualTo("邮件已妥投");
        assertThat(words.at("/counties/330109").asText()).isEqualTo("萧山区");
        // Counted once a minute; what they say is for KpiMonthsTest.
        assertThat(get(vera, "kpis").has("at")).isTrue();
        assertThat(get(vera, "kpis").path("kpis").isArray()).isTrue();
        JsonNode configuration = get(vera, "configuration");
        long version = configuration.path("version").asLong();
        assertThat(get(vera, "configuration/" + version).path("reason").asText())
                .isNotBlank();
        refused(vera.get("/board/api/configuration/999999"), 404, "no-such-version");
        refused(vera.get("/board/api/chases?cursor=x~1"), 400, "invalid-parameter");
        refused(vera.get("/board/api/chases?cursor=2026-01-01T00:00:00Z~x"), 400, "invalid-parameter");
        assertThat(get(vera, "chases?cursor=2999-01-01T00:00:00Z").path("chases"))
                .isEmpty();
    }

    @Test
    void the_text_of_a_file_that_changed_is_shown_line_by_line_but_nobody_of_the_directory() {
        var before = configuration("after: P2D", "a,330109,x,肖经理");
        var after = configuration("after: P3D", "a,330109,x,王经理");
        String changes =
                songda.configuration.ConfigurationDesk.changes(before, after).toString();
        assertThat(changes)
                .contains("-after: P2D", "+after: P3D", "contacts.csv")
                .doesNotContain("经理");
    }

    private static songda.configuration.Configuration configuration(String ladder, String contact) {
        return new songda.configuration.Configuration(Map.of(
                "routes/ladder/receipt.yaml", ladder.getBytes(StandardCharsets.UTF_8),
                "mappings/directory/contacts.csv", contact.getBytes(StandardCharsets.UTF_8)));
    }
}
