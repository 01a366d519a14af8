package songda.settlement;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import songda.clock.HubClock;

/** Months of accounts. One closes some days after its end; what is booked later belongs to the oldest month that is open. */
record Periods(Duration closes) {

    Instant closing(YearMonth month) {
        return month.plusMonths(1)
                .atDay(1)
                .atStartOfDay(HubClock.ZONE)
                .toInstant()
                .plus(closes);
    }

    boolean closed(YearMonth month, Instant now) {
        return !now.isBefore(closing(month));
    }

    YearMonth of(Instant happened, Instant booked) {
        YearMonth own = month(happened);
        if (!closed(own, booked)) {
            return own;
        }
        YearMonth last = month(booked).minusMonths(1);
        return closed(last, booked) ? last.plusMonths(1) : last;
    }

    static YearMonth month(Instant at) {
        return YearMonth.from(at.atZone(HubClock.ZONE));
    }
}
