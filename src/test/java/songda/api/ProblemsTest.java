package songda.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import songda.failure.Problem;
import songda.failure.Refused;

class ProblemsTest {

    @Test
    void a_database_that_may_come_back_is_503() {
        for (Throwable passing : new Throwable[] {
            new CannotGetJdbcConnectionException("x"),
            new CannotCreateTransactionException("x", new SQLException()),
            new QueryTimeoutException("x"),
            new TransactionSystemException("x", new SQLException("Connection is closed")),
            new SQLTransientConnectionException(),
            new RuntimeException(new SQLException("x", "57P01")),
            new RuntimeException(new SQLException("x", "08006")),
            new RuntimeException(new SQLException("x", "53300"))
        }) {
            assertThat(Problems.of(passing)).as(passing.toString()).isEqualTo(Problems.UNAVAILABLE);
        }
    }

    @Test
    void what_will_fail_again_is_500() {
        for (Throwable lasting : new Throwable[] {
            new DuplicateKeyException("x"),
            new RuntimeException(new SQLException("x", "23505")),
            new RuntimeException(new SQLException("x")),
            new IOException(),
            new StackOverflowError()
        }) {
            assertThat(Problems.of(lasting)).as(lasting.toString()).isEqualTo(Problems.INTERNAL);
        }
    }

    @Test
    void a_refusal_is_found_under_its_wrappings_and_a_ring_of_causes_ends() {
        Problem problem = Problem.of(409, "order-differs", "不同", "differs");
        assertThat(Problems.of(new RuntimeException(new IllegalStateException(new Refused(problem)))))
                .isEqualTo(problem);
        Exception one = new Exception();
        Exception two = new Exception(one);
        one.initCause(two);
        assertThat(Problems.of(one)).isEqualTo(Problems.INTERNAL);
    }

    @Test
    void the_log_of_a_failure_has_no_message_in_it() {
        Throwable failure =
                new IllegalStateException("canary 13812341234", new SQLException("canary Key (phone)=(138)"));
        assertThat(Trace.of(failure))
                .contains("IllegalStateException", "SQLException", "ProblemsTest")
                .doesNotContain("canary");
    }
}
