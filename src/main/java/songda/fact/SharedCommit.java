package songda.fact;

import java.util.List;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import songda.store.Together;

/**
 * Lets concurrent requests share one commit: each is answered only after it. A batch that fails is rolled back and its
 * members are recorded singly, so one bad request never harms its neighbours.
 */
@Component
public final class SharedCommit implements SmartLifecycle {

    private static final int WORKERS = 2;
    private final Together<Submission, List<Outcome>> together;

    SharedCommit(Ledger ledger) {
        this.together = new Together<>("fact-commit", WORKERS, ledger::record);
    }

    /**
     * Returns after the commit.
     *
     * @throws org.springframework.dao.QueryTimeoutException when there was no commit in 20 s; the facts may still be recorded
     * @throws RuntimeException what stopped the recording; then nothing of the submission was written
     */
    public List<Outcome> record(Submission submission) {
        return together.write(submission);
    }

    @Override
    public void start() {
        together.start();
    }

    @Override
    public void stop() {
        together.stop();
    }

    @Override
    public boolean isRunning() {
        return together.isRunning();
    }

    /** Before the routes start, after they stop. */
    @Override
    public int getPhase() {
        return 0;
    }
}
