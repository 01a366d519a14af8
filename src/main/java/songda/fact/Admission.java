package songda.fact;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import songda.store.Columns;
import songda.store.Sql;

/** What makes a message itself unique: its nonce and, if it has one, its idempotency key. */
final class Admission {

    private static final String NONCES = Sql.file("nonce-use");
    private static final String KEYS_USE = Sql.file("idempotency-use");
    private static final String KEYS_FIND = Sql.file("idempotency-find");

    private final Connection connection;
    private final List<Submission> batch;
    private final List<Item> items;

    Admission(Connection connection, List<Submission> batch, List<Item> items) {
        this.connection = connection;
        this.batch = batch;
        this.items = items;
    }

    void useUpNonces() throws SQLException {
        List<Submission> signed =
                batch.stream().filter(s -> s.caller().isPresent()).toList();
        if (signed.isEmpty()) {
            return;
        }
        Map<String, Integer> fresh = new HashMap<>();
        new Columns<>(connection, NONCES, signed)
                .texts(s -> s.caller().get().keyId())
                .texts(s -> s.caller().get().nonce())
                .query(row -> fresh.merge(row.getString(1) + '\n' + row.getString(2), 1, Integer::sum));
        // A nonce that stands twice in one batch is fresh for the first of the two only.
        for (Submission s : signed) {
            String nonce = s.caller().get().keyId() + '\n' + s.caller().get().nonce();
            if (fresh.merge(nonce, -1, Integer::sum) < 0) {
                Item.of(items, s).forEach(i -> i.outcome = new Outcome.Replayed());
            }
        }
    }

    void useUpKeys() throws SQLException {
        List<Item> keyed = Item.open(items, i -> i.submission.idempotencyKey().isPresent() && i.hasForm());
        if (keyed.isEmpty()) {
            return;
        }
        new Columns<>(connection, KEYS_USE, keyed)
                .texts(i -> i.form().client())
                .texts(i -> i.submission.idempotencyKey().get())
                .bytes(i -> i.form().bodyHash())
                .texts(i -> i.form().orderNo())
                .update();
        Map<String, byte[]> known = new HashMap<>();
        new Columns<>(connection, KEYS_FIND, keyed)
                .texts(i -> i.form().client())
                .texts(i -> i.submission.idempotencyKey().get())
                .query(row -> known.put(row.getString(1) + '\n' + row.getString(2), row.getBytes(3)));
        for (Item i : keyed) {
            byte[] hash = known.get(
                    i.form().client() + '\n' + i.submission.idempotencyKey().get());
            if (!Arrays.equals(hash, i.form().bodyHash())) {
                i.outcome = new Outcome.KeyReused();
            }
        }
    }
}
