package songda.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import songda.embedded.TestParts;

/** A process that starts compares the clock with what any process has seen last. A clock that jumps under it: ClockJumpIT. */
class ClockGuardTest {

    private static final DataSource DATABASE = TestParts.freshDatabase();
    private final JdbcClient db = JdbcClient.create(DATABASE);

    @BeforeAll
    static void migrate() {
        Flyway.configure().dataSource(DATABASE).load().migrate();
    }

    @BeforeEach
    void agreed() {
        new ClockGuard(db).agree();
    }

    private boolean allows(ClockGuard guard) throws Exception {
        try (Connection connection = DATABASE.getConnection()) {
            return guard.allows(connection);
        }
    }

    private void seen(Duration ahead) {
        db.sql("update clock_watch set seen_at = now() + make_interval(secs => ?)")
                .param(ahead.toMillis() / 1e3)
                .update();
    }

    @Test
    void a_clock_that_stands_behind_what_was_seen_last_stops_the_firing() throws Exception {
        seen(Duration.ofSeconds(20));
        ClockGuard guard = new ClockGuard(db);
        assertThat(allows(guard)).isFalse();
        assertThat(guard.frozen()).map(ClockGuard.Frozen::why).hasValueSatisfying(why -> assertThat(why)
                .startsWith("back by 1"));
        assertThat(allows(guard)).isFalse();
    }

    /** Others look while the transaction that noticed it is open, or has failed. */
    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void a_jump_is_said_once_whoever_looks(CapturedOutput log) throws Exception {
        seen(Duration.ofSeconds(20));
        ClockGuard guard = new ClockGuard(db);
        try (Connection connection = DATABASE.getConnection()) {
            connection.setAutoCommit(false);
            assertThat(guard.allows(connection)).isFalse();
            connection.rollback();
        }
        assertThat(allows(guard)).isFalse();
        assertThat(log).containsOnlyOnce("the database's clock jumped");
        guard.agree();
        assertThat(allows(guard)).isTrue();
        seen(Duration.ofSeconds(20));
        assertThat(allows(new ClockGuard(db))).isFalse();
        assertThat(log.toString().split("the database's clock jumped", -1)).hasSize(3);
    }

    @Test
    void a_few_seconds_are_no_jump() throws Exception {
        seen(Duration.ofSeconds(4));
        assertThat(allows(new ClockGuard(db))).isTrue();
    }

    @Test
    void a_long_stop_of_all_nodes_is_no_jump() throws Exception {
        seen(Duration.ofDays(-3));
        assertThat(allows(new ClockGuard(db))).isTrue();
    }

    @Test
    void one_node_freezes_all_and_one_agreement_frees_all() throws Exception {
        ClockGuard other = new ClockGuard(db);
        assertThat(allows(other)).isTrue();
        seen(Duration.ofSeconds(20));
        ClockGuard starting = new ClockGuard(db);
        assertThat(allows(starting)).isFalse();
        assertThat(allows(other)).isFalse();
        other.agree();
        assertThat(allows(starting)).isTrue();
        assertThat(allows(other)).isTrue();
    }

    @Test
    void what_was_seen_is_never_turned_back_by_a_clock_that_was() throws Exception {
        seen(Duration.ofSeconds(20));
        ClockGuard guard = new ClockGuard(db);
        guard.remember();
        assertThat(allows(guard)).isFalse();
    }
}
