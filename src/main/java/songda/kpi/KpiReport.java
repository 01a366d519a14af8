package songda.kpi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import songda.clock.HubClock;
import songda.store.Sql;

/** All KPIs of a day or a month. A month that is frozen is told as it was then, and never computed again. */
@Component
public final class KpiReport {

    private static final String COUNTS = Sql.file("kpi-counts");
    private static final String FROZEN = Sql.file("kpi-frozen");
    private static final ObjectMapper JSON = new ObjectMapper();
    private final JdbcTemplate db;
    private final Clock clock;

    KpiReport(JdbcTemplate db, HubClock clock) {
        this.db = db;
        this.clock = clock;
    }

    record Line(String kpi, LocalDate day, String county, Count count) {}

    /**
     * @param day {@code 2026-10-12}, or null; @param month {@code 2026-10}, or null; @param county six digits, or null for all
     * @return {@code {period, county, at, frozenAt, kpis: [{kpi, zh, en, rules, unit, alarm, formula, judgedWhen, met, judged, immature, excluded, value, alarming, hours, days, counties}],
     *     missing}}
     */
    public ObjectNode of(String day, String month, String county) {
        Period period = Period.of(day, month);
        Timestamp frozen = frozenAt(period);
        List<Line> lines = frozen != null
                ? lines(FROZEN, period.month().toString(), county)
                : lines(COUNTS, period.shownFrom().toString(), period.to().toString(), county);
        ObjectNode report = JsonNodeFactory.instance
                .objectNode()
                .put("period", period.name())
                .put("county", county)
                .put("at", HubClock.local(clock.instant()))
                .put("frozenAt", HubClock.local(frozen));
        ArrayNode kpis = report.putArray("kpis");
        Map<String, List<Line>> byKpi = lines.stream().collect(Collectors.groupingBy(Line::kpi));
        Kpis.ALL.kpis().forEach(kpi -> kpis.add(kpi(kpi, period, byKpi.getOrDefault(kpi.code(), List.of()))));
        report.set("missing", JSON.valueToTree(Kpis.ALL.missing()));
        return report;
    }

    private Timestamp frozenAt(Period period) {
        return db
                .queryForList(
                        "select frozen_at from kpi_month where month = ?::date",
                        Timestamp.class,
                        period.month() == null ? null : period.month().toString())
                .stream()
                .findFirst()
                .orElse(null);
    }

    private List<Line> lines(String sql, Object... in) {
        List<Line> lines = new ArrayList<>();
        db.query(
                sql,
                row -> {
                    lines.add(new Line(
                            row.getString("kpi"),
                            row.getObject("day", LocalDate.class),
                            row.getString("county"),
                            Count.of(row)));
                },
                in);
        return lines;
    }

    private static ObjectNode kpi(Kpi kpi, Period period, List<Line> lines) {
        List<Line> within = lines.stream().filter(l -> period.has(l.day())).toList();
        Count all = within.stream().map(Line::count).reduce(Count.NONE, Count::plus);
        ObjectNode json = kpi.told(all).put("hours", all.meanHours());
        json.set("days", grouped(kpi, "day", lines, l -> l.day().toString()));
        json.set("counties", grouped(kpi, "county", within, Line::county));
        return json;
    }

    private static JsonNode grouped(Kpi kpi, String name, List<Line> lines, Function<Line, String> by) {
        TreeMap<String, Count> sums = new TreeMap<>();
        lines.forEach(line -> sums.merge(by.apply(line), line.count(), Count::plus));
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        sums.forEach((key, count) -> kpi.numbers(rows.addObject().put(name, key), count));
        return rows;
    }
}
