package songda.postal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import songda.HubTest;
import songda.clock.HubClock;

/** What the post's older push brings, and takes back. */
class PostalMailsTest extends HubTest {

    private static final String YES =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><response><success>1</success><failmailnums></failmailnums><remark>%s</remark></response>";

    private Answer push(String charset, String body, String secret) {
        return send(request(
                        "/api/postal/mails",
                        Map.of("authenticate", secret),
                        Map.of("Content-Type", "text/xml; charset=" + charset))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.getBytes(Charset.forName(charset)))));
    }

    private Answer push(String... items) {
        return push("GBK", list(items), MAILS_SECRET);
    }

    private static String list(String... items) {
        return "<listexpressmail>" + String.join("", items) + "</listexpressmail>";
    }

    /** Of tomorrow: later than all that the order has seen. */
    private String item(String waybillNo, String action, String time, String effect, String more) {
        String day = HubClock.local(clock.instant().plus(Duration.ofDays(1)))
                .substring(0, 10)
                .replace("-", "");
        return "<expressmail><serialnumber>1</serialnumber><mailnum>" + waybillNo
                + "</mailnum><procdate>" + day + "</procdate><proctime>" + time
                + "</proctime><orgfullname>余杭五常揽投部</orgfullname><action>" + action
                + "</action><description>经手人王投递</description><effect>" + effect + "</effect>" + more + "</expressmail>";
    }

    private String item(String waybillNo, String action, String time) {
        return item(waybillNo, action, time, "1", "");
    }

    private long letters() {
        return count("select count(*) from dead_letter where door = 'postal-receive-mails' and state = 'OPEN'");
    }

    @Test
    void the_events_of_a_list_are_recorded_once_and_carry_no_person() {
        String one = walked();
        String other = walked();
        for (int i = 0; i < 2; i++) {
            Answer answer = push(item(waybill(one), "00", "090000"), item(waybill(other), "00", "090000"));
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo(YES.formatted(""));
            assertThat(answer.headers().get("content-type").get(0)).startsWith("text/xml");
        }
        for (String orderNo : List.of(one, other)) {
            assertThat(facts(orderNo)).filteredOn("parcel.accepted"::equals).hasSize(1);
            assertThat(db.sql("select data::text from fact where subject = ? and name = 'parcel.accepted'")
                            .param(id(orderNo))
                            .query(String.class)
                            .single())
                    .contains("余杭五常揽投部", "203")
                    .doesNotContain("王投递");
        }
    }

    @Test
    void a_delivery_is_taken_back_and_its_receipt_is_not_due_any_more() {
        String orderNo = walked();
        push(
                item(waybill(orderNo), "00", "090000"),
                item(waybill(orderNo), "10", "150000", "1", "<properdelivery>11</properdelivery>"));
        assertThat(open(orderNo)).contains("receipt/overdue");
        push(item(waybill(orderNo), "10", "150000", "0", "<properdelivery>11</properdelivery>"));
        assertThat(facts(orderNo)).contains("parcel.delivery-retracted");
        assertThat(open(orderNo)).doesNotContain("receipt/overdue");
        assertThat(stage(orderNo)).isEqualTo("DELIVERY_RETRACTED");
        String track = post(
                        "zjzwfw",
                        "/api/logisticscenter/traceinfo",
                        "{\"params\":{\"mai_num\":\"" + waybill(orderNo) + "\"}}")
                .text();
        assertThat(track).contains("收寄").doesNotContain("妥投");
        push(item(waybill(orderNo), "10", "160000", "1", "<properdelivery>11</properdelivery>"));
        assertThat(stage(orderNo)).isEqualTo("DELIVERED");
        assertThat(open(orderNo)).contains("receipt/overdue");
    }

    @Test
    void an_event_and_its_retraction_may_come_in_one_list() {
        String orderNo = walked();
        push(
                item(waybill(orderNo), "20", "100000", "1", "<notproperdelivery>103</notproperdelivery>"),
                item(waybill(orderNo), "20", "100000", "0", "<notproperdelivery>103</notproperdelivery>"));
        assertThat(facts(orderNo)).contains("parcel.attempt-failed", "parcel.attempt-retracted");
        assertThat(db.sql("select coalesce(detail ->> 'attempts', '0') from orders where id = ?")
                        .param(id(orderNo))
                        .query(String.class)
                        .single())
                .isEqualTo("0");
    }

    @Test
    void a_retraction_without_its_event_is_kept_and_does_nothing_until_it_is_replayed_after_it() {
        String orderNo = walked();
        long before = letters();
        Answer answer = push(item(waybill(orderNo), "10", "150000", "0", ""));
        assertThat(answer.text()).isEqualTo(YES.formatted("1 件留存待人处理 / kept for a person"));
        assertThat(letters()).isEqualTo(before + 1);
        assertThat(facts(orderNo)).doesNotContain("parcel.delivery-retracted");
        push(item(waybill(orderNo), "10", "150000"));
        String letter = db.sql("select max(id)::text from dead_letter where door = 'postal-receive-mails'")
                .query(String.class)
                .single();
        Answer replayed =
                post("desk", "/api/v1/dead-letters/" + letter + "/replay", "{\"reason\":\"妥投已到\",\"dryRun\":false}");
        assertThat(replayed.json().path("outcome").asText()).as(replayed.text()).isEqualTo("REPLAYED");
        assertThat(stage(orderNo)).isEqualTo("DELIVERY_RETRACTED");
    }

    @Test
    void one_item_that_cannot_be_read_harms_no_other_and_is_replayed_alone() {
        String orderNo = walked();
        long before = letters();
        Answer answer = push(
                item(waybill(orderNo), "00", "090000"),
                item(waybill(orderNo), "77", "091000"),
                item(waybill(orderNo), "41", "0910", "1", ""),
                item("9999999999999", "00", "090000"),
                item(waybill(orderNo), "41", "100000"));
        assertThat(answer.text()).isEqualTo(YES.formatted("3 件留存待人处理 / kept for a person"));
        assertThat(letters()).isEqualTo(before + 3);
        assertThat(facts(orderNo)).contains("parcel.accepted", "parcel.in-transit");
        assertThat(db.sql("select reason from dead_letter where door = 'postal-receive-mails' order by id desc limit 3")
                        .query(String.class)
                        .list())
                .anyMatch(r -> r.equals(
                        "unknown postal code '77' in $.action: add it to mappings/postal/mail-to-fact/actions.csv"));
        String letter = db.sql(
                        "select max(id)::text from dead_letter where door = 'postal-receive-mails' and reason like '%''77''%'")
                .query(String.class)
                .single();
        Answer replayed =
                post("desk", "/api/v1/dead-letters/" + letter + "/replay", "{\"reason\":\"再试一次\",\"dryRun\":true}");
        assertThat(replayed.json().path("outcome").asText()).as(replayed.text()).isEqualTo("FAILED");
        assertThat(replayed.json().path("reason").asText()).contains("'77'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            wrong secret   | UTF-8 | another                  | <listexpressmail/>                                        | 401
            no secret      | UTF-8 | ''                       | <listexpressmail/>                                        | 401
            truncated      | UTF-8 | secret of the older push | <listexpressmail><expressmail>                            | 400
            doctype        | UTF-8 | secret of the older push | <!DOCTYPE x SYSTEM "file:///etc/passwd"><listexpressmail/> | 400
            billion laughs | UTF-8 | secret of the older push | <!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><listexpressmail>&b;</listexpressmail> | 400
            html           | GBK   | secret of the older push | <html>系统维护</html>                                       | 400
            """)
    void what_is_no_push_hears_no_and_leaves_nothing(
            String what, String charset, String secret, String body, int status) {
        long before = letters();
        Answer answer = push(charset, body, secret);
        assertThat(answer.status()).as(what + answer.text()).isEqualTo(status);
        assertThat(answer.text()).contains("<success>0</success>", "<remark>").doesNotContain("passwd");
        assertThat(letters()).isEqualTo(before);
    }

    @Test
    void more_than_fifty_hear_no_and_a_list_in_a_wrong_charset_too() {
        String orderNo = walked();
        String[] many = IntStream.range(0, 51)
                .mapToObj(i -> item(waybill(orderNo), "41", "1000%02d".formatted(i)))
                .toArray(String[]::new);
        Answer answer = push(many);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("<success>0</success>", "50");
        byte[] gbk = list(item(waybill(orderNo), "41", "100000")).getBytes(Charset.forName("GBK"));
        Answer wrong = send(request(
                        "/api/postal/mails",
                        Map.of("authenticate", MAILS_SECRET),
                        Map.of("Content-Type", "text/xml; charset=UTF-8"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(gbk)));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text()).contains("<success>0</success>", "字符集");
        assertThat(facts(orderNo)).doesNotContain("parcel.in-transit");
    }

    @Test
    void soap_is_answered_in_soap_and_json_in_json() {
        String orderNo = walked();
        String list = list(item(waybill(orderNo), "41", "100000")).replace("<", "&lt;");
        Answer soap = push(
                "GBK",
                "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><a>" + list
                        + "</a></s:Body></s:Envelope>",
                MAILS_SECRET);
        assertThat(soap.text()).contains("<soap:Body><response><success>1</success>");
        assertThat(facts(orderNo)).contains("parcel.in-transit");
        Answer json = send(request("/api/postal/mails", Map.of("authenticate", MAILS_SECRET), Map.of())
                .POST(HttpRequest.BodyPublishers.ofString("{\"listexpressmail\":[]}")));
        assertThat(json.text()).isEqualTo("{\"response\":{\"success\":\"1\",\"failmailnums\":\"\",\"remark\":\"\"}}");
    }

    private List<String> open(String orderNo) {
        return db.sql("select ladder || '/' || rung from deadline where subject = ? and state = 0")
                .param(id(orderNo))
                .query(String.class)
                .list();
    }

    private String stage(String orderNo) {
        return db.sql("select stage from orders where id = ?")
                .param(id(orderNo))
                .query(String.class)
                .single();
    }
}
