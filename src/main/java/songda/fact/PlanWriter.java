package songda.fact;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import songda.store.Columns;
import songda.store.Ids;
import songda.store.Sql;

/** Writes what the steps planned and how the orders moved, one statement a table. */
final class PlanWriter {

    private static final String ORDERS_FOLLOW = Sql.file("order-follow");
    private static final String NAMED_FOLLOW = Sql.file("subject-follow");
    private static final String EFFECTS = Sql.file("effect-insert");
    private static final String OPEN = Sql.file("deadline-open");
    private static final String DONE = Sql.file("deadline-open-closed");
    private static final String CLOSE = Sql.file("deadline-close");
    private static final String COVERAGE = Sql.file("coverage-extend");

    private final Connection connection;
    private final List<Item> items;
    private final Ids ids;

    PlanWriter(Connection connection, List<Item> items, Ids ids) {
        this.connection = connection;
        this.items = items;
        this.ids = ids;
    }

    void write(Plan plan) throws SQLException {
        follow();
        cover();
        if (!plan.closings.isEmpty()) {
            new Columns<>(connection, CLOSE, plan.closings)
                    .longs(Plan.Closing::subject)
                    .longs(Plan.Closing::fact)
                    .texts(Plan.Closing::ladder)
                    .texts(Plan.Closing::at)
                    .texts(Plan.Closing::guarded)
                    .update();
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
                    .texts(Plan.Effect::gather)
                    .update();
        }
    }

    private void open(Plan plan) throws SQLException {
        List<Plan.Opening> openings = plan.openings();
        if (!openings.isEmpty()) {
            new Columns<>(connection, OPEN, openings)
                    .longs(Plan.Opening::subject)
                    .longs(o -> ids.next())
                    .longs(Plan.Opening::fact)
                    .texts(Plan.Opening::ladder)
                    .texts(o -> o.rung().rung())
                    .texts(o -> o.rung().version())
                    .texts(o -> o.rung().fromAt())
                    .texts(o -> o.rung().dueAt())
                    .texts(o -> o.rung().reports())
                    .texts(o -> o.rung().coveredBy())
                    .texts(o -> o.rung().provisional())
                    .texts(Plan.Opening::named)
                    .texts(o -> o.rung().keep())
                    .update();
        }
        if (!plan.closedAtOnce.isEmpty()) {
            new Columns<>(connection, DONE, plan.closedAtOnce)
                    .longs(Plan.Opening::subject)
                    .longs(o -> ids.next())
                    .longs(Plan.Opening::fact)
                    .texts(Plan.Opening::ladder)
                    .texts(o -> o.rung().rung())
                    .texts(o -> o.rung().version())
                    .texts(o -> o.rung().fromAt())
                    .texts(o -> o.rung().dueAt())
                    .texts(o -> o.rung().reports())
                    .update();
        }
    }

    private void follow() throws SQLException {
        Map<Long, Subject> changed = new LinkedHashMap<>();
        items.stream().map(i -> i.subject).filter(s -> s != null && s.changed()).forEach(s -> changed.put(s.id, s));
        follow(changed.values().stream().filter(Subject::isOrder).toList());
        List<Subject> named =
                changed.values().stream().filter(s -> !s.isOrder()).toList();
        if (!named.isEmpty()) {
            new Columns<>(connection, NAMED_FOLLOW, named)
                    .longs(Subject::id)
                    .texts(Subject::detail)
                    .update();
        }
    }

    private void follow(List<Subject> orders) throws SQLException {
        if (orders.isEmpty()) {
            return;
        }
        new Columns<>(connection, ORDERS_FOLLOW, orders)
                .longs(Subject::id)
                .texts(Subject::stage)
                .texts(Subject::stageAt)
                .texts(Subject::receiptStage)
                .texts(Subject::receiptAt)
                .texts(Subject::anomaly)
                .texts(Subject::anomalyAt)
                .texts(Subject::waybillNo)
                .texts(Subject::detail)
                .update();
    }

    private void cover() throws SQLException {
        for (Item i : items) {
            if (i.recorded() && i.type.covers() != null) {
                try (PreparedStatement extend = connection.prepareStatement(COVERAGE)) {
                    extend.setString(1, i.type.covers());
                    extend.setString(2, i.fact.data().path("until").asText());
                    extend.executeUpdate();
                }
            }
        }
    }
}
