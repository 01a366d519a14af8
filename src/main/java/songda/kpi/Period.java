package songda.kpi;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import songda.failure.Problem;
import songda.failure.Refused;

/** A business day or month. @param month its month where it is a whole one, or null; @param shownFrom where its charts begin */
record Period(String name, LocalDate from, LocalDate to, LocalDate month, LocalDate shownFrom) {

    private static final int BEFORE = 13;

    /** @throws Refused unless exactly one of the two is given and is a date */
    static Period of(String day, String month) {
        if ((day == null) == (month == null)) {
            throw refused("day 和 month 给一个 / give either day or month");
        }
        try {
            return day != null ? ofDay(LocalDate.parse(day)) : ofMonth(YearMonth.parse(month));
        } catch (DateTimeParseException e) {
            throw refused("应为 2026-10-12 或 2026-10 / write 2026-10-12 or 2026-10");
        }
    }

    private static Period ofDay(LocalDate day) {
        return new Period(day.toString(), day, day, null, day.minusDays(BEFORE));
    }

    private static Period ofMonth(YearMonth month) {
        return new Period(month.toString(), month.atDay(1), month.atEndOfMonth(), month.atDay(1), month.atDay(1));
    }

    boolean has(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to);
    }

    private static Refused refused(String message) {
        return new Refused(Problem.of(
                400, "bad-period", "要给一天或一个月", "Give a day or a month", new Problem.Field("day, month", message)));
    }
}
