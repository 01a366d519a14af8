package songda.kpi;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import songda.store.Sql;

/** Each KPI over the last seven days that can be judged: for what takes three days to judge, those that ended three days ago. */
@Component
public final class KpiWindow {

    private static final String COUNTS = Sql.file("kpi-counts");
    private static final int DAYS = 7;
    private static final String ZHEJIANG = "33";
    private static final int LONGEST =
            Kpis.ALL.kpis().stream().mapToInt(Kpi::mature).max().orElse(0);
    private final JdbcTemplate db;

    KpiWindow(JdbcTemplate db) {
        this.db = db;
    }

    record Key(String kpi, String county) {}

    /** Every KPI in every county that had an item of any, at zero too; other provinces are one: {@code other}. */
    Map<Key, Count> read() {
        LocalDate today = db.queryForObject("select kpi_date(hub_now())", LocalDate.class);
        Map<Key, Count> read = new HashMap<>();
        Map<String, Integer> mature = new TreeMap<>();
        Kpis.ALL.kpis().forEach(kpi -> mature.put(kpi.code(), kpi.mature()));
        db.query(
                COUNTS,
                row -> {
                    String county = place(row.getString("county"));
                    mature.keySet().forEach(kpi -> read.putIfAbsent(new Key(kpi, county), Count.NONE));
                    LocalDate last = today.minusDays(mature.get(row.getString("kpi")) + 1L);
                    LocalDate day = row.getObject("day", LocalDate.class);
                    if (day.isAfter(last.minusDays(DAYS)) && !day.isAfter(last)) {
                        read.merge(new Key(row.getString("kpi"), county), Count.of(row), Count::plus);
                    }
                },
                today.minusDays(LONGEST + DAYS).toString(),
                today.toString(),
                null);
        return read;
    }

    private static String place(String county) {
        return county.startsWith(ZHEJIANG) ? county : "other";
    }
}
