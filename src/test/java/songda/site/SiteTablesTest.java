package songda.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import songda.mapping.Mappings;
import songda.mapping.OnBreach;
import songda.settlement.Accounts;
import songda.timeline.Stage;

/** A clerk's change: a county with a cut-off at 17:00, three days for receipts and a contract of its own is three files, and nothing else. */
class SiteTablesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SITE = TestSites.all().get("chunan");
    private static Stage stage;
    private static Mappings mappings;

    @BeforeAll
    static void open() {
        stage = new Stage(SITE.resolve("routes"), SITE.resolve("mappings"));
        mappings = stage.hub().getBean(Mappings.class);
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    private static Instant at(String local) {
        return OffsetDateTime.parse(local + "+08:00").toInstant();
    }

    @Test
    void the_site_is_tables_only() {
        SiteFolder site = new SiteFolder(TestSites.folder("chunan"), Path.of("routes"), Path.of("mappings"));
        assertThat(site.replaced())
                .containsExactlyInAnyOrder(
                        "mappings/gov/commission/codes.csv",
                        "mappings/gov/promise/cutoffs.csv",
                        "mappings/gov/receipt/codes.csv",
                        "mappings/tariff/contracts.csv");
        assertThat(site.added()).isEmpty();
        assertThat(site.without()).isEmpty();
    }

    @Test
    void the_three_are_in_force_in_that_county_and_not_in_its_neighbour() {
        String chunan = walked("330127", "11330127MBMNTH0046");
        String xiaoshan = walked("330109", "11330109MBMNTH001T");
        assertThat(due(chunan))
                .containsExactly("promise/missed 2026-10-14T23:59:59", "receipt/overdue 2026-10-16T23:59:59");
        assertThat(due(xiaoshan))
                .containsExactly("promise/missed 2026-10-13T23:59:59", "receipt/overdue 2026-10-15T23:59:59");
        Accounts accounts = new Accounts(stage.hub());
        assertThat(owed(accounts, "11330127MBMNTH0046")).isEqualTo("7.20");
        assertThat(owed(accounts, "11330109MBMNTH001T")).isEqualTo("8.00");
    }

    private static String owed(Accounts accounts, String unit) {
        return accounts.statement(unit, YearMonth.of(2026, 10))
                .at("/totals/total")
                .decimalValue()
                .toPlainString();
    }

    /** Ordered in the morning, accepted a minute after 17:00, delivered on the day after. @return its number */
    private static String walked(String county, String unit) {
        String orderNo = "CA" + county;
        stage.set(at("2026-10-12T09:00:00"));
        stage.said("gov", order(orderNo, county, unit));
        stage.until(at("2026-10-12T17:01:00"));
        stage.said("postal", fact("parcel.accepted", orderNo, "2026-10-12T17:01:00"));
        stage.until(at("2026-10-13T10:00:00"));
        stage.said("postal", fact("parcel.delivered", orderNo, "2026-10-13T10:00:00"));
        return orderNo;
    }

    private static ObjectNode fact(String name, String orderNo, String at) {
        ObjectNode fact = JSON.createObjectNode()
                .put("fact", name)
                .put("id", orderNo + name)
                .put("at", at + "+08:00");
        fact.putObject("about").put("orderNo", orderNo);
        fact.putObject("data");
        return fact;
    }

    private static JsonNode order(String orderNo, String county, String unit) {
        ObjectNode order = JSON.createObjectNode()
                .put("orderNo", orderNo)
                .put("payer", "SENDER")
                .put("receipt", "PHYSICAL")
                .put("service", "SINGLE")
                .put("orderedAt", "2026-10-12T09:00:00+08:00");
        order.putObject("office")
                .put("creditCode", unit)
                .put("name", "某县行政服务中心")
                .put("county", county)
                .put("contactName", "周敏")
                .put("contactPhone", "0571-64812345")
                .put("address", "环湖北路 99 号");
        order.putObject("recipient")
                .put("name", "张小三")
                .put("phone", "13812345678")
                .put("county", "330110")
                .put("address", "文一西路 969 号 3 幢 201 室");
        order.putArray("documents").addObject().put("type", "营业执照");
        return (JsonNode) mappings.get("gov/order-to-fact").translate(order, OnBreach.REFUSE);
    }

    /** Of what runs or ran: until when there had to be a first attempt, and the receipt. */
    private static List<String> due(String orderNo) {
        return stage.db()
                .sql(
                        """
                        select d.ladder || '/' || d.rung || ' ' || to_char(d.due_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS')
                        from (select subject, ladder, rung, due_at from deadline union all select subject, ladder, rung, due_at from deadline_done) d
                        join orders o on o.id = d.subject
                        where o.order_no = ? and d.ladder || '/' || d.rung in ('promise/missed', 'receipt/overdue') order by 1""")
                .param(orderNo)
                .query(String.class)
                .list();
    }
}
