package songda.fact;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import songda.person.Sealer;
import songda.store.Columns;
import songda.store.Ids;
import songda.store.Sql;

/** One batch on its way into one transaction. The order of its statements is the order of locks everywhere: orders, then the rest. */
final class Recording {

    private static final String FACTS = Sql.file("fact-insert");
    /** By the part of a person that a fact seals: how an order keeps it. */
    static final Map<String, String> SEALS =
            Map.of("redirect", Sql.file("order-redirect"), "agent", Sql.file("order-agent"));

    private static final String ELSEWHERE = Sql.file("order-elsewhere");
    private static final String KNOWN = Sql.file("fact-known");
    private static final String WITHDRAW = Sql.file("fact-withdraw");

    private final Connection connection;
    private final List<Submission> batch;
    private final List<Item> items = new ArrayList<>();
    private final Steps steps;
    private final Ids ids;
    private final Sealer sealer;

    Recording(
            Connection connection,
            List<Submission> batch,
            FactCatalogue catalogue,
            Steps steps,
            Ids ids,
            Sealer sealer) {
        this.sealer = sealer;
        this.connection = connection;
        this.batch = batch;
        this.steps = steps;
        this.ids = ids;
        batch.forEach(s -> s.facts().forEach(f -> items.add(new Item(s, f, catalogue.get(f.name())))));
    }

    List<List<Outcome>> run() throws SQLException {
        Admission admission = new Admission(connection, batch, items);
        admission.useUpNonces();
        admission.useUpKeys();
        new NewOrders(connection).insert(Item.open(items, Item::hasForm));
        new SubjectLocks(connection, items, ids).lock();
        insertFacts();
        seal();
        refuseWhatRetractsNothing();
        countElsewhere();
        Plan plan = plan();
        withdraw();
        new PlanWriter(connection, items, ids).write(plan);
        return outcomes();
    }

    private void insertFacts() throws SQLException {
        List<Item> known = Item.open(items, i -> true);
        if (known.isEmpty()) {
            return;
        }
        known.forEach(i -> i.factId = ids.next());
        Set<Long> fresh = new HashSet<>();
        new Columns<>(connection, FACTS, known)
                .longs(i -> i.subject.id)
                .longs(i -> i.factId)
                .texts(i -> i.fact.name())
                .texts(i -> i.fact.source())
                .texts(i -> i.fact.sourceId())
                .texts(i -> i.fact.at())
                .texts(i -> i.fact.data())
                .texts(i -> i.submission.correlation())
                .longs(i -> i.submission.canary().orElseGet(steps::configuration))
                .query(row -> fresh.add(row.getLong(1)));
        for (Item i : known) {
            i.outcome = fresh.contains(i.factId)
                    ? new Outcome.Recorded(i.subject.id, i.factId)
                    : new Outcome.SeenBefore(i.subject.id);
        }
    }

    /** Under the lock of its order, and only where the fact was new: a message that comes twice changes nothing. */
    private void seal() throws SQLException {
        Map<String, List<Item>> telling = items.stream()
                .filter(i -> i.recorded() && i.fact.person().isPresent() && i.subject.order)
                .collect(Collectors.groupingBy(i -> i.type.seals()));
        for (Map.Entry<String, List<Item>> part : telling.entrySet()) {
            new Columns<>(connection, SEALS.get(part.getKey()), part.getValue())
                    .longs(i -> i.subject.id)
                    .bytes(i -> sealer.seal(
                            i.fact.person().orElseThrow().toString(), "orders." + part.getKey(), i.subject.id))
                    .update();
        }
    }

    /** Looked up after the insert: one message may bring an event and take it back. */
    private void refuseWhatRetractsNothing() throws SQLException {
        List<Item> retracting = items.stream()
                .filter(i -> i.recorded() && i.fact.retracts().isPresent())
                .toList();
        if (retracting.isEmpty()) {
            return;
        }
        Set<String> known = new HashSet<>();
        new Columns<>(connection, KNOWN, retracting)
                .texts(i -> i.fact.source())
                .texts(i -> i.fact.retracts().orElseThrow())
                .query(row -> known.add(row.getString(1) + '\n' + row.getString(2)));
        retracting.stream()
                .filter(i -> !known.contains(
                        i.fact.source() + '\n' + i.fact.retracts().orElseThrow()))
                .forEach(i -> i.outcome = new Outcome.NothingToRetract(i.fact));
    }

    /** What was inserted before it was clear that it is not to be; nobody outside this transaction has seen it. */
    private void withdraw() throws SQLException {
        List<Item> refused = items.stream()
                .filter(i -> i.outcome instanceof Outcome.NothingToRetract || i.outcome instanceof Outcome.WrongStage)
                .toList();
        if (!refused.isEmpty()) {
            new Columns<>(connection, WITHDRAW, refused)
                    .longs(i -> i.subject.id)
                    .longs(i -> i.factId)
                    .update();
        }
    }

    /** Asked once for all facts of a batch that want to know. */
    private void countElsewhere() throws SQLException {
        List<Item> asking = items.stream()
                .filter(i -> i.recorded() && i.type.ofRecipient() && i.subject.order)
                .toList();
        if (!asking.isEmpty()) {
            asking.forEach(i -> i.subject.elsewhere(i.type.counts(), 0));
            Map<Long, List<Item>> byId = asking.stream().collect(Collectors.groupingBy(i -> i.subject.id));
            new Columns<>(connection, ELSEWHERE, asking)
                    .longs(i -> i.subject.id)
                    .texts(i -> i.type.counts())
                    .query(row -> byId.get(row.getLong(1)).get(0).subject.elsewhere(row.getString(2), row.getInt(3)));
        }
    }

    private Plan plan() {
        Plan plan = new Plan();
        for (Item i : items) {
            if (i.recorded() && i.subject.refuses(i.type)) {
                i.outcome = new Outcome.WrongStage(i.type, i.subject.stage());
            } else if (i.recorded()) {
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

    private List<List<Outcome>> outcomes() {
        return batch.stream()
                .map(s -> Item.of(items, s).stream().map(i -> i.outcome).toList())
                .toList();
    }
}
