package songda.desk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.springframework.stereotype.Component;
import songda.kpi.KpiExclusions;
import songda.kpi.KpiItems;
import songda.kpi.KpiReport;
import songda.signature.Caller;

/** KPIs for the desk: the report, the items behind it, and what is left out. */
@Component
final class KpiAnswers {

    static final Set<String> ASKING = Set.of("kpis", "kpi-items", "kpi-exclusions");
    private static final Set<String> CHANGING = Set.of("kpi-exclude", "kpi-withdraw");
    private final KpiReport report;
    private final KpiItems items;
    private final KpiExclusions exclusions;

    KpiAnswers(KpiReport report, KpiItems items, KpiExclusions exclusions) {
        this.report = report;
        this.items = items;
        this.exclusions = exclusions;
    }

    static boolean knows(String request) {
        return ASKING.contains(request) || CHANGING.contains(request);
    }

    JsonNode answer(String request, Caller caller, DeskAnswers.Parameters in, JsonNode body) {
        return switch (request) {
            case "kpis" -> report.of(in.get("day"), in.get("month"), in.get("county"));
            case "kpi-items" ->
                items.of(
                        in.get("kpi"),
                        in.get("day"),
                        in.get("month"),
                        in.get("county"),
                        in.get("verdict"),
                        DeskAnswers.limit(in));
            case "kpi-exclusions" -> exclusions.list(in.get("cursor"), DeskAnswers.limit(in));
            case "kpi-exclude" -> exclusions.exclude(caller.client(), body);
            default ->
                exclusions.withdraw(
                        caller.client(), in.get("id"), body.path("reason").asText());
        };
    }
}
