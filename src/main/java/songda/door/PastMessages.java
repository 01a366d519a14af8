package songda.door;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import songda.store.Sql;

/** What doors were given lately, built again from the database; with the persons in it, so nothing of it leaves without a mask. */
@Component
public final class PastMessages {

    private static final String RECENT = Sql.file("effect-recent");
    /** So many of the newest facts are looked through for one message. */
    private static final int FACTS_A_MESSAGE = 10;

    private final JdbcTemplate db;
    private final Dues dues;

    PastMessages(JdbcTemplate db, Dues dues) {
        this.db = db;
        this.dues = dues;
    }

    /** @param message as {@link Due#message()} */
    public record Past(String door, JsonNode message) {}

    /**
     * @param doors those that are asked about
     * @param most of the newest, in no order
     */
    public List<Past> of(Collection<String> doors, int most) {
        return db
                .query(
                        RECENT,
                        ask -> {
                            ask.setInt(1, most * FACTS_A_MESSAGE);
                            ask.setArray(2, ask.getConnection().createArrayOf("text", doors.toArray(String[]::new)));
                            ask.setInt(3, most);
                        },
                        (row, n) -> {
                            try {
                                Due due = dues.read(row);
                                return new Past(due.door(), due.message());
                            } catch (IllegalStateException gone) {
                                return null; // the addressee has left the directory
                            }
                        })
                .stream()
                .filter(Objects::nonNull)
                .toList();
    }
}
