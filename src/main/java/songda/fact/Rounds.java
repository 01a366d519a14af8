package songda.fact;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A thread that carries on what was committed, round after round: woken by the bell, once a second besides, and at once again
 * while its rounds are full.
 */
public final class Rounds {

    private static final long STOP_MILLIS = 15_000;

    /** Opened when the thread starts, closed when it ends. */
    public interface Work extends AutoCloseable {

        /** @return true when there is more to carry at once */
        boolean round() throws InterruptedException;

        /** How long to wait for the bell at most. */
        default Duration patience() {
            return Duration.ofSeconds(1);
        }

        /** A round failed; the next comes after the pause. */
        void failed(RuntimeException why);

        @Override
        void close();
    }

    private final String name;
    private final Duration gather;
    private final Supplier<Work> open;
    private final Semaphore woken = new Semaphore(0);
    private volatile boolean running;
    private Thread thread;

    /** @param gather how long to wait after the bell, so that one round serves many commits */
    public Rounds(String name, Bell bell, Duration gather, Supplier<Work> open) {
        this.name = name;
        this.gather = gather;
        this.open = open;
        bell.onRing(woken::release);
    }

    private void run() {
        try (Work work = open.get()) {
            while (running) {
                if (!round(work)) {
                    pause(work);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean round(Work work) throws InterruptedException {
        try {
            return work.round();
        } catch (RuntimeException e) {
            work.failed(e);
            return false;
        }
    }

    private void pause(Work work) throws InterruptedException {
        if (woken.tryAcquire(work.patience().toMillis(), TimeUnit.MILLISECONDS)) {
            TimeUnit.MILLISECONDS.sleep(gather.toMillis());
        }
        woken.drainPermits();
    }

    public void start() {
        running = true;
        thread = new Thread(this::run, name);
        thread.start();
    }

    /** Ends after the round that is under way. */
    public void stop() {
        running = false;
        woken.release();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public boolean isRunning() {
        return running;
    }
}
