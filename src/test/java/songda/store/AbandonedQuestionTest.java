package songda.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.jdbc.PgConnection;
import org.springframework.beans.factory.annotation.Autowired;
import songda.HubTest;

/** A question that takes longer than its asker waits must not go on in the server, where it would hold up what comes after. */
class AbandonedQuestionTest extends HubTest {

    @Autowired
    private DataSource pool;

    @Test
    void a_question_whose_connection_is_gone_ends_in_the_server() throws Exception {
        try (Connection connection = pool.getConnection()) {
            int backend = connection.unwrap(PgConnection.class).getBackendPID();
            CompletableFuture<Void> asked = CompletableFuture.runAsync(() -> ask(connection));
            awaiting(() -> assertActive(backend, 1));
            // As a read that timed out does it: the socket is closed, nobody says goodbye.
            connection.unwrap(PgConnection.class).abort(Runnable::run);
            asked.join();
            awaiting(() -> assertActive(backend, 0));
        }
    }

    private static void ask(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_sleep(300)");
        } catch (SQLException gone) {
            // its connection was closed under it
        }
    }

    private void assertActive(int backend, long expected) {
        assertThat(count("select count(*) from pg_stat_activity where pid = ? and state = 'active'", backend))
                .isEqualTo(expected);
    }
}
