package songda.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import songda.HubTest;
import songda.clock.HubClock;
import songda.drop.Made;
import songda.partners.Tickets;

/**
 * The site of Chengjiang ({@code src/test/sites/chengjiang}): orders by the exchange table, placed with the post's former order system, the post's
 * tracking by its older push, receipts by the 85 system's files, tickets by webhook, and some orders by a second carrier in a dialect of its own.
 * The hub is the same; what differs stands in the site's routes, mappings and settings.
 */
@ContextConfiguration(initializers = SiteJourneyIT.Site.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SiteJourneyIT extends HubTest {

    private static final Qingniao QINGNIAO = new Qingniao();
    /** Its tickets go as signed webhooks to a program of its own. */
    private static final Tickets TICKETS = Tickets.start();

    private static final Instant DELIVERED = time("2026-09-30T15:00:00+08:00");
    private static final Instant OVERDUE = time("2026-10-03T08:00:00+08:00");

    @Order(1)
    static final class Site implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "chengjiang",
                            Map.of(
                                    "songda.site-folder",
                                    TestSites.folder("chengjiang").toString(),
                                    "songda.postal.dialect",
                                    "oms",
                                    "songda.qingniao.address",
                                    QINGNIAO.address(),
                                    "songda.ticket.dialect",
                                    "webhook",
                                    "songda.ticket.address",
                                    TICKETS.address() + "/hook")));
            new SiteStart().initialize(context);
        }
    }

    private JdbcClient table;

    @Autowired
    void exchange(@Qualifier("gov-exchange") DataSource exchange) {
        table = JdbcClient.create(exchange);
    }

    /** A row has no client. */
    @Override
    protected long id(String orderNo) {
        return db.sql("select id from orders where order_no = ?")
                .param(orderNo)
                .query(Long.class)
                .single();
    }

    @Override
    protected String waybill(String orderNo) {
        return db.sql("select waybill_no from orders where order_no = ?")
                .param(orderNo)
                .query(String.class)
                .single();
    }

    private static Instant time(String iso) {
        return OffsetDateTime.parse(iso).toInstant();
    }

    /** The last working day before the holiday. */
    @Override
    @BeforeEach
    protected void daytime() {
        clock.set(time("2026-09-30T09:00:00+08:00"), 0);
    }

    /** A row of the exchange table; it is an order when it was told so. */
    private String tabled(String county, String hall) {
        String orderNo = newOrderNo();
        Map<String, Object> row = Map.ofEntries(
                Map.entry("no", "row-" + orderNo),
                Map.entry("ems_ord_no", orderNo),
                Map.entry("internal_no", county + "260930000017"),
                Map.entry("zwfwzx_code", hall),
                Map.entry("net_type", "02"),
                Map.entry("buss_type", "2"),
                Map.entry("send_name", "周敏"),
                Map.entry("send_prov", "浙江省"),
                Map.entry("send_city", "杭州市"),
                Map.entry("send_country", county),
                Map.entry("send_strect", "环湖北路 99 号"),
                Map.entry("send_call", "0571-64812345"),
                Map.entry("rcv_name", "张小三"),
                Map.entry("rcv_prov", "浙江省"),
                Map.entry("rcv_city", "杭州市"),
                Map.entry("rcv_country", "330110"),
                Map.entry("rcv_strect", "余杭区文一西路 969 号 3 幢 201 室"),
                Map.entry("rcv_phone", "13812345678"),
                Map.entry("item", "营业执照"),
                Map.entry("deptno", "11330109MB1A2B3C4H"),
                Map.entry("orgname", "行政服务中心"),
                Map.entry("receipt_type", "PHYSICAL"),
                Map.entry(
                        "sendtime",
                        java.sql.Timestamp.valueOf(
                                HubClock.local(clock.instant()).substring(0, 19).replace('T', ' '))));
        table.sql("insert into inf_apply_wlxx (" + String.join(",", row.keySet()) + ") values ("
                        + row.keySet().stream().map(c -> ":" + c).collect(Collectors.joining(",")) + ")")
                .params(row)
                .update();
        awaiting(() -> assertThat(table.sql(
                                "select sync_sign || coalesce(sync_error_desc, '') from inf_apply_wlxx where ems_ord_no = ?")
                        .param(orderNo)
                        .query(String.class)
                        .single())
                .isEqualTo("1"));
        Awaitility.await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> assertThat(count(
                        "select count(*) from fact f join orders o on o.id = f.subject where o.order_no = ? and f.name = 'pickup.requested'",
                        orderNo))
                .as(owed(orderNo))
                .isOne());
        return orderNo;
    }

    private String owed(String orderNo) {
        return String.join(
                ", ",
                db.sql("select door || ' ' || state || coalesce(' ' || reason, '') from effect where subject = ?")
                        .param(id(orderNo))
                        .query(String.class)
                        .list());
    }

    private Answer says(String waybill, int seq, String what, Instant when, Map<String, String> more) {
        return post("qingniao", "/api/qingniao/tracks", Qingniao.event(waybill, seq, what, when, more));
    }

    @Test
    void an_order_of_the_second_carrier_walks_to_its_receipt_and_is_chased_on_the_way() {
        String orderNo = tabled("330127", "3301270007");
        String waybill = waybill(orderNo);
        assertThat(waybill).startsWith("QN");
        awaiting(() -> assertThat(effects(orderNo))
                .contains("qingniao-send-order:ACCEPTED", "qingniao-request-pickup:ACCEPTED")
                .noneMatch(effect -> effect.startsWith("postal-")));
        assertThat(QINGNIAO.calls("/v2/consignments", orderNo)).hasSize(1).allSatisfy(call -> {
            assertThat(call.key()).isEqualTo(orderNo + "-" + id(orderNo));
            assertThat(call.body().at("/to/street").asText()).contains("文一西路");
        });
        assertThat(QINGNIAO.calls("/v2/collections", waybill)).hasSize(1);
        awaiting(() -> assertThat(PARTNERS.printed(waybill)).hasSize(1));

        List<String> words = List.of("COLLECTED", "LINEHAUL", "AT_STATION", "WITH_COURIER");
        for (int i = 0; i < words.size(); i++) {
            Instant when = DELIVERED.minusSeconds(60L * (words.size() - i));
            clock.set(when, 0);
            Answer answer = says(waybill, i + 1, words.get(i), when, Map.of("where", "HZ-0" + i));
            assertThat(answer.json()).isEqualTo(JSON.createObjectNode().put("ok", true));
        }
        clock.set(DELIVERED, 0);
        says(waybill, 5, "SIGNED", DELIVERED, Map.of("who", "FAMILY"));
        assertThat(says(waybill, 5, "SIGNED", DELIVERED, Map.of("who", "FAMILY"))
                        .status())
                .isEqualTo(200);
        assertThat(facts(orderNo)).containsOnlyOnce("parcel.delivered");
        awaiting(() -> assertThat(PARTNERS.calls("/gov/status", waybill).stream()
                        .map(call -> call.json().path("op_code").asText()))
                .containsExactlyInAnyOrder("001", "203", "305", "306", "702", "704"));

        // The norm is the same for every carrier: two days, then a chase (R01, R67).
        db.sql("delete from coverage where system = 'receipt85'").update();
        clock.set(OVERDUE, 0);
        dropped(OVERDUE);
        awaiting(() -> assertThat(facts(orderNo)).contains("receipt.overdue", "chase.opened"));
        assertThat(PARTNERS.calls("/inquiry/chases", waybill)).hasSize(1);
        clock.set(OVERDUE.plusSeconds(60), 0);
        says("desk", "receipt.returned", orderNo, clock.instant());
        awaiting(() ->
                assertThat(PARTNERS.calls("/inquiry/chases/close", waybill)).hasSize(1));
        awaiting(() -> assertThat(PARTNERS.calls("/gov/status", waybill).stream()
                        .map(call -> call.json().path("op_code").asText()))
                .contains("801"));
        awaiting(() -> assertThat(count("select count(*) from deadline where subject = ? and state = 0", id(orderNo)))
                .isZero());
    }

    /** One event of the post's older push; {@code effect} 0 takes it back. */
    private void mail(String waybill, String action, Instant at, String effect, String more) {
        String[] time = HubClock.local(at).substring(0, 19).split("T");
        String item = "<expressmail><serialnumber>1</serialnumber><mailnum>" + waybill + "</mailnum><procdate>"
                + time[0].replace("-", "") + "</procdate><proctime>" + time[1].replace(":", "")
                + "</proctime><orgfullname>余杭五常揽投部</orgfullname><action>" + action
                + "</action><description>无</description><effect>"
                + effect + "</effect>" + more + "</expressmail>";
        Answer answer = send(request(
                        "/api/postal/mails",
                        Map.of("authenticate", MAILS_SECRET),
                        Map.of("Content-Type", "text/xml; charset=GBK"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        ("<listexpressmail>" + item + "</listexpressmail>").getBytes(Charset.forName("GBK")))));
        assertThat(answer.text()).contains("<success>1</success>", "<remark></remark>");
    }

    @Test
    void an_order_by_post_walks_over_the_table_the_older_push_and_the_file_to_its_receipt() {
        Instant day = time("2026-10-12T09:00:00+08:00");
        clock.set(day, 0);
        String orderNo = tabled("330109", "3301090001");
        String waybill = waybill(orderNo);
        String signed = "<properdelivery>11</properdelivery>";
        List<String> actions = List.of("00", "41", "50", "51", "10");
        for (int i = 0; i < actions.size(); i++) {
            Instant when = day.plus(Duration.ofHours(i + 1L));
            clock.set(when, 0);
            mail(waybill, actions.get(i), when, "1", actions.get(i).equals("10") ? signed : "");
        }
        // It was not delivered after all, but an hour later.
        clock.set(day.plus(Duration.ofHours(6)), 0);
        mail(waybill, "10", day.plus(Duration.ofHours(5)), "0", signed);
        mail(waybill, "10", day.plus(Duration.ofHours(6)), "1", signed);
        awaiting(() -> assertThat(PARTNERS.calls("/gov/status", waybill).stream()
                        .map(call -> call.json().path("op_code").asText()))
                .containsExactlyInAnyOrder("001", "203", "954", "306", "702", "704", "708", "704"));

        // The file of the third morning has nothing to say: that silence is the chase's reason (R66, R67).
        Instant overdue = time("2026-10-15T08:00:00+08:00");
        db.sql("delete from coverage where system = 'receipt85'").update();
        clock.set(overdue, 0);
        dropped(overdue);
        awaiting(() -> assertThat(facts(orderNo)).contains("receipt.overdue", "chase.opened"));
        assertThat(PARTNERS.calls("/inquiry/chases", waybill)).hasSize(1);
        Instant back = overdue.plus(Duration.ofHours(4));
        clock.set(back, 0);
        dropped(
                back,
                Made.line(
                        waybill,
                        "site-1",
                        Map.of(5, "20261012", 6, "150000", 15, "2026-10-15 11:00:00", 3, "1098765432101")));
        awaiting(() -> assertThat(facts(orderNo)).contains("receipt.returned"));
        awaiting(() ->
                assertThat(PARTNERS.calls("/inquiry/chases/close", waybill)).hasSize(1));
        awaiting(() -> assertThat(count("select count(*) from deadline where subject = ? and state = 0", id(orderNo)))
                .isZero());
    }

    @Test
    void what_the_second_carrier_never_pushed_is_asked_for_on_the_day_after() {
        Instant day = time("2026-10-19T09:00:00+08:00");
        clock.set(day, 0);
        String orderNo = tabled("330127", "3301270007");
        String waybill = waybill(orderNo);
        QINGNIAO.saw(Qingniao.event(waybill, 1, "COLLECTED", day, Map.of("where", "HZ-01")));
        QINGNIAO.saw(Qingniao.event(waybill, 2, "LINEHAUL", day.plusSeconds(60), Map.of("where", "HZ-02")));
        assertThat(says(waybill, 1, "COLLECTED", day, Map.of("where", "HZ-01")).status())
                .isEqualTo(200);
        clock.set(time("2026-10-21T00:00:00+08:00"), 0);
        awaiting(() -> assertThat(effects(orderNo))
                .contains("qingniao-fetch-track:ACCEPTED")
                .noneMatch(effect -> effect.startsWith("postal-")));
        assertThat(facts(orderNo)).containsOnlyOnce("parcel.accepted").containsOnlyOnce("parcel.in-transit");
    }

    @Test
    void an_order_of_the_second_carrier_is_taken_back_there() {
        clock.set(time("2026-10-26T09:00:00+08:00"), 0);
        String orderNo = tabled("330127", "3301270007");
        assertThat(says("desk", "order.cancelled", orderNo, clock.instant()).status())
                .isEqualTo(200);
        awaiting(() -> assertThat(facts(orderNo)).contains("cancellation.confirmed"));
        assertThat(QINGNIAO.calls("/v2/cancellations", waybill(orderNo)))
                .singleElement()
                .satisfies(call -> assertThat(call.body().path("ref").asText()).isEqualTo(orderNo + "-" + id(orderNo)));
        assertThat(effects(orderNo)).noneMatch(effect -> effect.startsWith("postal-"));
        awaiting(() -> assertThat(PARTNERS.calls("/gov/status", orderNo).stream()
                        .map(call -> call.json().path("op_code").asText()))
                .contains("O_011"));
    }

    @Test
    void an_order_of_another_county_or_of_a_hall_with_a_line_of_its_own_goes_by_post() {
        for (String hall : List.of("3301270001", "3301090001")) {
            String orderNo = tabled(hall.substring(0, 6), hall);
            awaiting(() -> assertThat(effects(orderNo))
                    .contains("postal-send-order:ACCEPTED", "postal-request-pickup:ACCEPTED")
                    .noneMatch(effect -> effect.startsWith("qingniao-")));
            assertThat(PARTNERS.calls("/postal/oms", orderNo)).hasSize(1);
        }
    }

    @Test
    void a_word_that_the_site_does_not_know_is_set_aside_and_names_the_site_s_table() {
        String orderNo = tabled("330127", "3301270007");
        assertThat(says(waybill(orderNo), 1, "TELEPORTED", clock.instant(), Map.of())
                        .status())
                .isEqualTo(202);
        assertThat(db.sql("select reason from dead_letter where system = 'qingniao'")
                        .query(String.class)
                        .list())
                .singleElement()
                .asString()
                .contains("TELEPORTED", "mappings/qingniao/track-to-fact/codes.csv");
    }

    /** Nobody but the carrier speaks at its door, and it speaks of nothing but what carriers say. */
    @Test
    void a_carrier_says_what_the_post_may_say_and_no_more() {
        ObjectNode event = JSON.createObjectNode();
        event.put("id", "x").put("fact", "receipt.overdue").put("at", HubClock.local(clock.instant()));
        JsonNode refused =
                post("qingniao", EVENTS, event.put("orderNo", newOrderNo())).json();
        assertThat(refused.toString()).contains("qingniao 不能报告 receipt.overdue");
    }

    /** What the receiver has taken about an order's damage: it checks each signature with code of its own. */
    private List<JsonNode> hooks(String orderNo) {
        return TICKETS.heardAll("hook").stream()
                .filter(line -> line.at("/body/data/reference").asText().equals(orderNo + "-anomaly"))
                .toList();
    }

    private void done(String step, String orderNo) {
        assertThat(says("desk", "remedy." + step, orderNo, clock.instant()).status())
                .isEqualTo(200);
    }

    @Test
    void tickets_go_signed_to_a_receiver_that_knows_each_entry_again_and_close_after_the_three_steps()
            throws Exception {
        String orderNo = tabled("330109", "3301090001");
        assertThat(says("desk", "parcel.damaged", orderNo, clock.instant()).status())
                .isEqualTo(200);
        awaiting(() -> assertThat(hooks(orderNo)).hasSize(1));
        JsonNode opened = hooks(orderNo).get(0);
        assertThat(opened.path("status").asInt()).isEqualTo(200);
        assertThat(opened.at("/body/type").asText()).isEqualTo("ticket.open");
        assertThat(opened.at("/body/data/kind").asText()).isEqualTo("DAMAGE");
        assertThat(opened.at("/body/data/owner").asText()).isEqualTo("xs-pm");
        assertThat(opened.at("/body/data/priority").asInt()).isEqualTo(50);

        // Taken, and the answer lost: it comes once more, and the receiver knows it.
        TICKETS.behave("{\"mode\":\"drop-answer\",\"count\":1}");
        done("apologised", orderNo);
        awaiting(() -> assertThat(hooks(orderNo)).hasSize(3));
        JsonNode lost = hooks(orderNo).get(1);
        JsonNode again = hooks(orderNo).get(2);
        assertThat(lost.path("end").asText()).isEqualTo("dropped");
        assertThat(again.path("key")).isEqualTo(lost.path("key"));
        assertThat(again.path("body")).isEqualTo(lost.path("body"));
        assertThat(again.at("/answer/duplicate").asBoolean()).isTrue();

        // A login page is no answer of a receiver, either.
        TICKETS.behave("{\"mode\":\"login-page\",\"count\":1}");
        refused(says("desk", "anomaly.resolved", orderNo, clock.instant()), 422, "invalid-message");
        done("refunded", orderNo);
        done("reissued", orderNo);
        assertThat(says("desk", "anomaly.resolved", orderNo, clock.instant()).status())
                .isEqualTo(200);
        awaiting(() -> assertThat(hooks(orderNo))
                .last()
                .satisfies(last -> assertThat(last.at("/body/type").asText()).isEqualTo("ticket.close")));
        awaiting(() -> assertThat(effects(orderNo))
                .filteredOn(e -> e.startsWith("ticket-send-entry"))
                .allMatch(e -> e.endsWith(":ACCEPTED")));
        assertThat(hooks(orderNo))
                .filteredOn(line -> !line.at("/answer/duplicate").asBoolean())
                .extracting(line -> line.at("/body/data/text").asText())
                .contains("登门道歉已完成", "邮资已退回", "证照已补办", "处理完毕，结果已反馈办证部门对接人，办结");
    }

    /** What the 85 system's file of this time says; a file without lines says that there is nothing. */
    private void dropped(Instant at, String... lines) {
        String name = "FD85_33010900_"
                + HubClock.local(at)
                        .substring(0, 16)
                        .replace("-", "")
                        .replace("T", "_")
                        .replace(":", "");
        PARTNERS.folders.drop("receipt85", name + ".txt", Made.file(lines));
        PARTNERS.folders.drop("receipt85", name + ".ok", new byte[0]);
        awaiting(() ->
                assertThat(PARTNERS.folders.names("receipt85", "done", name)).hasSize(1));
    }

    @AfterAll
    void goodbye() throws InterruptedException {
        QINGNIAO.close();
        TICKETS.close();
    }
}
