package songda.fact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import songda.store.Columns;
import songda.store.Ids;
import songda.store.Sql;

/** Finds and locks what the facts of a batch are about, in the order of ids: the first lock of every transaction. */
final class SubjectLocks {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ORDERS = Sql.file("order-lock");
    private static final String NAMED_INSERT = Sql.file("subject-insert");
    private static final String NAMED = Sql.file("subject-lock");

    private final Connection connection;
    private final List<Item> items;
    private final Ids ids;

    SubjectLocks(Connection connection, List<Item> items, Ids ids) {
        this.connection = connection;
        this.items = items;
        this.ids = ids;
    }

    void lock() throws SQLException {
        List<Item> wanting = Item.open(items, i -> i.subject == null);
        if (wanting.isEmpty()) {
            return;
        }
        List<Subject> found = new ArrayList<>();
        lockOrders(wanting, found);
        lockNamed(wanting, found);
        Map<Object, List<Subject>> byKey = new HashMap<>();
        for (Subject s : found) {
            Stream.of(s.id, s.name, "w:" + s.waybillNo(), "o:" + s.columns().orderNo())
                    .forEach(key ->
                            byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(s));
        }
        for (Item i : wanting) {
            i.subject = pick(i, byKey.getOrDefault(key(i.fact.about()), List.of()));
            if (i.subject == null) {
                i.outcome = new Outcome.UnknownSubject(i.fact);
            }
        }
    }

    private static Object key(NewFact.About about) {
        if (about instanceof NewFact.ById by) {
            return by.subject();
        } else if (about instanceof NewFact.ByName by) {
            return by.name();
        } else if (about instanceof NewFact.ByWaybill by) {
            return "w:" + by.waybillNo();
        }
        return "o:" + ((NewFact.ByOrderNo) about).orderNo();
    }

    /** Two clients may use one order number: then only the client itself can mean it. */
    private static Subject pick(Item i, List<Subject> candidates) {
        String client = i.submission.caller().map(c -> c.client()).orElse("");
        // An office speaks of its own orders only, whatever number it names.
        boolean own = i.fact.source().equals("gov");
        if (candidates.size() == 1 && !own) {
            return candidates.get(0);
        }
        return candidates.stream()
                .filter(s -> s.columns().client().equals(client))
                .findFirst()
                .orElse(null);
    }

    private void lockOrders(List<Item> wanting, List<Subject> found) throws SQLException {
        List<NewFact.About> abouts = wanting.stream().map(i -> i.fact.about()).toList();
        if (abouts.stream().allMatch(NewFact.ByName.class::isInstance)) {
            return;
        }
        try (PreparedStatement lock = connection.prepareStatement(ORDERS)) {
            lock.setArray(1, connection.createArrayOf("int8", pick(abouts, NewFact.ById.class, NewFact.ById::subject)));
            lock.setArray(
                    2,
                    connection.createArrayOf(
                            "text", pick(abouts, NewFact.ByWaybill.class, NewFact.ByWaybill::waybillNo)));
            lock.setArray(
                    3,
                    connection.createArrayOf(
                            "text", pick(abouts, NewFact.ByOrderNo.class, NewFact.ByOrderNo::orderNo)));
            Map<Long, Subject> mine = new HashMap<>();
            items.stream().map(i -> i.subject).filter(s -> s != null).forEach(s -> mine.put(s.id, s));
            try (ResultSet rows = lock.executeQuery()) {
                while (rows.next()) {
                    Subject known = mine.get(rows.getLong("id"));
                    found.add(known != null ? known : order(rows));
                }
            }
        }
    }

    private static <A> Object[] pick(List<NewFact.About> abouts, Class<A> kind, Function<A, Object> key) {
        return abouts.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .map(key)
                .distinct()
                .toArray();
    }

    private static Subject order(ResultSet row) throws SQLException {
        try {
            return new Subject(
                    row.getLong("id"),
                    "order:" + row.getString("order_no"),
                    true,
                    new Subject.Columns(
                            row.getString("client"),
                            row.getString("order_no"),
                            row.getString("county"),
                            row.getString("dest_county"),
                            row.getString("payer"),
                            row.getString("receipt"),
                            row.getString("service")),
                    new Subject.Standing(
                            row.getString("stage"),
                            row.getTimestamp("stage_at").toInstant(),
                            row.getString("receipt_stage"),
                            row.getTimestamp("receipt_at").toInstant(),
                            row.getString("anomaly"),
                            row.getTimestamp("anomaly_at").toInstant()),
                    row.getString("waybill_no"),
                    (ObjectNode) JSON.readTree(row.getString("detail")));
        } catch (JsonProcessingException e) {
            throw new SQLException("orders.detail is no JSON object: order " + row.getLong("id"), e);
        }
    }

    /** Those that are said by name, and those said by an id that is no order's: a deadline knows its subject so. */
    private void lockNamed(List<Item> wanting, List<Subject> found) throws SQLException {
        List<NewFact.About> abouts = wanting.stream().map(i -> i.fact.about()).toList();
        Object[] names = pick(abouts, NewFact.ByName.class, NewFact.ByName::name);
        Set<Long> orders = found.stream().map(s -> s.id).collect(Collectors.toSet());
        Object[] ids = Stream.of(pick(abouts, NewFact.ById.class, NewFact.ById::subject))
                .filter(id -> !orders.contains(id))
                .toArray();
        if (names.length > 0) {
            new Columns<>(connection, NAMED_INSERT, List.of(names))
                    .longs(n -> this.ids.next())
                    .texts(n -> n)
                    .update();
        }
        if (names.length + ids.length > 0) {
            lockNamed(names, ids, found);
        }
    }

    private void lockNamed(Object[] names, Object[] ids, List<Subject> found) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(NAMED)) {
            lock.setArray(1, connection.createArrayOf("text", names));
            lock.setArray(2, connection.createArrayOf("int8", ids));
            try (ResultSet rows = lock.executeQuery()) {
                while (rows.next()) {
                    found.add(named(rows));
                }
            }
        }
    }

    /** Where it lies is what it keeps as its county, if it does: whose rounds count, and who answers for it. */
    private static Subject named(ResultSet row) throws SQLException {
        try {
            ObjectNode detail = (ObjectNode) JSON.readTree(row.getString(3));
            return new Subject(
                    row.getLong(1),
                    row.getString(2),
                    false,
                    Subject.Columns.NONE.at(detail.path("county").asText("")),
                    Subject.Standing.fresh(null, null),
                    null,
                    detail);
        } catch (JsonProcessingException e) {
            throw new SQLException("subject.detail is no JSON object: subject " + row.getLong(1), e);
        }
    }
}
