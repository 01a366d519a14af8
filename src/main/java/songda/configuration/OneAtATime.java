package songda.configuration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** Of all nodes only one changes the configuration at a time. A node that dies lets go with its connection. */
final class OneAtATime {

    /** Any number that nobody else locks by. */
    static final long KEY = 7_030_702_051_126L;

    private final DataSource database;

    OneAtATime(DataSource database) {
        this.database = database;
    }

    /** @return nothing where somebody else is at it, and then nothing was done */
    <T> Optional<T> alone(Supplier<T> work) {
        try (Connection connection = database.getConnection()) {
            if (!asked(connection, "select pg_try_advisory_lock(?)")) {
                return Optional.empty();
            }
            try {
                return Optional.of(work.get());
            } finally {
                release(connection);
            }
        } catch (SQLException e) {
            throw new CannotGetJdbcConnectionException("the database is away", e);
        }
    }

    private static void release(Connection connection) {
        try {
            asked(connection, "select pg_advisory_unlock(?)");
        } catch (SQLException gone) {
            // The connection is dead, and the lock with it.
        }
    }

    private static boolean asked(Connection connection, String question) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setLong(1, KEY);
            try (ResultSet answer = statement.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }
}
