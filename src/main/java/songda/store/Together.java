package songda.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.springframework.dao.QueryTimeoutException;

/**
 * Lets concurrent callers share one commit: what waits while one is under way goes into the next. Each caller returns after
 * the commit that holds its own. A batch that fails is rolled back and its members are tried singly, so one bad member never
 * harms its neighbours. Where the connection was lost nobody knows whether it was: then nothing is tried again, and all hear of it.
 *
 * @param <Q> what one caller wants written
 * @param <A> what it is told afterwards
 */
public final class Together<Q, A> {

    private static final int MOST = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private record Waiting<Q, A>(Q wanted, CompletableFuture<A> answer) {}

    private final String name;
    private final int workers;
    private final Function<List<Q>, List<A>> commit;
    private final BlockingQueue<Waiting<Q, A>> queue = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running;

    /** @param commit writes and commits all, or throws with nothing written; an answer for each, in their order */
    public Together(String name, int workers, Function<List<Q>, List<A>> commit) {
        this.name = name;
        this.workers = workers;
        this.commit = commit;
    }

    /**
     * Returns after the commit.
     *
     * @throws QueryTimeoutException when there was no commit in 20 s; it may still come
     * @throws RuntimeException what stopped this member; then nothing of it was written, unless the connection was lost
     */
    public A write(Q wanted) {
        Waiting<Q, A> waiting = new Waiting<>(wanted, new CompletableFuture<>());
        queue.add(waiting);
        try {
            return waiting.answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            queue.remove(waiting);
            throw new QueryTimeoutException("no commit within " + PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryTimeoutException("interrupted while waiting for the commit", e);
        }
    }

    /** How many are in no commit yet. */
    int waiting() {
        return queue.size();
    }

    private void work() {
        List<Waiting<Q, A>> batch = new ArrayList<>(MOST);
        while (running || !queue.isEmpty()) {
            batch.clear();
            try {
                Waiting<Q, A> first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, MOST - 1);
                    write(batch);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Catches errors too: a worker that dies would leave all later callers waiting. */
    private void write(List<Waiting<Q, A>> batch) {
        try {
            List<A> answers = commit.apply(batch.stream().map(Waiting::wanted).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).answer.complete(answers.get(i));
            }
        } catch (RuntimeException | Error e) {
            if (batch.size() == 1 || Lost.connection(e)) {
                batch.forEach(w -> w.answer.completeExceptionally(e));
            } else {
                batch.forEach(w -> write(List.of(w)));
            }
        }
    }

    public void start() {
        running = true;
        for (int i = 0; i < workers; i++) {
            Thread thread = new Thread(this::work, name + "-" + i);
            thread.start();
            threads.add(thread);
        }
    }

    /** Writes what still waits, then ends. */
    public void stop() {
        running = false;
        for (Thread thread : threads) {
            try {
                thread.join(PATIENCE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        threads.clear();
    }

    public boolean isRunning() {
        return running;
    }
}
