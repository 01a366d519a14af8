package songda.fact;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.stereotype.Component;

/**
 * Lets concurrent requests share one commit: each is answered only after it. A batch that fails is rolled back and its
 * members are recorded singly, so one bad request never harms its neighbours.
 */
@Component
public final class SharedCommit implements SmartLifecycle {

    private static final int WORKERS = 2;
    private static final int MOST = 64;
    private static final int PATIENCE_SECONDS = 20;

    private record Waiting(Submission submission, CompletableFuture<List<Outcome>> answer) {}

    private final Ledger ledger;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final List<Thread> workers = new ArrayList<>();
    private volatile boolean running;

    SharedCommit(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Returns after the commit.
     *
     * @throws QueryTimeoutException when there was no commit in 20 s; the facts may still be recorded
     * @throws RuntimeException what stopped the recording; then nothing of the submission was written
     */
    public List<Outcome> record(Submission submission) {
        Waiting waiting = new Waiting(submission, new CompletableFuture<>());
        queue.add(waiting);
        try {
            return waiting.answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException r ? r : new StepFailed(e.getCause());
        } catch (TimeoutException e) {
            queue.remove(waiting);
            throw new QueryTimeoutException("no commit within " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryTimeoutException("interrupted while waiting for the commit", e);
        }
    }

    private void work() {
        List<Waiting> batch = new ArrayList<>(MOST);
        while (running || !queue.isEmpty()) {
            batch.clear();
            try {
                Waiting first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, MOST - 1);
                    record(batch);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void record(List<Waiting> batch) {
        try {
            var outcomes = ledger.record(batch.stream().map(Waiting::submission).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).answer.complete(outcomes.get(i));
            }
        } catch (RuntimeException e) {
            if (batch.size() == 1) {
                batch.get(0).answer.completeExceptionally(e);
            } else {
                batch.forEach(w -> record(List.of(w)));
            }
        }
    }

    @Override
    public void start() {
        running = true;
        for (int i = 0; i < WORKERS; i++) {
            Thread worker = new Thread(this::work, "fact-commit-" + i);
            worker.start();
            workers.add(worker);
        }
    }

    @Override
    public void stop() {
        running = false;
        for (Thread worker : workers) {
            try {
                worker.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        workers.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the routes start, after they stop. */
    @Override
    public int getPhase() {
        return 0;
    }
}
