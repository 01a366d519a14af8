package songda.configuration;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import songda.check.Spare;

/** Keeps a process at hand in which the next change is tried. */
@Component
final class Standby implements DisposableBean {

    /** After the start, whose processor time it would take. */
    private static final long AFTER_SECONDS = 15;

    private final Turn turn;
    private final boolean wanted;
    private final Spare spare = new Spare();

    /** @param wanted false saves its memory, and each change waits for the start of a process */
    Standby(Turn turn, @Value("${songda.config.standby:true}") boolean wanted) {
        this.turn = turn;
        this.wanted = wanted;
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        CompletableFuture.delayedExecutor(AFTER_SECONDS, TimeUnit.SECONDS).execute(this::another);
    }

    /** Starts one where none waits. */
    void another() {
        if (wanted) {
            spare.prepare(turn.running().folder().mappings());
        }
    }

    Spare spare() {
        return spare;
    }

    @Override
    public void destroy() {
        spare.close();
    }
}
