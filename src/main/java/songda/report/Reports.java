package songda.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.jdbc.core.simple.JdbcClient;
import songda.calendar.Almanac;
import songda.clock.HubClock;
import songda.kpi.KpiWindow;
import songda.store.Sql;

/** Facts that the hub itself reports by the clock. Their ids name the day, the year or the turn of the clock: two nodes report one thing once. */
public final class Reports {

    private static final String DAY = Sql.file("report-day");
    private static final String SAMPLE = Sql.file("report-sample");
    private static final String HISTORY = Sql.file("report-history");
    private static final String COUNTIES = Sql.file("report-counties");
    private static final String VISITS = Sql.file("report-visits");
    private static final int HISTORY_DAYS = 14;
    /** A hub that stood still draws for the days that it missed, as far back as this. */
    private static final int SAMPLE_AT_MOST = 9;

    private final JdbcClient db;
    private final Almanac almanac;
    private final KpiWindow kpis;
    private final Clock clock;

    /** @param clock business time */
    public Reports(JdbcClient db, Almanac almanac, KpiWindow kpis, Clock clock) {
        this.db = db;
        this.almanac = almanac;
        this.kpis = kpis;
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

    /**
     * The message of a door about {@code day.counted}, with the numbers of two weeks ({@code days}), of the day's counties, and the {@code kpis} as they
     * were counted last.
     */
    ObjectNode history(ObjectNode message) {
        LocalDate day = LocalDate.parse(message.at("/fact/data/day").asText());
        ObjectNode told = message.deepCopy();
        ArrayNode days = told.putArray("days");
        String[] ids = day.minusDays(HISTORY_DAYS - 1L)
                .datesUntil(day.plusDays(1))
                .map(d -> "day.counted/" + d)
                .toArray(String[]::new);
        db.sql(HISTORY)
                .param(ids)
                .query((row, n) -> days.add(json(row.getString(1))))
                .list();
        ArrayNode counties = told.putArray("counties");
        db.sql(COUNTIES)
                .params(midnight(day), midnight(day.plusDays(1)))
                .query()
                .listOfRows()
                .forEach(row -> {
                    ObjectNode county = counties.addObject();
                    row.forEach((name, value) -> {
                        if (value instanceof Number number) {
                            county.put(name, number.longValue());
                        } else {
                            county.put(name, String.valueOf(value));
                        }
                    });
                });
        told.set("kpis", kpis.seen().path("kpis"));
        return told;
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON in a column of fact", e);
        }
    }

    private static String midnight(LocalDate day) {
        return day.atStartOfDay(HubClock.ZONE).toOffsetDateTime().toString();
    }

    /**
     * {@code patrol.due}: the 85 system is to be asked for what it has heard since it was read last, however long that is.
     *
     * @param planned the turn of the clock, wall time: after a kill Quartz may fire one twice
     */
    ArrayNode due(Instant planned) {
        ArrayNode facts = JsonNodeFactory.instance.arrayNode();
        ObjectNode fact = facts.addObject().put("fact", "patrol.due").put("id", "patrol.due/" + planned);
        fact.putObject("about").put("subject", "system:receipt85");
        ObjectNode data = fact.putObject("data").put("page", 1);
        db.sql("select least(covered_until, hub_now()) from coverage where system = 'receipt85'")
                .query(OffsetDateTime.class)
                .optional()
                .ifPresent(since -> data.put("since", HubClock.local(since.toInstant())));
        return facts;
    }

    /** {@code {since?}}: up to when a system has been read. */
    ObjectNode since(String system) {
        ObjectNode since = JsonNodeFactory.instance.objectNode();
        db.sql("select covered_until from coverage where system = ?")
                .param(system)
                .query(OffsetDateTime.class)
                .optional()
                .ifPresent(until -> since.put("since", HubClock.local(until.toInstant())));
        return since;
    }

    /** {@code patrol.missed} when the 85 system was not once read up to an instant of today, or nothing. */
    ArrayNode patrol() {
        ArrayNode facts = JsonNodeFactory.instance.arrayNode();
        boolean asked = db.sql(
                        "select covered_until between ?::timestamptz and hub_now() from coverage where system = 'receipt85'")
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

    /**
     * For each day that may be drawn and was not yet: {@code sample.drawn} and a {@code callback.chosen} for each item. What was accepted
     * on that day and delivered by the end of the second one after it is drawn from, county by county; the calls are due by the end of
     * the third (R45, A09).
     *
     * @param percent of what was delivered, rounded up in each county
     */
    ArrayNode sample(int percent) {
        ArrayNode facts = JsonNodeFactory.instance.arrayNode();
        for (LocalDate day = today().minusDays(SAMPLE_AT_MOST);
                day.isBefore(today().minusDays(2));
                day = day.plusDays(1)) {
            if (!drawn(day)) {
                draw(day, percent, facts);
            }
        }
        return facts;
    }

    /**
     * {@code {day, at, months: [{month, first, last, made}]}}: the month before and this one, each with how often its units were visited, by
     * their credit code (R14).
     */
    ObjectNode visits() {
        ObjectNode visits = JsonNodeFactory.instance
                .objectNode()
                .put("day", today().toString())
                .put("at", HubClock.local(clock.instant()));
        ArrayNode months = visits.putArray("months");
        YearMonth now = YearMonth.from(today());
        for (YearMonth month : new YearMonth[] {now.minusMonths(1), now}) {
            ObjectNode made = months.addObject()
                    .put("month", month.toString())
                    .put("first", month.atDay(1).toString())
                    .put("last", month.atEndOfMonth().toString())
                    .putObject("made");
            db.sql(VISITS)
                    .params(
                            midnight(month.atDay(1)),
                            midnight(month.plusMonths(1).atDay(1)))
                    .query(row -> {
                        made.put(row.getString("unit"), row.getInt("made"));
                    });
        }
        return visits;
    }

    private boolean drawn(LocalDate day) {
        return db.sql("select exists (select from fact where source = 'desk' and source_id = ?)")
                .param("sample.drawn/" + day)
                .query(Boolean.class)
                .single();
    }

    private void draw(LocalDate day, int percent, ArrayNode facts) {
        String settled = HubClock.local(
                day.plusDays(3).atStartOfDay(HubClock.ZONE).minusSeconds(1).toInstant());
        String seed = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        ObjectNode drawn = fact(facts, "sample.drawn", day.toString()).put("day", day.toString());
        int before = facts.size();
        long delivered = db.sql(SAMPLE)
                .params(midnight(day), midnight(day.plusDays(1)), settled, percent, seed)
                .query((row, n) -> {
                    if (row.getString("waybill_no") != null) {
                        ObjectNode chosen = facts.addObject();
                        chosen.put("fact", "callback.chosen")
                                .put("id", "callback.chosen/" + row.getString("waybill_no"))
                                .put("at", settled);
                        chosen.putObject("about").put("waybillNo", row.getString("waybill_no"));
                        chosen.putObject("data").put("day", day.toString());
                    }
                    return row.getLong("delivered");
                })
                .list()
                .get(0);
        drawn.put("seed", seed).put("delivered", delivered).put("chosen", facts.size() - before);
    }

    private ObjectNode fact(ArrayNode facts, String name, String id) {
        ObjectNode fact = facts.addObject();
        fact.put("fact", name).put("id", name + "/" + id).put("at", HubClock.local(clock.instant()));
        fact.putObject("about").put("subject", "system:songda");
        return fact.putObject("data");
    }
}
