package partners;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/** Runs tasks at hub times; tasks of one lane run one after another, in the order in which they fell due. */
final class HubTimer implements Runnable {
    private static final long LONGEST_NAP_MILLIS = 1_000;

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::at).thenComparingLong(Task::number));
    private final Map<String, CompletableFuture<Void>> lanes = new ConcurrentHashMap<>();
    private final ExecutorService pool;
    private HubTime time;
    private long number;

    HubTimer(ExecutorService pool) {
        this.pool = pool;
    }

    synchronized void follow(HubTime clock) {
        time = clock;
        notifyAll();
    }

    synchronized void at(Instant due, String lane, Runnable work) {
        tasks.add(new Task(due, number++, lane, work));
        notifyAll();
    }

    /** To be called when the hub's clock was read anew. */
    synchronized void clockRead() {
        notifyAll();
    }

    @Override
    public void run() {
        try {
            while (true) start(next());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Task next() throws InterruptedException {
        while (true) {
            Task first = tasks.peek();
            long wait = first == null || time == null ? Long.MAX_VALUE : time.wallUntil(first.at);
            if (wait <= 0) return tasks.poll();
            wait(Math.max(1, Math.min(wait / 1_000_000, LONGEST_NAP_MILLIS)));
        }
    }

    private void start(Task task) {
        lanes.compute(task.lane, (lane, last) -> (last == null ? CompletableFuture.<Void>completedFuture(null) : last)
                .handleAsync(
                        (done, failure) -> {
                            task.work.run();
                            return null;
                        },
                        pool));
    }

    private record Task(Instant at, long number, String lane, Runnable work) {}
}
