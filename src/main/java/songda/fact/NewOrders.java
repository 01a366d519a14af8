package songda.fact;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import songda.order.OrderForm;
import songda.store.Columns;
import songda.store.Sql;

/** Inserts the orders of a batch; one that is there already is the same (seen before) or another under its number (conflict). */
final class NewOrders {

    private static final String INSERT = Sql.file("order-insert");
    private static final String EXISTING = Sql.file("order-existing");
    private static final List<String> PLAIN = List.of("county", "dest_county", "payer", "receipt", "service");
    private static final List<String> SEALED = List.of(
            "recipient_name",
            "recipient_phone",
            "recipient_id_no",
            "recipient_address",
            "sender_name",
            "sender_phone",
            "sender_address",
            "more",
            "phone_hash",
            "phone_tail_hash");

    private final Connection connection;

    NewOrders(Connection connection) {
        this.connection = connection;
    }

    void insert(List<Item> orders) throws SQLException {
        if (orders.isEmpty()) {
            return;
        }
        Columns<Item> columns = new Columns<>(connection, INSERT, orders)
                .longs(i -> i.form().id())
                .texts(i -> i.form().client())
                .texts(i -> i.form().orderNo())
                .bytes(i -> i.form().bodyHash());
        for (String name : PLAIN) {
            columns.texts(i -> i.form().row().get(name));
        }
        columns.texts(i -> i.type.stage()).texts(i -> i.fact.at()).texts(i -> i.form()
                .detail());
        for (String name : SEALED) {
            columns.bytes(i -> i.form().sealed().get(name));
        }
        Set<Long> inserted = new HashSet<>();
        columns.query(row -> inserted.add(row.getLong(1)));
        orders.stream().filter(i -> inserted.contains(i.form().id())).forEach(i -> i.subject = subject(i));
        compareWithExisting(orders.stream().filter(i -> i.subject == null).toList());
    }

    private void compareWithExisting(List<Item> known) throws SQLException {
        if (known.isEmpty()) {
            return;
        }
        Map<String, Object[]> rows = new HashMap<>();
        new Columns<>(connection, EXISTING, known)
                .texts(i -> i.form().orderNo())
                .texts(i -> i.form().client())
                .query(row -> rows.put(
                        row.getString(2) + '\n' + row.getString(3), new Object[] {row.getLong(1), row.getBytes(4)}));
        for (Item i : known) {
            Object[] row = rows.get(i.form().orderNo() + '\n' + i.form().client());
            boolean same = Arrays.equals((byte[]) row[1], i.form().bodyHash());
            i.outcome = same ? new Outcome.SeenBefore((long) row[0]) : new Outcome.Conflict();
        }
    }

    private static Subject subject(Item i) {
        OrderForm form = i.form();
        Map<String, String> row = form.row();
        return new Subject(
                form.id(),
                "order:" + form.orderNo(),
                true,
                new Subject.Columns(
                        form.client(),
                        form.orderNo(),
                        row.get("county"),
                        row.get("dest_county"),
                        row.get("payer"),
                        row.get("receipt"),
                        row.get("service")),
                Subject.Standing.fresh(i.type.stage(), i.fact.at()),
                null,
                form.detail());
    }
}
