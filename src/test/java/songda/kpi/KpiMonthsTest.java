package songda.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class KpiMonthsTest {

    private final World world = new World();
    private final KpiMonths months = new KpiMonths(world.db);

    private String snapshot(String kpi) {
        return world
                .db
                .queryForList(
                        "select day || ' ' || county || ' ' || met || '/' || judged from kpi_snapshot where kpi = ? order by 1",
                        String.class,
                        kpi)
                .stream()
                .collect(Collectors.joining(", "));
    }

    @Test
    void a_month_is_frozen_on_the_sixteenth_once_and_what_comes_later_changes_nothing() {
        long order = world.order();
        world.fact(order, "parcel.accepted", "2026-10-31T09:00");
        assertThat(world.now("2026-11-15T23:59:59").db).isNotNull();
        assertThat(months.freeze()).isEmpty();
        world.now("2026-11-16T00:00");
        assertThat(months.freeze()).containsExactly(YearMonth.of(2026, 10));
        assertThat(snapshot("delivered-3d")).isEqualTo("2026-10-31 330109 0/1");
        assertThat(snapshot("returned")).isEqualTo("2026-10-31 330109 0/1"); // all of it is judged
        assertThat(world.db.queryForObject("select sum(immature) from kpi_snapshot", Long.class))
                .isZero();
        world.fact(order, "parcel.delivered", "2026-11-01T09:00"); // heard of a month late
        assertThat(months.freeze()).isEmpty();
        assertThat(snapshot("delivered-3d")).isEqualTo("2026-10-31 330109 0/1");
        assertThat(world.counts("delivered-3d").values()).containsExactly("1/1 +0 -0");
    }

    @Test
    void months_that_a_hub_missed_are_frozen_later_and_the_window_ends_where_all_is_judged() {
        for (String day : List.of("2026-08-10", "2026-09-10", "2026-10-25", "2026-11-13", "2026-11-14")) {
            world.fact(world.order(), "parcel.accepted", day + "T09:00");
        }
        long far = world.order("330109", "650102", "P1D", "NONE", 3);
        world.fact(far, "parcel.accepted", "2026-11-10T09:00");
        world.fact(far, "parcel.attempt-failed", "2026-11-10T10:00");
        world.now("2026-11-18T10:00");
        assertThat(months.freeze())
                .containsExactly(YearMonth.of(2026, 8), YearMonth.of(2026, 9), YearMonth.of(2026, 10));
        KpiWindow kpis = new KpiWindow(world.db);
        assertThat(kpis.seen().path("at").isNull()).isTrue();
        var window = kpis.read();
        // Three days to be judged: from 8 to 14 November. Fifteen: from 27 October to 2 November.
        assertThat(window.get(new KpiWindow.Key("delivered-3d", "330109")).judged())
                .isEqualTo(3);
        assertThat(window.get(new KpiWindow.Key("returned", "330109")).judged()).isZero();
        assertThat(window.get(new KpiWindow.Key("first-attempt", "330109")).judged())
                .isZero();
        assertThat(window.keySet()).extracting(KpiWindow.Key::county).containsOnly("330109", "other");
        assertThat(window.keySet())
                .extracting(KpiWindow.Key::kpi)
                .containsOnlyElementsOf(Kpis.ALL.kpis().stream().map(Kpi::code).toList());

        // For the board and the letter: all counties together, and each.
        assertThat(kpis.seen().path("at").asText()).isEqualTo("2026-11-18T10:00:00+08:00");
        assertThat(kpis.seen().path("kpis").findValuesAsText("kpi"))
                .containsExactlyElementsOf(
                        Kpis.ALL.kpis().stream().map(Kpi::code).toList());
        JsonNode delivered = StreamSupport.stream(kpis.seen().path("kpis").spliterator(), false)
                .filter(one -> one.path("kpi").asText().equals("delivered-3d"))
                .findFirst()
                .orElseThrow();
        assertThat(delivered.path("judged").asLong()).isEqualTo(3);
        assertThat(delivered.path("value").asDouble()).isZero();
        assertThat(delivered.path("alarming").asBoolean()).isTrue();
        assertThat(delivered.path("counties").findValuesAsText("county")).containsExactly("330109", "other");
    }
}
