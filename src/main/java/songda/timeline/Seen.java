package songda.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import songda.directory.Directory;
import songda.store.Sql;

/**
 * What happened since it was last asked, a line each:
 *
 * <pre>
 * receipt.overdue 2026-10-02T23:59:59 [recorded 2026-10-04T10:00:00]     a deadline reported it
 * ticket-send-entry city-manager@3301 action=open level=3 [not-before …]  owed at a door, to whom, with what
 * open receipt/overdue 2026-10-02T23:59:59 [provisional]                  a rung waits until then
 * close receipt/overdue                                                   and was closed
 * </pre>
 */
final class Seen {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ALL = Sql.file("timeline-seen");
    private static final String CONTACT = "contact:";
    private final JdbcClient db;
    private final Directory directory;
    private final Set<String> known = new HashSet<>();
    /** Facts, ladders and doors, whatever became of them: what this timeline is about. */
    final Set<String> touched = new HashSet<>();

    private record Row(String kind, long id, String word, String more, Instant at, Instant later, String args) {}

    Seen(JdbcClient db, Directory directory) {
        this.db = db;
        this.directory = directory;
    }

    List<String> next() {
        List<String> lines = new ArrayList<>();
        for (Row row : db.sql(ALL)
                .query((r, n) -> new Row(
                        r.getString(1),
                        r.getLong(2),
                        r.getString(3),
                        r.getString(4),
                        at(r.getTimestamp(5)),
                        at(r.getTimestamp(6)),
                        r.getString(7)))
                .list()) {
            boolean opened = row.kind().equals("open") || row.kind().equals("done");
            if (opened && known.add("open" + row.id())) {
                touched.add("ladder " + row.word().replaceFirst("/.*", ""));
                touched.add("open " + row.word().replaceFirst("/.*", ""));
                lines.add("open " + row.word() + " " + Moments.text(row.at()) + more(row.args()));
            }
            if (!row.kind().equals("open") && known.add(row.kind() + row.id())) {
                line(row).forEach(lines::add);
            }
        }
        return lines;
    }

    private Stream<String> line(Row row) {
        switch (row.kind()) {
            case "fact":
                touched.add("fact " + row.word());
                return row.more().equals("kit")
                        ? Stream.of(row.word() + " " + Moments.text(row.at()) + late(row))
                        : Stream.of();
            case "effect":
                touched.add("door " + row.word());
                touched.add("owed " + row.word() + args(row.args()));
                return Stream.of(row.word() + more(addressee(row.more())) + args(row.args()) + notBefore(row.at()));
            case "done":
                boolean fired = row.more().equals("FIRED");
                touched.add(fired ? "rung " + row.word() : "close " + row.word().replaceFirst("/.*", ""));
                return fired
                        ? Stream.of()
                        : Stream.of((row.more().equals("CLOSED") ? "close " : "cancel ") + row.word());
            default:
                touched.add("ladder " + row.word().replaceFirst("/.*", ""));
                return Stream.of();
        }
    }

    private static String late(Row row) {
        return row.later().equals(row.at()) ? "" : " recorded " + Moments.text(row.later());
    }

    private static String notBefore(Instant at) {
        return at == null ? "" : " not-before " + Moments.text(at);
    }

    /** Who answers may change any day; as what, and for which place, is the business. */
    String addressee(String addressee) {
        return addressee.startsWith(CONTACT)
                ? directory
                        .find(addressee.substring(CONTACT.length()))
                        .map(c -> c.role() + "@" + c.place())
                        .orElse(addressee)
                : addressee;
    }

    private static String more(String text) {
        return text == null || text.isEmpty() ? "" : " " + text;
    }

    static String args(String json) {
        try {
            StringBuilder text = new StringBuilder();
            JsonNode args = JSON.readTree(json);
            args.properties().stream()
                    .sorted(java.util.Map.Entry.comparingByKey())
                    .forEach(e -> text.append(' ')
                            .append(e.getKey())
                            .append('=')
                            .append(e.getValue().asText()));
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant at(Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
