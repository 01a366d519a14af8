package songda.kpi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import songda.clock.HubClock;
import songda.store.Sql;

/** Each KPI over the last seven days that can be judged: for what takes three days to judge, those that ended three days ago. */
@Component
public final class KpiWindow {

    private static final String COUNTS = Sql.file("kpi-counts");
    private static final int DAYS = 7;
    private static final String ZHEJIANG = "33";
    private static final Map<String, Integer> MATURE =
            Kpis.ALL.kpis().stream().collect(Collectors.toMap(Kpi::code, Kpi::mature));
    private final JdbcTemplate db;
    private volatile ObjectNode seen = JsonNodeFactory.instance.objectNode().putNull("at");

    KpiWindow(JdbcTemplate db) {
        this.db = db;
        seen.putArray("kpis");
    }

    record Key(String kpi, String county) {}

    /** Every KPI in every county that had an item of any, at zero too; other provinces are one: {@code other}. */
    Map<Key, Count> read() {
        LocalDate today = db.queryForObject("select kpi_date(hub_now())", LocalDate.class);
        Map<Key, Count> read = new HashMap<>();
        // Day by day: one look at all of them would hold back vacuum for minutes where there are many orders.
        today.minusDays(Kpis.ALL.mature() + DAYS).datesUntil(today.plusDays(1)).forEach(day -> count(day, today, read));
        seen = told(db.queryForObject("select hub_now()", Timestamp.class), read);
        return read;
    }

    /**
     * What was counted last, for who cannot wait until it is counted again. Not to be changed.
     *
     * @return {@code {at, kpis: [{kpi, zh, en, rules, unit, alarm, formula, judgedWhen, met, judged, immature, excluded, value, alarming,
     *     counties: [{county, met, judged, immature, excluded, value, alarming}]}]}}; {@code at} is null before the first time
     */
    public ObjectNode seen() {
        return seen;
    }

    private static ObjectNode told(Timestamp at, Map<Key, Count> read) {
        ObjectNode told = JsonNodeFactory.instance.objectNode().put("at", HubClock.local(at));
        ArrayNode kpis = told.putArray("kpis");
        Map<String, SortedMap<String, Count>> counties = new HashMap<>();
        read.forEach((key, count) ->
                counties.computeIfAbsent(key.kpi(), kpi -> new TreeMap<>()).put(key.county(), count));
        for (Kpi kpi : Kpis.ALL.kpis()) {
            SortedMap<String, Count> by = counties.getOrDefault(kpi.code(), Collections.emptySortedMap());
            ObjectNode one = kpi.told(by.values().stream().reduce(Count.NONE, Count::plus));
            ArrayNode rows = one.putArray("counties");
            by.forEach((county, count) -> kpi.numbers(rows.addObject().put("county", county), count));
            kpis.add(one);
        }
        return told;
    }

    private void count(LocalDate day, LocalDate today, Map<Key, Count> read) {
        db.query(
                COUNTS,
                row -> {
                    String county = place(row.getString("county"));
                    MATURE.keySet().forEach(kpi -> read.putIfAbsent(new Key(kpi, county), Count.NONE));
                    LocalDate last = today.minusDays(MATURE.get(row.getString("kpi")) + 1L);
                    if (day.isAfter(last.minusDays(DAYS)) && !day.isAfter(last)) {
                        read.merge(new Key(row.getString("kpi"), county), Count.of(row), Count::plus);
                    }
                },
                day.toString(),
                day.toString(),
                null);
    }

    private static String place(String county) {
        return county.startsWith(ZHEJIANG) ? county : "other";
    }
}
