package songda.drop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import songda.person.Sealer;
import songda.store.Ids;
import songda.store.Sql;

/** Takes files into the database, each whole or not at all. */
@Component
final class Staging {

    static final String COLUMN = "dropped_piece.raw";
    private static final Logger LOG = LoggerFactory.getLogger(Staging.class);
    private static final String FILE = Sql.file("file-insert");
    private static final String WHOLE = Sql.file("file-whole");
    private static final String PIECE = Sql.file("file-piece-insert");
    private static final String LINE = Sql.file("file-line-insert");
    private static final String NAMESAKE = Sql.file("file-namesake");
    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final Sealer sealer;
    private final Ids ids;

    Staging(JdbcClient db, TransactionTemplate transaction, Sealer sealer, Ids ids) {
        this.db = db;
        this.transaction = transaction;
        this.sealer = sealer;
        this.ids = ids;
    }

    /** Where the bytes come from, opened once they are wanted. */
    interface Source {
        InputStream open() throws IOException;
    }

    boolean known(String system, Inbox.Claim claim) {
        return db.sql("select exists (select from dropped_file where system = ? and claimed = ?)")
                .params(system, claim.claimed())
                .query(Boolean.class)
                .single();
    }

    /** Afterwards the file is known: staged, a repetition, or refused. */
    void stage(String system, Inbox.Claim claim, Names names, Form form, Source source) throws IOException {
        try (InputStream in = source.open()) {
            Measured bytes = new Measured(in, form.most());
            try {
                if (!claim.named()) {
                    throw new FileRefused(Fault.NAME);
                }
                transaction.executeWithoutResult(status -> stage(system, claim, names.of(claim.name()), form, bytes));
            } catch (FileRefused e) {
                refuse(system, claim, e.fault(), bytes);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void stage(String system, Inbox.Claim claim, Names.Said said, Form form, Measured bytes) {
        // One at a time, so that of two files of one name the second finds the first.
        db.sql("select pg_advisory_xact_lock(hashtext('dropped_file ' || ?))")
                .param(system)
                .query(row -> {});
        if (known(system, claim)) {
            return;
        }
        long file = ids.next();
        insert(file, system, claim, said, "STAGED", null);
        Rows rows = new Rows(file);
        int lines;
        try {
            lines = form.cut(bytes, rows);
            bytes.drain();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] digest = bytes.digest();
        Optional<Namesake> earlier = namesake(system, claim.name(), file);
        if (earlier.isPresent() && !Arrays.equals(earlier.get().sha256(), digest)) {
            throw new FileRefused(Fault.NAME_TAKEN);
        }
        earlier.ifPresent(same -> forget(file));
        db.sql(WHOLE)
                .params(Arrays.asList(
                        digest,
                        bytes.size(),
                        lines,
                        earlier.isPresent() ? 0 : rows.refused,
                        earlier.map(Namesake::id).orElse(null),
                        file))
                .update();
        LOG.info("收到文件 / a file came in: {} {} ({} bytes, {} lines)", system, claim.claimed(), bytes.size(), lines);
    }

    private void insert(long file, String system, Inbox.Claim claim, Names.Said said, String state, Fault fault) {
        db.sql(FILE)
                .params(Arrays.asList(
                        file,
                        system,
                        claim.name(),
                        claim.claimed(),
                        said.series(),
                        said.period() == null ? null : Timestamp.from(said.period()),
                        state,
                        fault == null ? null : fault.name()))
                .update();
    }

    private record Namesake(long id, byte[] sha256) {}

    private Optional<Namesake> namesake(String system, String name, long file) {
        return db.sql(NAMESAKE)
                .params(system, name, file)
                .query((row, n) -> new Namesake(row.getLong("id"), row.getBytes("sha256")))
                .optional();
    }

    private void forget(long file) {
        db.sql("delete from dropped_piece where file = ?").param(file).update();
        db.sql("delete from dropped_line where file = ?").param(file).update();
    }

    private void refuse(String system, Inbox.Claim claim, Fault fault, Measured bytes) throws IOException {
        try {
            bytes.drain();
        } catch (FileRefused tooLarge) {
            // then size and digest are those of what was read
        }
        byte[] digest = bytes.digest();
        transaction.executeWithoutResult(status -> {
            if (!known(system, claim)) {
                long file = ids.next();
                insert(file, system, claim, new Names.Said(null, null), "REFUSED", fault);
                db.sql(WHOLE)
                        .params(Arrays.asList(digest, bytes.size(), 0, 0, null, file))
                        .update();
                LOG.warn("文件被拒收 / a file was refused: {} {} {}", system, claim.claimed(), fault);
            }
        });
    }

    /** Rows of one file's pieces. */
    private final class Rows implements Form.Sink {

        private final long file;
        private int refused;

        Rows(long file) {
            this.file = file;
        }

        @Override
        public void piece(String place, int no, int lines, byte[] raw) {
            put(file, no, lines, place, raw);
        }

        @Override
        public void refused(String place, int no, Fault fault) {
            refused++;
            db.sql(LINE)
                    .params(Arrays.asList(file, no, place, null, "REFUSED", fault.words()))
                    .update();
        }
    }

    void put(long file, int no, int lines, String place, byte[] raw) {
        long id = ids.next();
        db.sql(PIECE)
                .params(id, file, no, lines, place, sealer.seal(raw, COLUMN, id))
                .update();
    }
}
