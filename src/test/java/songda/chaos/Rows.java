package songda.chaos;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import songda.process.DatabaseProcess;

/** Questions to the database past every proxy, over a connection each: it comes and goes. */
final class Rows {

    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final DatabaseProcess database;

    Rows(DatabaseProcess database) {
        this.database = database;
    }

    <T> List<T> read(String sql, Reader<T> reader) throws SQLException {
        List<T> all = new ArrayList<>();
        each(sql, reader, all::add);
        return all;
    }

    private <T> void each(String sql, Reader<T> reader, Consumer<T> to) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            try (PreparedStatement question = connection.prepareStatement(sql)) {
                question.setFetchSize(5_000);
                try (ResultSet rows = question.executeQuery()) {
                    while (rows.next()) {
                        to.accept(reader.read(rows));
                    }
                }
            }
        }
    }

    long number(String sql) throws SQLException {
        return read(sql, row -> row.getLong(1)).get(0);
    }

    void run(String sql) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    static Instant at(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column) == null
                ? null
                : row.getTimestamp(column).toInstant();
    }
}
