package songda.drop;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.CharacterCodingException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import songda.deadletter.DeadLetters;
import songda.person.Sealer;
import songda.store.Sql;

/**
 * Reads staged files, piece by piece. What a piece reports, what is said of it and that it is done are one transaction, so a node may die at any
 * moment and several may read at once. Lines that are recorded together and cannot be are recorded in smaller pieces, down to one line.
 */
@Component
final class Pieces {

    private static final Logger LOG = LoggerFactory.getLogger(Pieces.class);
    private static final String CLAIM = Sql.file("file-piece-claim");
    private static final String AGAIN = Sql.file("file-piece-again");
    private static final String LINE = Sql.file("file-line-insert");
    private static final String COUNT = Sql.file("file-count");
    private static final int SMALLER = 4;
    private static final int MOST_ATTEMPTS = 5;
    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final Staging staging;
    private final Sealer sealer;
    private final DeadLetters letters;

    Pieces(JdbcClient db, TransactionTemplate transaction, Staging staging, Sealer sealer, DeadLetters letters) {
        this.db = db;
        this.transaction = transaction;
        this.staging = staging;
        this.sealer = sealer;
        this.letters = letters;
    }

    private record Piece(long id, long file, String name, int no, int lines, String place, byte[] raw, int attempts) {}

    /**
     * What became of a piece.
     *
     * @param orderNo of a single order that was taken
     * @param reason why a line was refused or set aside; it is told to the sender
     */
    record Passed(int taken, int seen, int refused, int aside, String orderNo, String reason) {

        static Passed refused(String reason) {
            return new Passed(0, 0, 1, 0, null, reason);
        }

        static Passed aside(String reason) {
            return new Passed(0, 0, 0, 1, null, reason);
        }

        private String outcome() {
            return refused > 0 ? "REFUSED" : aside > 0 ? "SET_ASIDE" : taken > 0 ? "TAKEN" : "SEEN";
        }
    }

    /** The route that records a piece, on this thread and so in this transaction. */
    interface Route {

        /** @throws RuntimeException it could not be recorded; the same again may go well */
        Passed through(Object message, String correlation);

        String id();

        String group();
    }

    private static final class NotAll extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotAll() {
            super("one line of a piece cannot be recorded", null, false, false);
        }
    }

    /** @return false when there is nothing to read now */
    boolean read(String system, Form form, Route route) {
        AtomicReference<Piece> tried = new AtomicReference<>();
        try {
            return Boolean.TRUE.equals(transaction.execute(status -> {
                Optional<Piece> claimed = claim(system);
                claimed.ifPresent(piece -> {
                    tried.set(piece);
                    settle(piece, form, pass(piece, form, route));
                });
                return claimed.isPresent();
            }));
        } catch (RuntimeException e) {
            if (tried.get() == null) {
                throw e;
            }
            transaction.executeWithoutResult(status -> comeBack(tried.get(), form, route, e));
            return true;
        }
    }

    private Optional<Piece> claim(String system) {
        return db.sql(CLAIM).param(system).query((row, n) -> piece(row)).optional();
    }

    private Piece piece(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        return new Piece(
                id,
                row.getLong("file"),
                row.getString("name"),
                row.getInt("no"),
                row.getInt("lines"),
                row.getString("place"),
                sealer.openBytes(row.getBytes("raw"), Staging.COLUMN, id),
                row.getInt("attempts"));
    }

    private Passed pass(Piece piece, Form form, Route route) {
        ObjectNode about = JsonNodeFactory.instance.objectNode().put("name", piece.name());
        String correlation = "file-" + piece.file() + "-" + piece.no();
        Passed passed;
        try {
            passed = route.through(form.message(about, piece.no(), piece.raw()), correlation);
        } catch (CharacterCodingException e) {
            passed = piece.lines() > 1 ? null : unreadable(piece, route, correlation);
        }
        if (piece.lines() > 1 && (passed == null || passed.reason() != null)) {
            throw new NotAll();
        }
        return passed;
    }

    private Passed unreadable(Piece piece, Route route, String correlation) {
        String reason = "不是有效的 GBK（GB18030）/ bytes that are not GBK (GB18030)";
        keep(piece, route, correlation, reason);
        return Passed.aside(reason);
    }

    private void keep(Piece piece, Route route, String correlation, String reason) {
        letters.keep(new DeadLetters.Letter(
                DeadLetters.Kind.MESSAGE,
                route.id(),
                route.group(),
                "",
                correlation,
                reason,
                "drop:" + route.group(),
                piece.raw()));
    }

    private void settle(Piece piece, Form form, Passed passed) {
        db.sql("delete from dropped_piece where id = ?").param(piece.id()).update();
        if (form.everyLine() || passed.reason() != null) {
            db.sql(LINE)
                    .params(Arrays.asList(
                            piece.file(),
                            piece.no(),
                            piece.place(),
                            passed.orderNo(),
                            passed.outcome(),
                            passed.reason()))
                    .update();
        }
        db.sql(COUNT)
                .params(passed.taken(), passed.seen(), passed.refused(), passed.aside(), piece.file())
                .update();
    }

    /** After a failure nothing of the piece is recorded. Somebody else may have taken it meanwhile: then it is theirs. */
    private void comeBack(Piece piece, Form form, Route route, RuntimeException why) {
        boolean mine = db.sql("select id from dropped_piece where id = ? for update skip locked")
                .param(piece.id())
                .query(Long.class)
                .optional()
                .isPresent();
        if (!mine) {
            return;
        }
        if (piece.lines() > 1) {
            split(piece, form);
        } else if (piece.attempts() + 1 < MOST_ATTEMPTS) {
            LOG.info(
                    "文件中的一行未能记录，稍后再试 / a line of a file was not recorded, it is tried again: {} {} ({})",
                    piece.name(),
                    piece.place(),
                    why.getClass().getSimpleName());
            db.sql(AGAIN).param(piece.id()).update();
        } else {
            String reason = "多次未能记录，已留存待人处理 / could not be recorded, kept for a person: "
                    + why.getClass().getSimpleName();
            keep(piece, route, "file-" + piece.file() + "-" + piece.no(), reason);
            settle(piece, form, Passed.aside(reason));
        }
    }

    private void split(Piece piece, Form form) {
        db.sql("delete from dropped_piece where id = ?").param(piece.id()).update();
        List<byte[]> lines = form.split(piece.raw());
        int size = (lines.size() + SMALLER - 1) / SMALLER;
        for (int from = 0; from < lines.size(); from += size) {
            List<byte[]> some = lines.subList(from, Math.min(from + size, lines.size()));
            ByteArrayOutputStream raw = new ByteArrayOutputStream();
            some.forEach(raw::writeBytes);
            int no = piece.no() + from;
            staging.put(piece.file(), no, some.size(), "#" + no, raw.toByteArray());
        }
    }
}
