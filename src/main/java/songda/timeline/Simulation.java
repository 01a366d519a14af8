package songda.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import songda.clock.HubClock;
import songda.failure.Refused;
import songda.store.Sql;

/** What would fire when, to whom and by which rule, if nothing else happened: the real engine on a clock of its own, sending nothing. */
public final class Simulation {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CSVFormat CSV = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setTrim(true)
            .get();
    private static final List<String> COLUMNS = List.of("county", "destCounty", "payer", "receipt", "service");
    private static final Set<String> KNOWN =
            Set.of("orderNo", "fact", "at", "county", "destCounty", "payer", "receipt", "service");

    /** Something that would happen: a fact that a deadline reports, or what is owed at a door. */
    public record Line(Instant at, String about, String what, String to, String rules) {

        public String text() {
            return "%-19s  %-20s  %-62s  %-32s  %s".formatted(Moments.text(at), about, what, to, rules);
        }
    }

    /** A fact that happened, or would. */
    private record Event(Instant at, String orderNo, String fact, ObjectNode order) {}

    private final List<JsonNode> snapshots;
    private final List<Event> events;
    private final Instant start;

    private Simulation(List<JsonNode> snapshots, List<Event> events, Instant start) {
        this.snapshots = snapshots;
        this.events = events;
        this.start = start;
    }

    /** From where orders stand now. @param snapshots as the hub's API gives them */
    public static Simulation ofOrders(List<JsonNode> snapshots) {
        Instant now = snapshots.stream()
                .map(s -> OffsetDateTime.parse(s.path("now").asText()).toInstant())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return new Simulation(snapshots, List.of(), now);
    }

    /**
     * From given facts.
     *
     * @param file CSV: {@code orderNo,fact,at} and, as far as they differ from the usual, {@code county,destCounty,payer,receipt,service};
     *     a fact a row; other columns are the order's own fields, like {@code promise}
     * @throws IllegalArgumentException with file, line and what to write
     */
    public static Simulation ofFile(Path file) {
        List<Event> events = new ArrayList<>();
        try (Reader in = Files.newBufferedReader(file);
                var rows = CSV.parse(in)) {
            for (CSVRecord row : rows) {
                events.add(event(file, row));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
        }
        if (events.isEmpty()) {
            throw new IllegalArgumentException(file + ": line 1: write orderNo,fact,at and a fact a row");
        }
        events.sort(Comparator.comparing(Event::at));
        return new Simulation(List.of(), events, events.get(0).at());
    }

    private static Event event(Path file, CSVRecord row) {
        try {
            ObjectNode order = JSON.createObjectNode().put("orderNo", row.get("orderNo"));
            TimelineFiles.ORDER.forEach(order::put);
            COLUMNS.stream()
                    .filter(c -> row.isMapped(c) && !row.get(c).isEmpty())
                    .forEach(c -> order.put(c, row.get(c)));
            ObjectNode detail = order.putObject("detail");
            row.toMap().forEach((key, value) -> {
                if (!KNOWN.contains(key) && !value.isEmpty()) {
                    detail.put(key, value);
                }
            });
            return new Event(
                    Moments.instant(row.get("at"), Instant.EPOCH, Instant.EPOCH),
                    row.get("orderNo"),
                    row.get("fact"),
                    order);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    file + ": line " + (row.getRecordNumber() + 1)
                            + ": write orderNo,fact,at with at: 2026-09-29T15:00:00 (" + e.getMessage() + ")",
                    e);
        }
    }

    /** @param until how far: so long after the last thing that is known */
    public List<Line> run(Rehearsal rehearsal, String until) {
        rehearsal.clear();
        rehearsal.clock.set(start, 0);
        rehearsal.catalogue.names().stream()
                .map(name -> rehearsal.catalogue.get(name).covers())
                .filter(system -> system != null)
                .distinct()
                .forEach(system -> rehearsal
                        .db
                        .sql(Sql.file("simulation-ahead"))
                        .param(system)
                        .update());
        snapshots.forEach(s -> put(rehearsal, s));
        Set<String> known = new LinkedHashSet<>();
        for (Event event : events) {
            if (known.add(event.orderNo()) && !event.fact().equals("order.received")) {
                put(rehearsal, snapshot(event));
            }
            rehearsal.until(event.at());
            record(rehearsal, event);
            rehearsal.fireAll();
        }
        Instant last = events.isEmpty() ? start : events.get(events.size() - 1).at();
        rehearsal.until(end(last, until));
        return lines(rehearsal);
    }

    private static Instant end(Instant last, String until) {
        try {
            return until.contains("T")
                    ? last.plus(Moments.length(until))
                    : last.atZone(HubClock.ZONE).plus(Period.parse(until)).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("--until: write P30D or PT48H", e);
        }
    }

    private static void put(Rehearsal rehearsal, JsonNode snapshot) {
        long id = rehearsal
                .db
                .sql(Sql.file("simulation-order"))
                .param(snapshot.toString())
                .query(Long.class)
                .single();
        rehearsal
                .db
                .sql(Sql.file("simulation-open"))
                .params(id, snapshot.toString())
                .update();
    }

    private static ObjectNode snapshot(Event event) {
        ObjectNode snapshot = JSON.createObjectNode();
        snapshot.set("order", event.order());
        snapshot.set("detail", event.order().get("detail"));
        List.of("deadlines", "closed", "fired").forEach(snapshot::putArray);
        return snapshot;
    }

    private static void record(Rehearsal rehearsal, Event event) {
        ObjectNode json = event.fact().equals("order.received")
                ? Sample.order(event.orderNo(), texts(event.order()))
                : JSON.createObjectNode();
        json.put("fact", event.fact())
                .put("id", event.orderNo() + "/" + event.fact() + "/" + event.at())
                .put("at", HubClock.local(event.at()));
        json.putObject("about").put("orderNo", event.orderNo());
        json.putObject("data");
        String by = rehearsal.catalogue.get(event.fact()).mostlySaidBy();
        try {
            rehearsal.record(json, by);
        } catch (Refused e) {
            // The sheet does not tell what a guard wants to know of it: nothing follows from it here.
        }
    }

    private static Map<String, String> texts(ObjectNode order) {
        Map<String, String> texts = new HashMap<>();
        order.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
        texts.remove("detail");
        order.path("detail")
                .properties()
                .forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
        return texts;
    }

    private static List<Line> lines(Rehearsal rehearsal) {
        Seen seen = new Seen(rehearsal.db, rehearsal.directory);
        return rehearsal
                .db
                .sql(Sql.file("simulation-lines"))
                .query((row, n) -> new Line(
                        row.getTimestamp("at").toInstant(),
                        row.getString("about"),
                        row.getString("what") + Seen.args(row.getString("args")),
                        seen.addressee(row.getString("addressee")),
                        String.join(
                                " ",
                                rehearsal
                                        .catalogue
                                        .get(row.getString("because"))
                                        .rules())))
                .list();
    }
}
