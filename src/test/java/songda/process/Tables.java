package songda.process;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What stands in a hub's database; each question over a connection of its own, since the database comes and goes. */
final class Tables {

    /** Where a connection comes from. */
    interface Database {
        Connection connect() throws SQLException;
    }

    private final Database database;

    Tables(HubProcess hub) {
        this(hub::jdbc);
    }

    Tables(Database database) {
        this.database = database;
    }

    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> query(String sql, Reader<T> reader) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(reader.read(rows));
            }
            return all;
        }
    }

    void update(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    List<String> texts(String sql) throws SQLException {
        return query(sql, row -> row.getString(1));
    }

    List<Long> longs(String sql) throws SQLException {
        return query(sql, row -> row.getLong(1));
    }

    String text(String sql) throws SQLException {
        return texts(sql).get(0);
    }

    int count(String sql) throws SQLException {
        return query(sql, row -> row.getInt(1)).get(0);
    }

    /** Each row as {@code a b c}. */
    List<String> rows(String sql) throws SQLException {
        return query(sql, row -> {
            StringBuilder line = new StringBuilder();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                line.append(i == 1 ? "" : " ").append(row.getString(i));
            }
            return line.toString();
        });
    }

    /** After the sessions of a killed hub have ended: what they had sent before is committed or not by then. */
    List<Long> whenQuiet(String sql) throws SQLException {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> count("select count(*) from pg_stat_activity where backend_type = 'client backend'"
                                + " and pid <> pg_backend_pid()")
                        == 0);
        return longs(sql);
    }
}
