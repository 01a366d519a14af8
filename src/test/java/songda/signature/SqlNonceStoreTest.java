package songda.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import songda.failure.Refused;

class SqlNonceStoreTest {

    private static EmbeddedPostgres postgres;
    private static JdbcClient db;
    private final SqlNonceStore nonces = new SqlNonceStore(db);

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        db = JdbcClient.create(postgres.getPostgresDatabase());
        db.sql(
                        "create table nonce (key_id text, nonce text, seen_at timestamptz not null, primary key (key_id, nonce))")
                .update();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @Test
    void a_nonce_is_taken_once_per_key() {
        nonces.consume(caller("gov-1", "once"));
        nonces.consume(caller("gov-2", "once"));
        assertThatThrownBy(() -> nonces.consume(caller("gov-1", "once")))
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.problem().type()).isEqualTo("replayed-request"));
    }

    @Test
    void of_many_at_once_one_wins() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Boolean> attempt = () -> {
                try {
                    nonces.consume(caller("gov-1", "race"));
                    return true;
                } catch (Refused replayed) {
                    return false;
                }
            };
            int won = 0;
            for (Future<Boolean> done : threads.invokeAll(
                    IntStream.range(0, 32).mapToObj(i -> attempt).toList())) {
                won += done.get() ? 1 : 0;
            }
            assertThat(won).isOne();
        } finally {
            threads.shutdown();
        }
    }

    private static Caller caller(String keyId, String nonce) {
        return new Caller("gov", "zjzwfw", keyId, nonce, Instant.EPOCH);
    }
}
