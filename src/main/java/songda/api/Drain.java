package songda.api;

import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/**
 * Before anything else stops: /readyz says no already, whoever feeds the hub looks elsewhere, and each answer ends its connection. What
 * comes after that is told to come back.
 */
final class Drain implements SmartLifecycle {

    private final Duration length;
    private volatile boolean running;
    private volatile boolean begun;
    private volatile boolean over;

    /** @param length how long those who feed the hub need to notice */
    Drain(Duration length) {
        this.length = length;
    }

    boolean begun() {
        return begun;
    }

    boolean over() {
        return over;
    }

    @Override
    public void start() {
        running = true;
        begun = false;
        over = false;
    }

    @Override
    public void stop() {
        begun = true;
        try {
            Thread.sleep(length.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        over = true;
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The last to start, the first to stop. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
