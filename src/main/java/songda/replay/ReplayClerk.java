package songda.replay;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import songda.failure.Refused;
import songda.store.Sql;

/** Works through bulk replays, letter by letter, at their pace. All that it knows is in the database: another node goes on in its place. */
@Component
final class ReplayClerk implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayClerk.class);
    private static final String CLAIM = Sql.file("replay-claim");
    private static final String NEXT = Sql.file("replay-next");
    private static final String PROGRESS = Sql.file("replay-progress");
    private static final String DONE = Sql.file("replay-done");
    private static final long LOOK_MILLIS = 500;
    private final UUID node = UUID.randomUUID();
    private final JdbcClient db;
    private final LetterReplay replay;
    private final Doors doors;
    private volatile boolean running;
    private boolean told;
    private ScheduledExecutorService clerk;

    ReplayClerk(JdbcClient db, LetterReplay replay, Doors doors) {
        this.db = db;
        this.replay = replay;
        this.doors = doors;
    }

    private record Job(long id, int rate, String who) {}

    private void look() {
        try {
            for (Optional<Job> job = claim(); running && job.isPresent(); job = claim()) {
                if (!work(job.get())) {
                    return;
                }
            }
            told = false;
        } catch (RuntimeException e) {
            if (!told && running) {
                LOG.warn(
                        "批量重放暂停，稍后继续 / a bulk replay pauses and goes on later: {}",
                        e.getClass().getName());
            }
            told = true;
        }
    }

    private Optional<Job> claim() {
        if (!doors.ready()) {
            return Optional.empty();
        }
        return db.sql(CLAIM)
                .params(node, node)
                .query((row, n) -> new Job(row.getLong("id"), row.getInt("rate"), row.getString("who")))
                .optional();
    }

    /** @return false when somebody else has what is left: look again later */
    private boolean work(Job job) {
        LetterReplay.By by = new LetterReplay.By(
                job.who(),
                job.id(),
                replayed -> db.sql(PROGRESS)
                                .params(replayed ? 1 : 0, replayed ? 0 : 1, job.id(), node)
                                .update()
                        > 0);
        long pause = TimeUnit.SECONDS.toNanos(1) / job.rate();
        long next = System.nanoTime();
        Optional<Long> letter = next(job, 0);
        while (running && letter.isPresent()) {
            for (long wait = next - System.nanoTime(); wait > 0 && running; wait = next - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            next = Math.max(next + pause, System.nanoTime());
            if (!replay(letter.get(), by)) {
                return true; // paused, cancelled or taken over: what there is to do is asked anew
            }
            letter = next(job, letter.get());
        }
        return running && db.sql(DONE).params(job.id(), node).update() > 0;
    }

    /** @return false when the job does not want it any more */
    private boolean replay(long letter, LetterReplay.By by) {
        try {
            return replay.run(String.valueOf(letter), by, false).isPresent();
        } catch (Refused e) {
            return true; // somebody is replaying this one by hand, or has dropped it
        }
    }

    private Optional<Long> next(Job job, long after) {
        return db.sql(NEXT).params(job.id(), after).query(Long.class).optional();
    }

    @Override
    public void start() {
        running = true;
        clerk = Executors.newSingleThreadScheduledExecutor(r -> new Thread(r, "replay-clerk"));
        clerk.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Ends after the letter that is under way. */
    @Override
    public void stop() {
        running = false;
        clerk.shutdown();
        try {
            clerk.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the routes, and ended before them. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
