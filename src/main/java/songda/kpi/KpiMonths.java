package songda.kpi;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import songda.store.Sql;

/** Freezes each month when the last of its items can be judged. */
@Component
public final class KpiMonths {

    private static final String FREEZE = Sql.file("kpi-freeze");
    /** A hub that stood still freezes what it missed, as far back as this. */
    private static final int BACK = 3;

    private final JdbcTemplate db;

    KpiMonths(JdbcTemplate db) {
        this.db = db;
    }

    /** Called as often as one likes: a month is frozen once. @return the months that were frozen now */
    public List<YearMonth> freeze() {
        LocalDate today = db.queryForObject("select kpi_date(hub_now())", LocalDate.class);
        List<YearMonth> frozen = new ArrayList<>();
        for (int back = BACK; back > 0; back--) {
            YearMonth month = YearMonth.from(today).minusMonths(back);
            String first = month.atDay(1).toString();
            boolean ripe = today.isAfter(month.atEndOfMonth().plusDays(Kpis.ALL.mature()));
            if (ripe && db.update(FREEZE, first, first, first, first) > 0) {
                frozen.add(month);
            }
        }
        return frozen;
    }
}
