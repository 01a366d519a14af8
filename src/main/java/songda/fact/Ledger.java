package songda.fact;

import java.sql.Connection;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import songda.person.Sealer;
import songda.store.Ids;

/** Records facts: facts, order rows, effects and deadlines of a whole batch in one transaction, one statement a table. */
@Component
public final class Ledger {

    private final JdbcTemplate db;
    private final TransactionTemplate transaction;
    private final FactCatalogue catalogue;
    private final Steps steps;
    private final Ids ids;
    private final Bell bell;
    private final Sealer sealer;
    private final List<FactListener> listeners;

    Ledger(
            JdbcTemplate db,
            TransactionTemplate transaction,
            FactCatalogue catalogue,
            Steps steps,
            Ids ids,
            Bell bell,
            Sealer sealer,
            ObjectProvider<FactListener> listeners) {
        this.db = db;
        this.transaction = transaction;
        this.catalogue = catalogue;
        this.steps = steps;
        this.ids = ids;
        this.bell = bell;
        this.sealer = sealer;
        this.listeners = listeners.orderedStream().toList();
    }

    /**
     * Joins the transaction of the caller or opens one. All is written or, with any exception, nothing.
     *
     * @return an outcome for each fact of each submission, in their order
     */
    public List<List<Outcome>> record(List<Submission> batch) {
        steps.gate().readLock().lock();
        try {
            return transaction.execute(
                    status -> db.execute((ConnectionCallback<List<List<Outcome>>>) c -> write(c, batch)));
        } finally {
            steps.gate().readLock().unlock();
        }
    }

    private List<List<Outcome>> write(Connection connection, List<Submission> batch) throws java.sql.SQLException {
        Recording recording = new Recording(connection, batch, catalogue, steps, ids, sealer);
        List<List<Outcome>> outcomes = recording.run();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                bell.ring();
                listeners.forEach(listener -> tell(listener, batch, outcomes));
            }
        });
        return outcomes;
    }

    private static void tell(FactListener listener, List<Submission> batch, List<List<Outcome>> outcomes) {
        for (int i = 0; i < batch.size(); i++) {
            for (int j = 0; j < outcomes.get(i).size(); j++) {
                if (outcomes.get(i).get(j) instanceof Outcome.Recorded) {
                    listener.recorded(batch.get(i).facts().get(j));
                }
            }
        }
    }
}
