package songda.kpi;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Counts can be added up, ratios cannot. @param judged met and missed; @param hours the sum of those that are timed */
record Count(long met, long judged, long immature, long excluded, long timed, double hours) {

    static final Count NONE = new Count(0, 0, 0, 0, 0, 0);

    static Count of(ResultSet row) throws SQLException {
        return new Count(
                row.getLong("met"),
                row.getLong("judged"),
                row.getLong("immature"),
                row.getLong("excluded"),
                row.getLong("timed"),
                row.getDouble("hours"));
    }

    Count plus(Count more) {
        return new Count(
                met + more.met,
                judged + more.judged,
                immature + more.immature,
                excluded + more.excluded,
                timed + more.timed,
                hours + more.hours);
    }

    /** Rounded down: 99.996 % is not all. */
    Double ratio(int of) {
        return judged == 0
                ? null
                : BigDecimal.valueOf(met)
                        .multiply(BigDecimal.valueOf(of))
                        .divide(BigDecimal.valueOf(judged), 2, RoundingMode.DOWN)
                        .doubleValue();
    }

    Double meanHours() {
        return timed == 0 ? null : Math.round(hours / timed * 100) / 100.0;
    }
}
