package songda.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a PostgreSQL server's processes are at, and what they wait for, as often as it is looked. */
final class Doing {

    private static final String NOW =
            """
            select coalesce(wait_event, 'on a processor') || ' | ' || backend_type || ' | '
              || left(regexp_replace(query, '\\s+', ' ', 'g'), 90)
            from pg_stat_activity
            where pid <> pg_backend_pid() and (state = 'active' or backend_type = 'autovacuum worker')""";

    private final Connection connection;
    private final Map<String, Integer> seen = new HashMap<>();
    private int looks;

    Doing(Connection connection) {
        this.connection = connection;
    }

    void look() throws SQLException {
        looks++;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(NOW)) {
            while (rows.next()) {
                seen.merge(rows.getString(1), 1, Integer::sum);
            }
        }
    }

    /** The most frequent: how many were at it in the mean, and what it is. */
    List<String> top(int most) {
        return seen.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(most)
                .map(one -> "%.2f %s".formatted(one.getValue() / (double) looks, one.getKey()))
                .toList();
    }
}
