package songda.chaos;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Waits until nothing is under way any more, at most for a stated time. */
final class Convergence {

    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final String EFFECTS =
            """
            select e.state || ' at ' || e.door || ' × ' || count(*)
            from effect e
            where (e.state in ('PENDING', 'RELAYED', 'SENDING', 'RETRY') or e.state = 'UNKNOWN' and e.next_attempt_at is not null)
              and (e.not_before is null or e.not_before <= hub_now())
              and not exists (
                select from effect b where b.subject = e.subject and b.door = e.door and b.id < e.id and b.state = 'UNKNOWN')
            group by e.state, e.door order by 1""";
    private static final String DEADLINES =
            """
            select 'due and not fired: ' || ladder || ' × ' || count(*)
            from deadline
            where state = 0 and due_at <= hub_now()
              and (covered_by is null or due_at <= (select covered_until from coverage where system = covered_by))
            group by ladder order by 1""";
    private static final String STREAM =
            """
            select 'facts not published × ' || count(*)
            from fact f, fact_stream s
            where (f.xid, f.id) > (s.xid, s.id)
            having count(*) > 0""";

    private final World world;
    private final Rows rows;
    private final Sender sender;
    private final Walks walks;

    Convergence(World world, Rows rows, Sender sender, Walks walks) {
        this.world = world;
        this.rows = rows;
        this.sender = sender;
        this.walks = walks;
    }

    /** @return what was still under way when the time was over; empty when all has arrived */
    List<String> await(Duration most) throws InterruptedException {
        Instant end = Instant.now().plus(most);
        Instant quietSince = Instant.now();
        List<String> left = left();
        while (Instant.now().isBefore(end)
                && (!left.isEmpty()
                        || Duration.between(quietSince, Instant.now()).compareTo(QUIET) < 0)) {
            Thread.sleep(500);
            left = left();
            if (!left.isEmpty()) {
                quietSince = Instant.now();
            }
        }
        return left;
    }

    private List<String> left() {
        List<String> left = new ArrayList<>();
        if (sender.open() > 0) {
            left.add("messages of the driver without an answer × " + sender.open());
        }
        if (walks.open() > 0) {
            left.add("parcels on their way × " + walks.open());
        }
        if (!world.ready()) {
            left.add("a node is not ready");
        }
        try {
            for (String question : List.of(EFFECTS, DEADLINES, STREAM)) {
                left.addAll(rows.read(question, row -> row.getString(1)));
            }
        } catch (SQLException e) {
            left.add("the database does not answer: " + e.getMessage());
        }
        return left;
    }
}
