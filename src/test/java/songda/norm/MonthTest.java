package songda.norm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import songda.mapping.Mappings;
import songda.mapping.OnBreach;
import songda.norm.Clocks.Promise;
import songda.settlement.Accounts;
import songda.site.TestSites;
import songda.timeline.Stage;

/**
 * A month of a county with cut-off, a receipt time and prices of its own, and of its neighbour, through the real steps, ladders and books on a real
 * PostgreSQL, in virtual time; and everything computed again from the journal of what was done, by code that shares nothing with the hub. {@code
 * -Dmonth.orders=20000 -Dmonth.seed=7} for a larger or another one.
 */
class MonthTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ORDERS = Integer.getInteger("month.orders", 200);
    private static final long SEED = Long.getLong("month.seed", 20_261_001L);
    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
    /** Of what hangs on doors, which nobody plays here. */
    private static final Set<String> NOT_PLAYED = Set.of(
            "label-printed",
            "sms-delivered",
            "status-in-time",
            "packing-checked",
            "called-first",
            "delivery-proved",
            "reason-told",
            "returned-mistakenly");
    /** What may still run when an item is at its end: that somebody is called, that the authority hears of it, how long a complaint is remembered, an assessment. */
    private static final Set<String> AFTERWARDS =
            Set.of("callback", "feedback", "complaint-memory", "complaint", "penalty");

    private static final Map<String, Integer> PROMISED = Map.of(
            "330127", 2, "330109", 1, "330110", 1, "330106", 1, "330203", 1, "330702", 2, "310101", 3, "440103", 4,
            "650102", 5);

    private static final Journal JOURNAL = Journal.of(SEED, ORDERS);
    private static final Map<Item, List<Deed>> OF = new LinkedHashMap<>();
    private static Stage stage;
    private static Accounts accounts;
    private static Mappings mappings;

    /** A moment at which everything is compared. */
    private record Look(
            Instant at,
            TreeMap<String, TreeMap<String, String>> kpis,
            Map<String, Set<String>> statements,
            Map<String, JsonNode> orders,
            Map<String, Map<String, Long>> said) {}

    private static final List<Look> LOOKS = new ArrayList<>();

    @BeforeAll
    static void play() {
        JOURNAL.items.forEach(item -> OF.put(item, new ArrayList<>()));
        JOURNAL.deeds.stream().filter(d -> d.item() != null).forEach(d -> OF.get(d.item())
                .add(d));
        Path site = TestSites.all().get("chunan");
        stage = new Stage(site.resolve("routes"), site.resolve("mappings"));
        accounts = new Accounts(stage.hub());
        mappings = stage.hub().getBean(Mappings.class);
        stage.set(Days.at(Journal.FIRST, 0, 0, 0));
        List<Instant> looks = new ArrayList<>(List.of(
                Days.at(LocalDate.of(2026, 11, 1), 0, 0, 0),
                Days.at(LocalDate.of(2026, 11, 4), 0, 0, 0),
                Days.at(Journal.LAST, 0, 0, 0)));
        LocalDate day = Journal.FIRST;
        for (Deed deed : JOURNAL.deeds) {
            for (; !Days.day(deed.heard()).equals(day); day = day.plusDays(1)) {
                midnight(Days.over(day, 0), looks);
            }
            stage.until(deed.heard());
            stage.said(deed.by(), fact(deed));
        }
    }

    /** The day's accounts, and on some days a look at everything. */
    private static void midnight(Instant at, List<Instant> looks) {
        stage.until(at);
        accounts.book();
        if (looks.remove(at)) {
            LOOKS.add(new Look(at, kpis(), statements(), orders(), said()));
        }
    }

    @AfterAll
    static void leave() {
        stage.close();
    }

    private static String text(Instant at) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.atZone(Days.ZONE));
    }

    private static JsonNode fact(Deed deed) {
        if (deed.is("order.received")) {
            return (JsonNode) mappings.get("gov/order-to-fact").translate(order(deed.item()), OnBreach.REFUSE);
        }
        ObjectNode fact = JSON.createObjectNode().put("fact", deed.what()).put("at", text(deed.at()));
        ObjectNode data = fact.putObject("data");
        deed.data().forEach((key, value) -> {
            if (Set.of("attempt", "copies").contains(key)) {
                data.put(key, Integer.parseInt(value));
            } else {
                data.put(key, value);
            }
        });
        if (deed.item() == null) {
            fact.put("id", deed.what() + text(deed.at()));
            fact.putObject("about").put("subject", "system:receipt85");
            data.put("until", text(deed.at()));
            return fact;
        }
        fact.put("id", deed.item().orderNo() + "/" + deed.what() + "/" + text(deed.at()));
        fact.putObject("about").put("orderNo", deed.item().orderNo());
        if (deed.is("redirect.requested")) {
            fact.putObject("person")
                    .putObject("redirect")
                    .put("name", "张小三")
                    .put("address", "别处 1 号")
                    .put("phone", deed.item().phone());
        }
        return fact;
    }

    private static ObjectNode order(Item item) {
        ObjectNode order = JSON.createObjectNode()
                .put("orderNo", item.orderNo())
                .put("payer", item.payer())
                .put("receipt", item.receipt())
                .put("service", item.service())
                .put("orderedAt", text(item.orderedAt()));
        order.putObject("office")
                .put("creditCode", item.unit())
                .put("name", "某县行政服务中心")
                .put("county", item.county())
                .put("contactName", "周敏")
                .put("contactPhone", "0571-64812345")
                .put("address", "环湖北路 99 号");
        order.putObject("recipient")
                .put("name", "张小三")
                .put("phone", item.phone())
                .put("county", item.dest())
                .put("address", "某路 969 号 3 幢 201 室");
        order.putArray("documents").addObject().put("type", item.owesPaper() ? "送达回证" : "营业执照");
        if (item.declared() > 0) {
            order.put("declaredValue", BigDecimal.valueOf(item.declared(), 2));
        }
        if (item.fee() > 0) {
            order.put("feeToCollect", BigDecimal.valueOf(item.fee(), 2));
        }
        return order;
    }

    private static TreeMap<String, TreeMap<String, String>> kpis() {
        TreeMap<String, TreeMap<String, String>> all = new TreeMap<>();
        stage.db()
                .sql(
                        "select kpi, day, county, sum(met), sum(judged), sum(immature) from kpi_day group by kpi, day, county")
                .query(row -> {
                    if (!NOT_PLAYED.contains(row.getString(1))) {
                        all.computeIfAbsent(row.getString(1), k -> new TreeMap<>())
                                .put(
                                        row.getString(2) + " " + row.getString(3),
                                        "%d/%d +%d".formatted(row.getLong(4), row.getLong(5), row.getLong(6)));
                    }
                });
        return all;
    }

    private static Map<String, Set<String>> statements() {
        Map<String, Set<String>> all = new TreeMap<>();
        for (String unit : Journal.UNITS) {
            for (YearMonth month : List.of(OCTOBER, NOVEMBER)) {
                all.put(unit + " " + month, told(accounts.statement(unit, month)));
            }
        }
        return all;
    }

    private static Set<String> told(JsonNode statement) {
        Set<String> told = new TreeSet<>();
        for (JsonNode line : statement.path("lines")) {
            told.add("line " + head(line) + " " + yuan(line.path("postage")) + " " + yuan(line.path("services")) + " "
                    + yuan(line.path("insurance")) + " " + yuan(line.path("total")));
        }
        JsonNode totals = statement.path("totals");
        told.add("total " + totals.path("items").asInt() + " " + yuan(totals.path("total")));
        for (JsonNode line : statement.at("/collected/lines")) {
            told.add("collected " + head(line) + " " + yuan(line.path("amount")));
        }
        told.add("collected " + yuan(statement.at("/collected/total")));
        JsonNode paid = statement.path("recipientPaid");
        told.add("recipients " + paid.path("items").asInt() + " " + yuan(paid.path("total")));
        assertThat(statement.path("waiting").asInt()).isZero();
        return told;
    }

    private static String head(JsonNode line) {
        return line.path("orderNo").asText() + " " + line.path("day").asText() + " "
                + line.path("correction").asText() + " " + line.path("reversed").asText();
    }

    private static String yuan(JsonNode amount) {
        return amount.decimalValue().setScale(2).toPlainString();
    }

    /** By its number, where each order stands and which ladders are open. */
    private static Map<String, JsonNode> orders() {
        Map<String, JsonNode> all = new HashMap<>();
        stage.db()
                .sql(
                        """
                        select o.order_no, jsonb_build_object('stage', o.stage, 'receipt', o.receipt_stage, 'anomaly', o.anomaly, 'open',
                          coalesce((select jsonb_agg(distinct d.ladder) from deadline d where d.subject = o.id), '[]'))::text from orders o""")
                .query(row -> {
                    try {
                        all.put(row.getString(1), JSON.readTree(row.getString(2)));
                    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                        throw new IllegalStateException(e);
                    }
                });
        return all;
    }

    /** What the hub's own clocks said of each order, how often. */
    private static Map<String, Map<String, Long>> said() {
        Map<String, Map<String, Long>> all = new HashMap<>();
        stage.db()
                .sql(
                        "select o.order_no, f.name, count(*) from fact f join orders o on o.id = f.subject where f.name = any (string_to_array(?, ',')) group by 1, 2")
                .param(String.join(",", Clocks.told()))
                .query(row -> {
                    all.computeIfAbsent(row.getString(1), k -> new TreeMap<>()).put(row.getString(2), row.getLong(3));
                });
        return all;
    }

    private static Promise promise(Item item) {
        boolean chunan = item.county().equals(Journal.CHUNAN);
        return new Promise(PROMISED.get(item.dest()), chunan ? 3 : 2, chunan ? LocalTime.of(17, 0) : null);
    }

    private static Map<Item, Clocks> clocks(Instant at) {
        Map<Item, Clocks> clocks = new HashMap<>();
        OF.forEach((item, deeds) -> clocks.put(item, new Clocks(item, promise(item), JOURNAL.pulls).follow(deeds, at)));
        return clocks;
    }

    @Test
    void every_kpi_is_what_the_journal_makes_it() {
        Map<Item, Promise> promises = new HashMap<>();
        OF.keySet().forEach(item -> promises.put(item, promise(item)));
        for (Look look : LOOKS) {
            Instant asked = JOURNAL.pulls.stream()
                    .filter(p -> !p.isAfter(look.at()))
                    .reduce((a, b) -> b)
                    .orElseThrow();
            TreeMap<String, TreeMap<String, String>> again =
                    KpisAgain.of(OF, clocks(look.at()), promises, look.at(), asked);
            again.keySet().forEach(kpi -> assertThat(look.kpis().get(kpi))
                    .as(kpi + " at " + text(look.at()))
                    .isEqualTo(again.get(kpi)));
            assertThat(look.kpis().keySet()).isEqualTo(again.keySet());
            assertThat(again).hasSizeGreaterThanOrEqualTo(ORDERS < 100 ? 15 : 24);
        }
    }

    @Test
    void every_statement_is_what_the_journal_makes_it_to_the_cent() {
        for (Look look : LOOKS) {
            MoneyAgain again = new MoneyAgain(JOURNAL.deeds, look.at());
            for (String unit : Journal.UNITS) {
                for (YearMonth month : List.of(OCTOBER, NOVEMBER)) {
                    assertThat(look.statements().get(unit + " " + month))
                            .as(unit + " " + month + " at " + text(look.at()))
                            .isEqualTo(again.statement(unit, month));
                }
            }
        }
    }

    /** The rarer things are there, too: otherwise the comparisons would prove less than they say. */
    @Test
    void the_month_has_corrections_refunds_and_both_verdicts() {
        Look last = LOOKS.get(2);
        Set<String> lines = new TreeSet<>();
        last.statements().values().forEach(lines::addAll);
        assertThat(lines)
                .anyMatch(l -> l.matches("line \\S+ \\S+ true .*"))
                .anyMatch(l -> l.matches("line \\S+ \\S+ \\S+ true .*"))
                .anyMatch(l -> l.startsWith("collected MN"));
        assertThat(last.kpis().values().stream().filter(MonthTest::bothVerdicts).count())
                .isGreaterThan(15);
        assertThat(last.kpis().get("receipt-handed-over")).matches(MonthTest::bothVerdicts);
    }

    private static boolean bothVerdicts(Map<String, String> days) {
        int met = 0;
        int judged = 0;
        for (String counts : days.values()) {
            met += Integer.parseInt(counts.split("[/ ]")[0]);
            judged += Integer.parseInt(counts.split("[/ ]")[1]);
        }
        return met > 0 && met < judged;
    }

    @Test
    void a_month_that_was_closed_is_the_same_a_month_later() {
        for (String unit : Journal.UNITS) {
            assertThat(LOOKS.get(2).statements().get(unit + " " + OCTOBER))
                    .isEqualTo(LOOKS.get(1).statements().get(unit + " " + OCTOBER));
        }
    }

    @Test
    void silence_led_to_what_the_norm_says_and_to_nothing_else() {
        for (Look look : LOOKS) {
            List<String> wrong = new ArrayList<>();
            clocks(look.at()).forEach((item, clocks) -> {
                Map<String, Long> expected = new TreeMap<>(clocks.tally());
                Map<String, Long> was = new TreeMap<>(look.said().getOrDefault(item.orderNo(), Map.of()));
                if (!clocks.simple()) {
                    expected.keySet().removeIf(name -> name.endsWith("unfinished"));
                    was.keySet().removeIf(name -> name.endsWith("unfinished"));
                }
                if (!was.equals(expected)) {
                    wrong.add(item.orderNo() + " expected " + expected + " but was " + was);
                }
            });
            assertThat(wrong).as("at " + text(look.at())).isEmpty();
        }
    }

    @Test
    void what_is_open_has_a_deadline_or_has_reached_the_last_level_and_what_is_not_has_none() {
        for (Look look : LOOKS) {
            List<String> wrong = new ArrayList<>();
            clocks(look.at()).forEach((item, clocks) -> {
                JsonNode order = look.orders().get(item.orderNo());
                List<Deed> heard = OF.get(item).stream()
                        .filter(d -> !d.heard().isAfter(look.at()))
                        .toList();
                // What was never accepted, as far as the hub knows, has no time of its own (A01).
                if (heard.stream().noneMatch(d -> d.is("parcel.accepted"))) {
                    return;
                }
                Set<String> open = new TreeSet<>();
                order.path("open").forEach(o -> open.add(o.asText()));
                open.removeAll(AFTERWARDS);
                Set<String> unsettled = Unsettled.of(item, heard);
                if (unsettled.isEmpty() && !open.isEmpty()) {
                    wrong.add(item.orderNo() + " is at its end, and these run: " + open + " " + order);
                }
                boolean calm = Set.of("NONE", "RESOLVED")
                        .contains(order.path("anomaly").asText());
                if (unsettled.isEmpty() && !calm || unsettled.contains("matter") && calm) {
                    wrong.add(item.orderNo() + " has " + unsettled + " and does not look like it " + order);
                }
                if (!unsettled.isEmpty() && open.isEmpty() && !clocks.reachedTheTop()) {
                    wrong.add(item.orderNo() + " has " + unsettled + " and no deadline " + order);
                }
            });
            assertThat(wrong).as("at " + text(look.at())).isEmpty();
        }
    }
}
