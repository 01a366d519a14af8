package songda.board;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import songda.clock.HubClock;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.store.Rest;
import songda.store.Sql;

/**
 * Tells open boards where the hub stands. The database is asked once for all of them, and not at all while nobody looks; a long look is followed by a long
 * rest. Boards come again every few minutes, so that one whose session has ended is not told for ever.
 */
@RestController
final class BoardLive {

    private static final Logger LOG = LoggerFactory.getLogger(BoardLive.class);
    private static final String STAND = Sql.file("board-stand");
    private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final int MOST = 200;
    private final JdbcTemplate db;
    private final Queue<Open> boards = new ConcurrentLinkedQueue<>();
    private final Rest rest = new Rest();

    BoardLive(JdbcTemplate db) {
        this.db = db;
    }

    private record Open(SseEmitter to, long since) {}

    @GetMapping(path = "/board/api/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter live() {
        if (boards.size() >= MOST) {
            throw new Refused(Problem.of(429, "too-many-boards", "打开的面板过多", "Too many boards are open"));
        }
        Open board = new Open(new SseEmitter(0L), System.nanoTime());
        board.to().onCompletion(() -> boards.remove(board));
        board.to().onError(e -> boards.remove(board));
        boards.add(board);
        return board.to();
    }

    @Scheduled(fixedDelayString = "${songda.board.refresh:PT2S}")
    void tell() {
        if (boards.isEmpty() || !rest.isOver()) {
            return;
        }
        long now = System.nanoTime();
        try {
            rest.from(() -> {
                String stand = db.queryForObject(STAND, (row, n) -> stand(row)).toString();
                boards.forEach(board -> tell(board, stand, now));
            });
        } catch (DataAccessException away) {
            LOG.debug("boards are told again when the database is back: {}", away.toString());
        }
    }

    private void tell(Open board, String stand, long now) {
        try {
            board.to().send(stand, MediaType.APPLICATION_JSON);
            if (now - board.since() > KEPT_NANOS) {
                board.to().complete();
            }
        } catch (IOException | IllegalStateException gone) {
            boards.remove(board);
        }
    }

    private static ObjectNode stand(ResultSet row) throws SQLException {
        ObjectNode stand = JsonNodeFactory.instance.objectNode();
        for (String text : new String[] {"audit", "fact"}) {
            stand.put(text, row.getString(text));
        }
        for (String count :
                new String[] {"letters", "replayed", "replays", "stopped", "dead", "unknown", "configuration", "chases"
                }) {
            stand.put(count, row.getLong(count));
        }
        return stand.put("now", HubClock.local(row.getTimestamp("now"))).put("rate", row.getDouble("rate"));
    }
}
