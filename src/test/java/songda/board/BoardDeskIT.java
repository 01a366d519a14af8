package songda.board;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import songda.HubTest;
import songda.TestUsers;
import songda.kpi.KpiWindow;
import songda.watch.HawtioPage;
import songda.watch.Ports;

/** The board as people use it, in Debian's Chromium; needs chromium and chromium-driver and fails without them. */
@Tag("desk")
@TestPropertySource(properties = "songda.kpi.refresh=PT3S")
class BoardDeskIT extends HubTest {

    private static final String XSS = "<img src=x onerror='window.xss=1'>";
    private static final String REASON = "#reason";

    @Autowired
    Ports ports;

    @Autowired
    KpiWindow kpis;

    private HawtioPage board(String user) {
        var page = new HawtioPage("http://127.0.0.1:" + ports.admin());
        page.size(1280, 860);
        page.tryLogin(user, TestUsers.PASSWORD);
        page.until("the login taken", () -> !page.text().contains("口令"));
        page.open("/board/");
        page.until("the board alive", () -> page.text().contains("实时"));
        return page;
    }

    private static void shot(HawtioPage page, String name) {
        page.screenshot(Path.of("target/board-" + name + ".png"));
    }

    /** What axe calls serious or critical. */
    private static void usableByAll(HawtioPage page, String view) throws IOException {
        try (var axe = BoardDeskIT.class.getResourceAsStream("/axe.min.js")) {
            page.script(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        Object found = page.asked(
                """
                const done = arguments[arguments.length - 1];
                axe.run().then(r => done(r.violations.filter(v => v.impact === 'serious' || v.impact === 'critical')
                  .map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary).join(' | '))));""");
        assertThat((List<?>) found).as(view).isEmpty();
    }

    private static void go(HawtioPage page, String where, String seen) {
        page.script("location.hash = arguments[0]", where);
        page.until(seen + " at " + where, () -> page.text().contains(seen));
    }

    private String lost() {
        String orderNo = walked();
        says("desk", "parcel.lost", orderNo, clock.instant().minusSeconds(90_000));
        awaiting(() -> assertThat(facts(orderNo)).contains("anomaly.reached-level-3"));
        return orderNo;
    }

    private String inEveryField() {
        String orderNo = newOrderNo();
        ObjectNode order = order(orderNo);
        ((ObjectNode) order.path("recipient")).put("name", XSS).put("address", XSS + "杭州市余杭区文一西路1号");
        ((ObjectNode) order.path("office"))
                .put("name", XSS)
                .put("contactName", XSS)
                .put("address", XSS);
        ((ObjectNode) order.at("/documents/0")).put("type", XSS).put("no", XSS);
        order.put("remark", XSS);
        Answer answer = post("zjzwfw", ORDERS, order);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        awaiting(() -> assertThat(facts(orderNo)).contains("pickup.requested"));
        return orderNo;
    }

    @Test
    void an_operator_finds_an_order_follows_it_and_acts_with_a_reason() throws Exception {
        alone();
        String lost = lost();
        String evil = inEveryField();
        says("desk", "receipt.wrong", evil, clock.instant());
        String contradicted = contradicted();
        String nobody = "NOBODY" + UUID.randomUUID().toString().substring(0, 8);
        for (int i = 0; i < 3; i++) {
            assertThat(says("desk", "parcel.arrived", nobody, clock.instant().minusSeconds(i))
                            .status())
                    .isEqualTo(202);
        }
        try (var page = board(TestUsers.OPERATOR)) {
            page.until("the chases", () -> page.text().contains(waybill(lost)));
            page.until("whose facts contradict each other", () -> page.text().contains(waybill(contradicted)));
            assertThat(((Number) page.script(
                                    "return performance.getEntriesByName('first-contentful-paint')[0].startTime"))
                            .longValue())
                    .isLessThan(1_500);
            shot(page, "chases");
            usableByAll(page, "chases");

            page.keys("/");
            page.keys(waybill(lost), Keys.ENTER);
            page.until(
                    "the order",
                    () -> page.text().contains("市级总经理") || page.text().contains("3 级预案"));
            page.until("its lanes", () -> !page.all("svg.lanes circle").isEmpty());
            assertThat(page.text()).contains("收到政务服务网推送的订单", "邮件丢失", "ticket-send-entry", "将到的时限");
            shot(page, "order");
            usableByAll(page, "order");

            page.click("button.main");
            page.click(REASON);
            page.keys("已电话通知市局经理");
            shot(page, "reason");
            usableByAll(page, "reason");
            page.click("dialog button.main");
            page.until("who took note", () -> page.text().contains("chase.acknowledge"));

            go(page, "letters", "no order known for parcel.arrived");
            page.keys(Keys.ARROW_DOWN);
            page.script(
                    "[...document.querySelectorAll('main tr.row')].find(r => r.innerText.includes('parcel.arrived')).click()");
            page.until("its letters", () -> page.all("main tr.row").size() >= 4);
            page.script("[...document.querySelectorAll('section.card table')].at(-1).querySelector('tr.row').click()");
            page.until("a masked preview", () -> page.text().contains("预览（已遮盖）"));
            assertThat(page.text()).contains("parcel.arrived");
            shot(page, "letters");
            usableByAll(page, "letters");

            page.click("section.card button.main");
            page.click("#count");
            page.keys("3");
            page.click(REASON);
            page.keys("订单已补录，重放");
            shot(page, "replay");
            page.forgetSession();
            page.click("dialog button.main");
            page.until("that the session has ended", () -> page.text().contains("登录已过期"));
            assertThat(page.script("return document.querySelector('#reason').value"))
                    .isEqualTo("订单已补录，重放");
            shot(page, "expired");
        }
        try (var page = board(TestUsers.OPERATOR)) {
            String print = db.sql(
                            "select fingerprint from dead_letter where reason like '%parcel.arrived%' and state = 'OPEN' limit 1")
                    .query(String.class)
                    .single();
            go(page, "letters/" + print, "重放这一组");
            page.click("section.card button.main");
            page.click("#count");
            page.keys("3");
            page.click(REASON);
            page.keys("订单已补录，重放");
            page.click("dialog button.main");
            page.until(
                    "the bulk replay",
                    () -> page.text().contains("订单已补录，重放")
                            && !page.all("progress").isEmpty());
            assertThat(count("select count(*) from audit where who = ? and what = 'replay.start'", TestUsers.OPERATOR))
                    .isPositive();

            go(page, "doors", "gov-send-status");
            page.until("a door that is well", () -> page.text().contains("正常"));
            shot(page, "doors");
            usableByAll(page, "doors");
            // A complaint of yesterday that nobody acted upon in two hours (R77).
            String complained = walked();
            assertThat(says(
                                    "desk",
                                    "complaint.received",
                                    complained,
                                    clock.instant().minus(Duration.ofDays(1)))
                            .status())
                    .isEqualTo(200);
            awaiting(() -> assertThat(kpis.seen().toString()).contains("\"alarming\":true"));
            go(page, "kpis", "三日妥投率");
            assertThat(page.text()).contains("越线");
            shot(page, "kpis");
            usableByAll(page, "kpis");
            go(page, "kpis/complaint-answered", "两小时内有处理动作");
            assertThat(page.text()).contains("萧山区");
            shot(page, "kpi");
            usableByAll(page, "kpi");
            go(page, "configuration/1", "首个版本");
            shot(page, "configuration");
            usableByAll(page, "configuration");

            go(page, "order/" + id(evil), "回执有误");
            assertThat(page.script(
                            "return window.xss === undefined && document.querySelectorAll('main img').length === 0"))
                    .isEqualTo(true);
            page.size(390, 844);
            shot(page, "phone-order");
            go(page, "chases", waybill(evil));
            shot(page, "phone");
            usableByAll(page, "phone");
            assertThat(page.script("return document.documentElement.scrollWidth <= window.innerWidth"))
                    .isEqualTo(true);
            page.size(1280, 860);
            page.script("[...document.querySelectorAll('button')].find(b => b.innerText === 'English').click()");
            page.until("English", () -> page.text().contains("Being chased"));
            shot(page, "english");

            page.open("/hawtio/songda-board");
            page.frame("iframe");
            page.until("the board in Hawtio", () -> page.text().contains("Being chased"));
            shot(page, "hawtio");
        }
    }

    @Test
    void a_viewer_sees_locked_buttons_and_is_refused_by_hand() throws Exception {
        String orderNo = walked();
        try (var page = board(TestUsers.VIEWER)) {
            go(page, "order/" + id(orderNo), waybill(orderNo));
            page.until("its buttons", () -> page.all(".actions button").size() >= 7);
            assertThat(page.all(".actions button")).noneMatch(button -> button.isEnabled());
            assertThat(page.text()).contains("只看");
            Object status = page.asked(
                    """
                    const done = arguments[1];
                    const token = document.cookie.replace(/.*XSRF-TOKEN=([^;]*).*/, '$1');
                    fetch('/board/api/act/orders/' + arguments[0] + '/note', {method: 'POST', headers: {'X-XSRF-TOKEN': token}, body: '{"reason":"by hand"}'})
                      .then(r => done(r.status));""",
                    id(orderNo));
            assertThat(((Number) status).intValue()).isEqualTo(403);
            assertThat(count("select count(*) from audit where who = ? and what = 'board.denied'", TestUsers.VIEWER))
                    .isPositive();
            shot(page, "viewer");
            usableByAll(page, "viewer");
        }
    }
}
