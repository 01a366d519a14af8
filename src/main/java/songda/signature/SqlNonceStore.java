package songda.signature;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import songda.failure.Refused;

/** Table {@code nonce}, on wall time: business time may run fast or stand still. */
@Component
public final class SqlNonceStore implements NonceStore {

    private final JdbcClient db;

    SqlNonceStore(JdbcClient db) {
        this.db = db;
    }

    @Override
    public void consume(Caller caller) {
        int written = db.sql(
                        "insert into nonce (key_id, nonce, seen_at) values (?, ?, clock_timestamp()) on conflict do nothing")
                .params(caller.keyId(), caller.nonce())
                .update();
        if (written == 0) {
            throw new Refused(REPLAYED);
        }
    }
}
