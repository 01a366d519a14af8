package songda.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.flywaydb.core.Flyway;
import songda.process.HubProcess;

/**
 * The least that one commit per order can cost on this machine: rows that the hub wrote, written again with new keys into
 * a scratch database of the same server with the same tables and indexes. Plain JDBC, prepared statements, no hub.
 */
final class Floor implements AutoCloseable {

    private static final String SCRATCH = "songda_floor";
    private static final int SAMPLE = 500;
    /** Parents first, as the hub writes them. */
    private static final List<String> TABLES = List.of("nonce", "orders", "fact", "effect");

    private static final Map<String, String> SAMPLES = Map.of(
            "nonce", "select * from nonce limit " + SAMPLE,
            "orders", "select * from orders order by id limit " + SAMPLE,
            "fact", "select * from fact where name = 'order.received' order by subject limit " + SAMPLE,
            "effect",
                    "select e.* from effect e join fact f on f.subject = e.subject and f.id = e.fact_id"
                            + " where f.name = 'order.received' order by e.subject limit " + SAMPLE);

    private record Table(String name, List<String> columns, List<String> types, List<Object[]> rows, String insert) {}

    /** @param perSecond commits a second; @param serverMicros PostgreSQL's processor time for one, clientMicros ours */
    record Measured(double perSecond, double serverMicros, double clientMicros, String machine) {}

    private final HubProcess hub;
    private final String url;
    private final String password;
    private final List<Table> tables = new ArrayList<>();
    private final AtomicLong next = new AtomicLong(1_000_000_000_000L);

    /** Takes its rows from what the hub has written so far. */
    Floor(HubProcess hub) throws SQLException {
        this.hub = hub;
        this.password = read("postgres.password").get(0).strip();
        this.url = "jdbc:postgresql://127.0.0.1:" + port() + "/";
        try (Connection admin = DriverManager.getConnection(url + "postgres", "postgres", password);
                Statement statement = admin.createStatement()) {
            statement.execute("drop database if exists " + SCRATCH);
            statement.execute("create database " + SCRATCH + " owner songda");
        }
        Flyway.configure()
                .dataSource(url + SCRATCH, "songda", password)
                .locations("filesystem:src/main/resources/db/migration")
                .load()
                .migrate();
        try (Connection from = hub.jdbc()) {
            for (String table : TABLES) {
                tables.add(table(from, table));
            }
        }
    }

    int port() {
        return Integer.parseInt(postmaster().get(3).strip());
    }

    /** Process id of the server. */
    long server() {
        return Long.parseLong(postmaster().get(0).strip());
    }

    String password() {
        return password;
    }

    String database() {
        return SCRATCH;
    }

    private List<String> postmaster() {
        return read("postgres/postmaster.pid");
    }

    private List<String> read(String file) {
        try {
            return Files.readAllLines(hub.data().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Table table(Connection from, String name) throws SQLException {
        try (Statement statement = from.createStatement();
                ResultSet rows = statement.executeQuery(SAMPLES.get(name))) {
            ResultSetMetaData meta = rows.getMetaData();
            List<String> columns = new ArrayList<>();
            List<String> types = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                if (!meta.getColumnName(i).equals("xid")) {
                    columns.add(meta.getColumnName(i));
                    types.add(meta.getColumnTypeName(i));
                }
            }
            List<Object[]> values = new ArrayList<>();
            while (rows.next()) {
                Object[] row = new Object[columns.size()];
                for (int i = 0; i < row.length; i++) {
                    row[i] = rows.getObject(columns.get(i));
                }
                values.add(row);
            }
            return new Table(name, columns, types, values, insert(name, columns, types));
        }
    }

    private static String insert(String name, List<String> columns, List<String> types) {
        StringJoiner marks = new StringJoiner(", ");
        types.forEach(type -> marks.add("?::" + type));
        return "insert into " + name + " (" + String.join(", ", columns) + ") values (" + marks + ")";
    }

    /** A commit an order from so many connections, for so many seconds after a tenth of them to warm up. */
    Measured measure(int connections, int seconds) throws Exception {
        long from = System.nanoTime() + seconds * 100_000_000L;
        long to = from + seconds * 1_000_000_000L;
        var threads = Executors.newFixedThreadPool(connections);
        try {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                counts.add(threads.submit((Callable<Long>) () -> commits(from, to)));
            }
            Waits.until(from);
            double server = Cpu.ofTree(server());
            double client = Cpu.of(ProcessHandle.current().pid());
            Waits.until(to);
            server = Cpu.ofTree(server()) - server;
            client = Cpu.of(ProcessHandle.current().pid()) - client;
            long done = 0;
            for (Future<Long> count : counts) {
                done += count.get();
            }
            return new Measured((double) done / seconds, server * 1e6 / done, client * 1e6 / done, Cpu.machine());
        } finally {
            threads.shutdownNow();
        }
    }

    private long commits(long from, long to) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(url + SCRATCH + "?prepareThreshold=1", "songda", password)) {
            connection.setAutoCommit(false);
            List<PreparedStatement> inserts = new ArrayList<>();
            for (Table table : tables) {
                inserts.add(connection.prepareStatement(table.insert()));
            }
            long counted = 0;
            while (System.nanoTime() < to) {
                order(inserts);
                connection.commit();
                long now = System.nanoTime();
                counted += now >= from && now < to ? 1 : 0;
            }
            return counted;
        }
    }

    private void order(List<PreparedStatement> inserts) throws SQLException {
        long n = next.addAndGet(10);
        for (int t = 0; t < tables.size(); t++) {
            Table table = tables.get(t);
            Object[] row = table.rows().get((int) (n / 10 % table.rows().size()));
            bind(inserts.get(t), table, row, keys(n));
            inserts.get(t).executeUpdate();
        }
    }

    /** Made new in each row; they are as long as the hub's own. */
    private static Map<String, Object> keys(long n) {
        Map<String, Object> keys = new HashMap<>();
        keys.put("id", n);
        keys.put("subject", n);
        keys.put("fact_id", n);
        keys.put("order_no", "B" + n);
        keys.put("source_id", "zjzwfw/" + "B" + n);
        keys.put("nonce", String.format("%022d", n));
        return keys;
    }

    private static void bind(PreparedStatement insert, Table table, Object[] row, Map<String, Object> keys)
            throws SQLException {
        for (int i = 0; i < row.length; i++) {
            Object value = keys.getOrDefault(table.columns().get(i), row[i]);
            if (value instanceof org.postgresql.util.PGobject json) {
                insert.setString(i + 1, json.getValue());
            } else {
                insert.setObject(i + 1, value);
            }
        }
    }

    /** The same as one pgbench transaction: literals of real rows, keys from the client's own counter. */
    String script() {
        StringBuilder script =
                new StringBuilder("\\set n :n + 1\n\\set id :base + :client_id * 10000000000 + :n\nbegin;\n");
        for (Table table : tables) {
            StringJoiner values = new StringJoiner(", ");
            for (int i = 0; i < table.columns().size(); i++) {
                values.add(literal(table, i));
            }
            script.append("insert into ").append(table.name()).append(" (");
            script.append(String.join(", ", table.columns()))
                    .append(") values (")
                    .append(values)
                    .append(");\n");
        }
        return script.append("commit;\n").toString();
    }

    private static String literal(Table table, int column) {
        Object value = table.rows().get(table.rows().size() / 2)[column];
        return switch (table.columns().get(column)) {
            case "id", "subject", "fact_id" -> ":id";
            case "order_no" -> "'B' || :id";
            case "source_id" -> "'zjzwfw/B' || :id";
            case "nonce" -> "lpad(:id::text, 22, '0')";
            default ->
                value == null
                        ? "null"
                        : "'" + text(value).replace("'", "''") + "'::"
                                + table.types().get(column);
        };
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? "\\x" + java.util.HexFormat.of().formatHex(bytes) : value.toString();
    }

    @Override
    public void close() throws SQLException {
        try (Connection admin = DriverManager.getConnection(url + "postgres", "postgres", password);
                Statement statement = admin.createStatement()) {
            statement.execute("drop database if exists " + SCRATCH + " with (force)");
        }
    }
}
