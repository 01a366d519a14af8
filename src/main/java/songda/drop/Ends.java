package songda.drop;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import songda.clock.HubClock;
import songda.store.Sql;

/** What follows when a file was read to its end, and when its sender is told. */
@Component
final class Ends {

    private static final Logger LOG = LoggerFactory.getLogger(Ends.class);
    private static final String ENDED = Sql.file("file-ended");
    private static final String UNTOLD = Sql.file("file-untold");
    private static final int MOST_LINES = 10_000;
    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final Reach reach;

    Ends(JdbcClient db, TransactionTemplate transaction, Reach reach) {
        this.db = db;
        this.transaction = transaction;
        this.reach = reach;
    }

    /** How much of a system's word its files are; no series: they are never all of it. */
    record Whole(List<String> series, Duration every) {}

    private record Ended(long id, ObjectNode about) {}

    /** @return false when no file has just come to its end */
    boolean end(String system, Form form, Whole whole, Pieces.Route route) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            Optional<Ended> ended =
                    db.sql(ENDED).param(system).query((row, n) -> ended(row)).optional();
            ended.ifPresent(file -> {
                db.sql("update dropped_file set state = 'READ', read_at = now() where id = ?")
                        .param(file.id())
                        .update();
                if (!whole.series().isEmpty()) {
                    reach.of(system, whole.series(), whole.every())
                            .ifPresent(until -> file.about().put("until", HubClock.local(until)));
                }
                Object message = form.end(file.about());
                if (message != null) {
                    route.through(message, "file-" + file.id() + "-end");
                }
            });
            return ended.isPresent();
        }));
    }

    private static Ended ended(ResultSet row) throws SQLException {
        ObjectNode about = JsonNodeFactory.instance
                .objectNode()
                .put("name", row.getString("name"))
                .put("series", row.getString("series"))
                .put("lines", row.getInt("lines"));
        Timestamp period = row.getTimestamp("period_at");
        return new Ended(
                row.getLong("id"), about.put("period", period == null ? null : HubClock.local(period.toInstant())));
    }

    boolean anyoneToTell(String system) {
        return db.sql(
                        "select exists (select from dropped_file where system = ? and told_at is null and state <> 'STAGED')")
                .param(system)
                .query(Boolean.class)
                .single();
    }

    /** Makes of a report the reply, in bytes; none where there is nothing to say. */
    interface Reply {
        Optional<byte[]> of(ObjectNode report, String correlation);
    }

    private record Untold(long id, Inbox.Claim claim, boolean refused, ObjectNode report) {}

    /**
     * Writes one reply and puts the file where files go that are done with.
     *
     * @param ending of the reply's name
     * @return false when everybody has been told
     */
    boolean tell(String system, String ending, Reply reply, Remote remote) throws IOException {
        try {
            return Boolean.TRUE.equals(transaction.execute(status -> {
                Optional<Untold> untold = db.sql(UNTOLD)
                        .param(system)
                        .query((row, n) -> untold(row))
                        .optional();
                untold.ifPresent(file -> tell(file, ending, reply, remote));
                return untold.isPresent();
            }));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void tell(Untold file, String ending, Reply reply, Remote remote) {
        Optional<byte[]> words = reply.of(file.report(), "file-" + file.id() + "-reply");
        try {
            if (words.isPresent()) {
                String name = file.claim().stem() + ending;
                remote.put(Inbox.REPLY, name, file.claim().stamp() + "." + name, words.get());
            }
            // Where it is gone already, a node died between this and the next line.
            remote.rename(
                    Inbox.TAKEN,
                    file.claim().claimed(),
                    file.refused() ? Inbox.ERROR : Inbox.DONE,
                    file.claim().claimed());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        db.sql("update dropped_file set told_at = now() where id = ?")
                .param(file.id())
                .update();
        LOG.info(
                "文件已办完 / a file is done with: {} {}",
                file.claim().claimed(),
                file.report().path("counts"));
    }

    private Untold untold(ResultSet row) throws SQLException {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        boolean refused = row.getString("state").equals("REFUSED");
        ObjectNode file = report.putObject("file")
                .put("name", row.getString("name"))
                .put("sha256", row.getString("sha256"))
                .put("receivedAt", HubClock.local(row.getTimestamp("staged_at").toInstant()))
                .put("lines", row.getInt("lines"))
                .put("verdict", refused ? "REFUSED" : row.getBoolean("repeated") ? "SEEN" : "READ");
        if (refused) {
            Fault fault = Fault.valueOf(row.getString("fault"));
            file.put("fault", fault.name()).put("reason", fault.words());
        }
        report.putObject("counts")
                .put("taken", row.getInt("taken"))
                .put("seen", row.getInt("seen"))
                .put("refused", row.getInt("refused"))
                .put("setAside", row.getInt("set_aside"));
        lines(row.getLong("lines_of"), row.getBoolean("repeated"), report.putArray("lines"));
        return new Untold(row.getLong("id"), Inbox.Claim.of(row.getString("claimed")), refused, report);
    }

    /** What was taken when the file came first is seen before when it comes again. */
    private void lines(long file, boolean repeated, ArrayNode into) {
        db.sql("select no, place, order_no, outcome, reason from dropped_line where file = ? order by no limit ?")
                .params(file, MOST_LINES)
                .query(row -> {
                    String outcome = row.getString("outcome");
                    into.addObject()
                            .put("no", row.getInt("no"))
                            .put("place", row.getString("place"))
                            .put("orderNo", row.getString("order_no"))
                            .put("outcome", repeated && outcome.equals("TAKEN") ? "SEEN" : outcome)
                            .put("reason", row.getString("reason"));
                });
    }
}
