package songda.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** A set statement whose parameters are columns: one array each, so that its text and plan stay the same for any number of rows. */
public final class Columns<T> {

    private final List<T> rows;
    private final PreparedStatement statement;
    private int index;

    public Columns(Connection connection, String sql, List<T> rows) throws SQLException {
        this.rows = rows;
        this.statement = connection.prepareStatement(sql);
    }

    public Columns<T> longs(Function<T, Long> value) throws SQLException {
        return array("int8", rows.stream().map(value).toArray(Long[]::new));
    }

    public Columns<T> texts(Function<T, ?> value) throws SQLException {
        return array("text", rows.stream().map(r -> text(value.apply(r))).toArray(String[]::new));
    }

    public Columns<T> bytes(Function<T, byte[]> value) throws SQLException {
        return array("bytea", rows.stream().map(value).toArray(byte[][]::new));
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    private Columns<T> array(String type, Object[] values) throws SQLException {
        statement.setArray(++index, statement.getConnection().createArrayOf(type, values));
        return this;
    }

    public PreparedStatement statement() {
        return statement;
    }

    /** What to do with one row of the answer. */
    public interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    public void query(RowReader reader) throws SQLException {
        try (PreparedStatement closing = statement;
                ResultSet rows = closing.executeQuery()) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }

    public int update() throws SQLException {
        try (PreparedStatement closing = statement) {
            return closing.executeUpdate();
        }
    }
}
