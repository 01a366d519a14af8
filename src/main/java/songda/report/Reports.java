package songda.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.LocalDate;
import org.springframework.jdbc.core.simple.JdbcClient;
import songda.calendar.Almanac;
import songda.clock.HubClock;
import songda.store.Sql;

/** Facts that the hub itself reports by the clock. Their ids name the day or the year: two nodes report one thing once. */
public final class Reports {

    private static final String DAY = Sql.file("report-day");
    private final JdbcClient db;
    private final Almanac almanac;
    private final Clock clock;

    /** @param clock business time */
    public Reports(JdbcClient db, Almanac almanac, Clock clock) {
        this.db = db;
        this.almanac = almanac;
        this.clock = clock;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), HubClock.ZONE);
    }

    /** {@code day.counted}: the numbers of the day that ended last. */
    ArrayNode day() {
        LocalDate day = today().minusDays(1);
        ArrayNode facts = JsonNodeFactory.instance.arrayNode();
        ObjectNode data = fact(facts, "day.counted", day.toString()).put("day", day.toString());
        db.sql(DAY)
                .params(midnight(day), midnight(day.plusDays(1)))
                .query()
                .singleRow()
                .forEach((name, number) -> data.put(name, ((Number) number).longValue()));
        return facts;
    }

    private static String midnight(LocalDate day) {
        return day.atStartOfDay(HubClock.ZONE).toOffsetDateTime().toString();
    }

    /** {@code patrol.missed} when the 85 system was not once read up to an instant of today, or nothing. */
    ArrayNode patrol() {
        ArrayNode facts = JsonNodeFactory.instance.arrayNode();
        boolean asked = db.sql("select covered_until >= ?::timestamptz from coverage where system = 'receipt85'")
                .param(midnight(today()))
                .query(Boolean.class)
                .optional()
                .orElse(false);
        if (!asked) {
            fact(facts, "patrol.missed", today().toString()).put("day", today().toString());
        }
        return facts;
    }

    /** {@code calendar.missing}, once a day, or nothing. */
    ArrayNode calendar() {
        int next = today().getYear() + 1;
        ArrayNode facts = JsonNodeFactory.instance.arrayNode();
        if (!almanac.now().knows(next)) {
            fact(facts, "calendar.missing", next + "/" + today()).put("year", next);
        }
        return facts;
    }

    private ObjectNode fact(ArrayNode facts, String name, String id) {
        ObjectNode fact = facts.addObject();
        fact.put("fact", name).put("id", name + "/" + id).put("at", HubClock.local(clock.instant()));
        fact.putObject("about").put("subject", "system:songda");
        return fact.putObject("data");
    }
}
