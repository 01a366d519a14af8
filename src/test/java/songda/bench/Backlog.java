package songda.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import songda.process.HubProcess;

/** What the hub still owes at its doors, counted in its own tables. */
final class Backlog implements AutoCloseable {

    private final Connection connection;

    Backlog(HubProcess hub) throws SQLException {
        connection = hub.jdbc();
    }

    long size() throws SQLException {
        return count("select count(*) from effect where state <> 'ACCEPTED' and state <> 'DEAD'");
    }

    long settled() throws SQLException {
        return count("select count(*) from effect where state = 'ACCEPTED'");
    }

    /** UNKNOWN or DEAD. */
    long unhappy() throws SQLException {
        return count("select count(*) from effect where state in ('UNKNOWN', 'DEAD')");
    }

    double perOrder() throws SQLException {
        return (double) count("select count(*) from effect") / Math.max(1, count("select count(*) from orders"));
    }

    void awaitEmpty(Duration most) throws SQLException {
        long deadline = System.nanoTime() + most.toNanos();
        while (size() > 0) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("still " + size() + " effects after " + most);
            }
            Waits.until(System.nanoTime() + 100_000_000L);
        }
    }

    private long count(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
