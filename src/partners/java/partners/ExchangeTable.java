package partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The exchange table {@code inf_apply_wlxx} of the government network, in a PostgreSQL: applications go in as rows, and what the hub writes of each into
 * {@code sync_sign}, {@code sync_error_desc} and {@code sync_date} is watched. Both ways stand in the journal of gov: {@code row} when one goes
 * in or is changed, {@code order} when the hub has told (200 taken, 422 wrong).
 */
final class ExchangeTable {
    private static final long LOOK_MILLIS = 100;
    private static final int TAKEN = 200;
    private static final int WRONG = 422;

    /** A row that the hub has not told about yet. */
    private record Open(String orderNo, JsonNode row, Runnable told) {}

    private final Path settings;
    private final Journal journal;
    private final Map<String, Open> open = new ConcurrentHashMap<>();
    private Connection connection;

    /** @param settings file {@code {"url","user","password"}} of the database; waited for */
    ExchangeTable(Path settings, Journal journal) {
        this.settings = settings;
        this.journal = journal;
    }

    /** Whether anybody has said where it is. */
    boolean known() {
        return Files.exists(settings);
    }

    /** Watches until this process ends. */
    void watch() {
        boolean away = false;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Hub.pause(LOOK_MILLIS);
                if (known() && !open.isEmpty()) look();
                away = false;
            } catch (SQLException | IOException e) {
                if (!away) System.err.println("[partners] the exchange table cannot be read: " + e.getMessage());
                away = true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Puts a row in.
     *
     * @param params its columns; without {@code no} it gets one
     * @param told runs when the hub has told about it
     * @return its {@code no}
     */
    String insert(JsonNode params, Runnable told) throws IOException, SQLException {
        ObjectNode row = params.deepCopy();
        String orderNo = row.path("ems_ord_no").asText("");
        if (!row.has("no")) row.put("no", "row-" + orderNo + "-" + EmsNumber.digits(row + "/" + System.nanoTime()));
        List<String> columns = new ArrayList<>();
        row.fieldNames().forEachRemaining(columns::add);
        StringBuilder sql = new StringBuilder("insert into inf_apply_wlxx (");
        StringBuilder values = new StringBuilder();
        for (String column : columns) {
            if (!column.matches("[a-z_]{1,40}")) throw new IllegalArgumentException("no column: " + column);
            sql.append(values.isEmpty() ? "" : ", ").append(column);
            values.append(values.isEmpty() ? "" : ", ").append(cast(column));
        }
        sql.append(") values (").append(values).append(")");
        update(sql.toString(), columns.stream().map(column -> text(row, column)).toList());
        expect(row, orderNo, told);
        return row.path("no").asText();
    }

    /** A good row of now, over it what is special about {@code like}, over that the columns that are given; see exchange-rows.json. */
    static ObjectNode made(String orderNo, String like, JsonNode columns, Instant now) throws IOException {
        JsonNode rows;
        try (InputStream in = ExchangeTable.class.getResourceAsStream("/exchange-rows.json")) {
            rows = Json.read(in.readAllBytes());
        }
        if (!rows.has(like)) throw new IllegalArgumentException("no row like '" + like + "' in exchange-rows.json");
        ObjectNode row = rows.path("good").deepCopy();
        row.put("ems_ord_no", orderNo).put("sendtime", Receipt85.SECONDS.format(now.atZone(HubTime.ZONE)));
        rows.path(like).properties().forEach(field -> row.set(field.getKey(), field.getValue()));
        columns.properties().forEach(field -> row.set(field.getKey(), field.getValue()));
        return row;
    }

    /** Another content for a row that is there; it is new again. */
    void change(String no, JsonNode columns) throws IOException, SQLException {
        StringBuilder sql = new StringBuilder("update inf_apply_wlxx set sync_sign = '0', sync_date = null");
        List<String> values = new ArrayList<>();
        columns.properties().forEach(field -> {
            if (!field.getKey().matches("[a-z_]{1,40}"))
                throw new IllegalArgumentException("no column: " + field.getKey());
            sql.append(", ").append(field.getKey()).append(" = ").append(cast(field.getKey()));
            values.add(text(columns, field.getKey()));
        });
        values.add(no);
        update(sql.append(" where no = ?").toString(), values);
        expect(
                ((ObjectNode) columns.deepCopy()).put("no", no),
                row(no).path("ems_ord_no").asText(),
                () -> {});
    }

    private void expect(JsonNode row, String orderNo, Runnable told) {
        journal.out("row", orderNo, 0, null, row, null);
        open.put(row.path("no").asText(), new Open(orderNo, row, told));
    }

    private void look() throws IOException, SQLException {
        for (Map.Entry<String, Open> entry : open.entrySet()) {
            JsonNode row = row(entry.getKey());
            String sign = row.path("sync_sign").asText();
            if (sign.equals("0") || !open.remove(entry.getKey(), entry.getValue())) continue;
            ObjectNode told = Json.object().put("sync_sign", sign);
            told.set("sync_error_desc", row.path("sync_error_desc"));
            told.set("sync_date", row.path("sync_date"));
            Open one = entry.getValue();
            journal.in("order", one.orderNo, sign.equals("1") ? TAKEN : WRONG, null, one.row, told);
            one.told.run();
        }
    }

    /** A row as it stands there; an empty object where there is none. */
    private synchronized ObjectNode row(String no) throws IOException, SQLException {
        try (PreparedStatement statement =
                connected().prepareStatement("select row_to_json(t)::text from inf_apply_wlxx t where no = ?")) {
            statement.setString(1, no);
            ResultSet found = statement.executeQuery();
            return found.next()
                    ? (ObjectNode) Json.read(found.getString(1).getBytes(StandardCharsets.UTF_8))
                    : Json.object();
        }
    }

    private synchronized void update(String sql, List<String> values) throws IOException, SQLException {
        try (PreparedStatement statement = connected().prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) statement.setString(i + 1, values.get(i));
            statement.executeUpdate();
        }
    }

    private static String text(JsonNode row, String column) {
        JsonNode value = row.path(column);
        return value.isNull() ? null : value.asText();
    }

    private static String cast(String column) {
        return switch (column) {
            case "sendtime", "sync_date" -> "cast(? as timestamp)";
            case "declared_value", "fee_to_collect" -> "cast(? as numeric)";
            default -> "?";
        };
    }

    private Connection connected() throws IOException, SQLException {
        if (connection != null && connection.isValid(5)) return connection;
        JsonNode at = Json.read(Files.readAllBytes(settings));
        connection = DriverManager.getConnection(
                at.path("url").asText(),
                at.path("user").asText(),
                at.path("password").asText());
        try (Statement statement = connection.createStatement()) {
            ResultSet there = statement.executeQuery("select to_regclass('inf_apply_wlxx')");
            there.next();
            if (there.getString(1) == null) statement.execute(script());
        }
        return connection;
    }

    /** As the government network publishes it. */
    private static String script() throws IOException {
        try (InputStream in = ExchangeTable.class.getResourceAsStream("/exchange-table.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
