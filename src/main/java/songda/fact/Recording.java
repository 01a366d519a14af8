package songda.fact;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import songda.order.OrderForm;
import songda.store.Columns;
import songda.store.Ids;
import songda.store.Sql;

/** One batch on its way into one transaction. The order of its statements is the order of locks everywhere: orders, then the rest. */
final class Recording {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NONCES = Sql.file("nonce-use");
    private static final String KEYS_USE = Sql.file("idempotency-use");
    private static final String KEYS_FIND = Sql.file("idempotency-find");
    private static final String ORDERS_INSERT = Sql.file("order-insert");
    private static final String ORDERS_EXISTING = Sql.file("order-existing");
    private static final String ORDERS_LOCK = Sql.file("order-lock");
    private static final String ORDERS_FOLLOW = Sql.file("order-follow");
    private static final String SUBJECTS_INSERT = Sql.file("subject-insert");
    private static final String SUBJECTS_LOCK = Sql.file("subject-lock");
    private static final String FACTS = Sql.file("fact-insert");
    private static final String EFFECTS = Sql.file("effect-insert");
    private static final String OPEN = Sql.file("deadline-open");
    private static final String CLOSE = Sql.file("deadline-close");
    private static final String COVERAGE = Sql.file("coverage-extend");

    /** One fact of the batch and what becomes of it. */
    private static final class Item {
        final Submission submission;
        final NewFact fact;
        final FactType type;
        Subject subject;
        long factId;
        Outcome outcome;

        Item(Submission submission, NewFact fact, FactType type) {
            this.submission = submission;
            this.fact = fact;
            this.type = type;
        }

        OrderForm form() {
            return fact.form().orElseThrow();
        }
    }

    private record Opening(Plan.Opening row, long state) {}

    private final Connection connection;
    private final List<Submission> batch;
    private final List<Item> items = new ArrayList<>();
    private final Steps steps;
    private final Ids ids;

    Recording(Connection connection, List<Submission> batch, FactCatalogue catalogue, Steps steps, Ids ids) {
        this.connection = connection;
        this.batch = batch;
        this.steps = steps;
        this.ids = ids;
        batch.forEach(s -> s.facts().forEach(f -> items.add(new Item(s, f, catalogue.get(f.name())))));
    }

    List<List<Outcome>> run() throws SQLException {
        useUpNonces();
        useUpKeys();
        insertOrders();
        lockSubjects();
        insertFacts();
        write(plan());
        return outcomes();
    }

    private void useUpNonces() throws SQLException {
        List<Submission> signed =
                batch.stream().filter(s -> s.caller().isPresent()).toList();
        if (signed.isEmpty()) {
            return;
        }
        Map<String, Integer> fresh = new HashMap<>();
        query(
                new Columns<>(connection, NONCES, signed)
                        .texts(s -> s.caller().get().keyId())
                        .texts(s -> s.caller().get().nonce()),
                row -> fresh.merge(row.getString(1) + '\n' + row.getString(2), 1, Integer::sum));
        // A nonce that stands twice in one batch is fresh for the first of the two only.
        for (Submission s : signed) {
            String nonce = s.caller().get().keyId() + '\n' + s.caller().get().nonce();
            if (fresh.merge(nonce, -1, Integer::sum) < 0) {
                of(s).forEach(i -> i.outcome = new Outcome.Replayed());
            }
        }
    }

    private void useUpKeys() throws SQLException {
        List<Item> keyed = open(
                i -> i.submission.idempotencyKey().isPresent() && i.fact.form().isPresent());
        if (keyed.isEmpty()) {
            return;
        }
        new Columns<>(connection, KEYS_USE, keyed)
                .texts(i -> i.form().client())
                .texts(i -> i.submission.idempotencyKey().get())
                .bytes(i -> i.form().bodyHash())
                .texts(i -> i.form().orderNo())
                .statement()
                .executeUpdate();
        Map<String, byte[]> known = new HashMap<>();
        query(
                new Columns<>(connection, KEYS_FIND, keyed)
                        .texts(i -> i.form().client())
                        .texts(i -> i.submission.idempotencyKey().get()),
                row -> known.put(row.getString(1) + '\n' + row.getString(2), row.getBytes(3)));
        for (Item i : keyed) {
            byte[] hash = known.get(
                    i.form().client() + '\n' + i.submission.idempotencyKey().get());
            if (!Arrays.equals(hash, i.form().bodyHash())) {
                i.outcome = new Outcome.KeyReused();
            }
        }
    }

    private void insertOrders() throws SQLException {
        List<Item> orders = open(i -> i.fact.form().isPresent());
        if (orders.isEmpty()) {
            return;
        }
        Columns<Item> columns = new Columns<>(connection, ORDERS_INSERT, orders)
                .longs(i -> i.form().id())
                .texts(i -> i.form().client())
                .texts(i -> i.form().orderNo())
                .bytes(i -> i.form().bodyHash());
        for (String name : List.of("county", "dest_county", "payer", "receipt", "service")) {
            columns.texts(i -> i.form().row().get(name));
        }
        columns.texts(i -> i.type.stage()).texts(i -> i.fact.at()).texts(i -> i.form()
                .detail());
        for (String name : List.of(
                "recipient_name",
                "recipient_phone",
                "recipient_id_no",
                "recipient_address",
                "sender_name",
                "sender_phone",
                "sender_address",
                "more",
                "phone_hash",
                "phone_tail_hash")) {
            columns.bytes(i -> i.form().sealed().get(name));
        }
        Set<Long> inserted = new HashSet<>();
        query(columns, row -> inserted.add(row.getLong(1)));
        orders.stream().filter(i -> inserted.contains(i.form().id())).forEach(i -> i.subject = subject(i));
        compareWithExisting(orders.stream().filter(i -> i.subject == null).toList());
    }

    private void compareWithExisting(List<Item> known) throws SQLException {
        if (known.isEmpty()) {
            return;
        }
        Map<String, Object[]> rows = new HashMap<>();
        query(
                new Columns<>(connection, ORDERS_EXISTING, known)
                        .texts(i -> i.form().orderNo())
                        .texts(i -> i.form().client()),
                row -> rows.put(
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
                i.type.stage(),
                i.fact.at(),
                "NONE",
                null,
                form.detail());
    }

    private void lockSubjects() throws SQLException {
        List<Item> wanting = open(i -> i.subject == null);
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
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        String client = i.submission.caller().map(c -> c.client()).orElse("");
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
        try (PreparedStatement lock = connection.prepareStatement(ORDERS_LOCK)) {
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
            each(
                    lock,
                    row -> found.add(mine.containsKey(row.getLong("id")) ? mine.get(row.getLong("id")) : order(row)));
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
                    row.getString("stage"),
                    row.getTimestamp("stage_at").toInstant(),
                    row.getString("receipt_stage"),
                    row.getString("waybill_no"),
                    (ObjectNode) JSON.readTree(row.getString("detail")));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new SQLException("orders.detail is no JSON object: order " + row.getLong("id"), e);
        }
    }

    private void lockNamed(List<Item> wanting, List<Subject> found) throws SQLException {
        List<String> names = wanting.stream()
                .map(i -> i.fact.about())
                .filter(NewFact.ByName.class::isInstance)
                .map(a -> ((NewFact.ByName) a).name())
                .distinct()
                .toList();
        if (names.isEmpty()) {
            return;
        }
        new Columns<>(connection, SUBJECTS_INSERT, names)
                .longs(n -> ids.next())
                .texts(n -> n)
                .statement()
                .executeUpdate();
        query(
                new Columns<>(connection, SUBJECTS_LOCK, names).texts(n -> n),
                row -> found.add(new Subject(
                        row.getLong(1),
                        row.getString(2),
                        false,
                        Subject.Columns.NONE,
                        null,
                        null,
                        null,
                        null,
                        JSON.createObjectNode())));
    }

    private void insertFacts() throws SQLException {
        List<Item> known = open(i -> true);
        if (known.isEmpty()) {
            return;
        }
        known.forEach(i -> i.factId = ids.next());
        Set<Long> fresh = new HashSet<>();
        query(
                new Columns<>(connection, FACTS, known)
                        .longs(i -> i.subject.id)
                        .longs(i -> i.factId)
                        .texts(i -> i.fact.name())
                        .texts(i -> i.fact.source())
                        .texts(i -> i.fact.sourceId())
                        .texts(i -> i.fact.at())
                        .texts(i -> i.fact.data())
                        .texts(i -> i.submission.correlation()),
                row -> fresh.add(row.getLong(1)));
        for (Item i : known) {
            i.outcome = fresh.contains(i.factId)
                    ? new Outcome.Recorded(i.subject.id, i.factId)
                    : new Outcome.SeenBefore(i.subject.id);
        }
    }

    private Plan plan() {
        Plan plan = new Plan();
        for (Item i : items) {
            if (i.outcome instanceof Outcome.Recorded) {
                i.subject.follow(i.type, i.fact);
                Fact fact = new Fact(i.factId, i.fact.name(), i.fact.source(), i.fact.at(), i.subject, i.fact.data());
                plan.now(fact);
                run(fact, i.type, plan);
            }
        }
        return plan;
    }

    private void run(Fact fact, FactType type, Plan plan) {
        var waiting = steps.of(fact.name());
        if (waiting.isEmpty() && !type.silent()) {
            throw new StepFailed("no step waits for " + fact.name()
                    + ": write one in routes/flow or mark it silent in routes/facts.yaml");
        }
        for (Steps.Step step : waiting) {
            try {
                step.run(fact, plan);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new StepFailed(e);
            }
        }
    }

    private void write(Plan plan) throws SQLException {
        follow();
        cover();
        if (!plan.closings.isEmpty()) {
            new Columns<>(connection, CLOSE, plan.closings)
                    .longs(Plan.Closing::subject)
                    .longs(Plan.Closing::fact)
                    .texts(Plan.Closing::ladder)
                    .texts(Plan.Closing::at)
                    .statement()
                    .executeUpdate();
        }
        open(plan);
        if (!plan.effects.isEmpty()) {
            new Columns<>(connection, EFFECTS, plan.effects)
                    .longs(Plan.Effect::subject)
                    .longs(e -> ids.next())
                    .longs(Plan.Effect::fact)
                    .texts(Plan.Effect::door)
                    .texts(Plan.Effect::addressee)
                    .texts(Plan.Effect::args)
                    .texts(Plan.Effect::notBefore)
                    .statement()
                    .executeUpdate();
        }
    }

    private void open(Plan plan) throws SQLException {
        List<Opening> openings = Stream.concat(
                        plan.openings.stream().map(o -> new Opening(o, 0)),
                        plan.closedAtOnce.stream().map(o -> new Opening(o, 2)))
                .toList();
        if (openings.isEmpty()) {
            return;
        }
        new Columns<>(connection, OPEN, openings)
                .longs(o -> o.row.subject())
                .longs(o -> ids.next())
                .longs(o -> o.row.fact())
                .texts(o -> o.row.ladder())
                .texts(o -> o.row.rung())
                .texts(o -> o.row.version())
                .texts(o -> o.row.dueAt())
                .texts(o -> o.row.reports())
                .texts(o -> o.row.coveredBy())
                .longs(Opening::state)
                .statement()
                .executeUpdate();
    }

    private void follow() throws SQLException {
        Map<Long, Subject> changed = new LinkedHashMap<>();
        items.stream().map(i -> i.subject).filter(s -> s != null && s.changed()).forEach(s -> changed.put(s.id, s));
        if (changed.isEmpty()) {
            return;
        }
        new Columns<>(connection, ORDERS_FOLLOW, List.copyOf(changed.values()))
                .longs(Subject::id)
                .texts(Subject::stage)
                .texts(Subject::stageAt)
                .texts(Subject::receiptStage)
                .texts(Subject::waybillNo)
                .texts(Subject::detail)
                .statement()
                .executeUpdate();
    }

    private void cover() throws SQLException {
        for (Item i : items) {
            if (i.outcome instanceof Outcome.Recorded && i.type.covers() != null) {
                try (PreparedStatement extend = connection.prepareStatement(COVERAGE)) {
                    extend.setString(1, i.type.covers());
                    extend.setString(2, i.fact.data().path("until").asText());
                    extend.executeUpdate();
                }
            }
        }
    }

    private List<List<Outcome>> outcomes() {
        return batch.stream()
                .map(s -> of(s).stream().map(i -> i.outcome).toList())
                .toList();
    }

    private List<Item> of(Submission submission) {
        return items.stream().filter(i -> i.submission == submission).toList();
    }

    private List<Item> open(Function<Item, Boolean> also) {
        return items.stream().filter(i -> i.outcome == null && also.apply(i)).toList();
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private static void query(Columns<?> columns, RowReader reader) throws SQLException {
        try (PreparedStatement statement = columns.statement()) {
            each(statement, reader);
        }
    }

    private static void each(PreparedStatement statement, RowReader reader) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }
}
