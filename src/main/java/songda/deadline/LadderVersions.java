package songda.deadline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import songda.store.Sql;

/** Table {@code ladder_version}: each text of a ladder that was ever in force, since an open deadline keeps the one it was opened with. */
@Component
public final class LadderVersions {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEEP = Sql.file("ladder-version-keep");
    private final JdbcClient db;

    LadderVersions(JdbcClient db, Ladders ladders) {
        this.db = db;
        keep(ladders);
    }

    /** One rung of one text. */
    record Key(String ladder, String version, String rung) {

        String text() {
            return ladder + "/" + version + "/" + rung;
        }
    }

    /** At start and whenever the ladders were read again. */
    public void keep(Ladders ladders) {
        for (Ladder ladder : ladders.all()) {
            db.sql(KEEP)
                    .params(ladder.name(), ladder.version(), json(ladder).toString())
                    .update();
        }
    }

    /** All rungs that were ever in force. */
    Map<Key, Ladder.Rung> all() {
        Map<Key, Ladder.Rung> all = new HashMap<>();
        db.sql("select ladder, version, rungs::text from ladder_version").query(row -> {
            for (Ladder.Rung rung : rungs(row.getString(3))) {
                all.put(new Key(row.getString(1), row.getString(2), rung.name()), rung);
            }
        });
        return all;
    }

    private static ArrayNode json(Ladder ladder) {
        ArrayNode rungs = JSON.createArrayNode();
        for (Ladder.Rung rung : ladder.rungs()) {
            ObjectNode one = rungs.addObject()
                    .put("rung", rung.name())
                    .put("after", rung.after())
                    .put("calendar", rung.calendar().word())
                    .put("reports", rung.reports());
            if (rung.afterOf() != null) {
                one.put("afterOf", rung.afterOf());
            }
            if (rung.cutoffOf() != null) {
                one.put("cutoffOf", rung.cutoffOf());
            }
            if (!rung.early().isZero()) {
                one.put("early", rung.early().toString());
            }
            if (rung.coveredBy() != null) {
                one.put("coveredBy", rung.coveredBy());
            }
        }
        return rungs;
    }

    private static List<Ladder.Rung> rungs(String json) {
        try {
            List<Ladder.Rung> rungs = new ArrayList<>();
            for (JsonNode one : JSON.readTree(json)) {
                rungs.add(new Ladder.Rung(
                        one.path("rung").asText(),
                        one.path("after").asText(),
                        one.path("afterOf").asText(null),
                        one.path("cutoffOf").asText(null),
                        DueRule.named(one.path("calendar").asText()),
                        Duration.parse(one.path("early").asText("PT0S")),
                        one.path("reports").asText(),
                        one.path("coveredBy").asText(null)));
            }
            return rungs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
