package songda.configuration;

import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import songda.fact.Steps;
import songda.route.RouteSwap;

/**
 * Switches this node from one configuration to another. What reads messages and the steps change while no fact is being recorded, all at once; then the
 * doors, one after the other. Where anything fails everything is as before.
 */
@Component
final class Turn {

    private static final long PATIENCE_SECONDS = 5;
    private final Parts parts;
    private final RouteSwap routes;
    private final Steps steps;
    private volatile Running running;

    Turn(Parts parts, RouteSwap routes, Steps steps) {
        this.parts = parts;
        this.routes = routes;
        this.steps = steps;
    }

    /** Null before the start has told. */
    Running running() {
        return running;
    }

    /** What was loaded at start. */
    void started(Running at) {
        running = at;
        steps.decideBy(at.number());
    }

    /**
     * @throws Failed nothing has changed; why, and what to do
     */
    void to(Running next) {
        Parts.Beside beside;
        try {
            beside = Parts.Beside.read(next.folder());
        } catch (RuntimeException e) {
            throw new Failed(next.folder().named(String.valueOf(e.getMessage())), e);
        }
        to(next, beside);
    }

    /**
     * @param beside what was read from its folder
     * @throws Failed nothing has changed; why, and what to do
     */
    synchronized void to(Running next, Parts.Beside beside) {
        Running former = running;
        try {
            if (next.number()
                    > former.number()) { // on the way back the database may be away, and they are kept already
                parts.keepLadders(beside);
            }
            var flow = routes.between(former.folder().routes(), next.folder().routes(), "flow");
            var edge = routes.between(former.folder().routes(), next.folder().routes(), "edge");
            alone(() -> swap(beside, former, next, flow));
            try {
                routes.turn(edge);
            } catch (RuntimeException | Error e) {
                undo(e, () -> routes.turn(edge.reversed()));
                steps.gate().writeLock().lock(); // without a limit: half of it is in force
                try {
                    back(beside, former, flow, e);
                } finally {
                    steps.gate().writeLock().unlock();
                }
                throw e;
            }
            running = next;
        } catch (Failed e) {
            throw e;
        } catch (RuntimeException | Error e) {
            String why = next.folder().named(String.valueOf(e.getMessage()));
            throw new Failed(
                    e.getSuppressed().length == 0
                            ? why
                            : why + " 并且没有全部退回，请重启本节点 / and not all of it could be undone: restart this node",
                    e);
        }
    }

    private void swap(Parts.Beside beside, Running former, Running next, RouteSwap.Difference flow) {
        try {
            parts.swap(beside, next.folder());
        } catch (RuntimeException | Error e) {
            undo(e, () -> parts.stay(former.folder()));
            throw e;
        }
        try {
            routes.turn(flow);
            steps.decideBy(next.number());
        } catch (RuntimeException | Error e) {
            back(beside, former, flow, e);
            throw e;
        }
    }

    /** The steps that ran name what ran with them, so that comes first. */
    private void back(Parts.Beside beside, Running former, RouteSwap.Difference flow, Throwable why) {
        undo(why, () -> parts.swap(beside, former.folder()));
        undo(why, () -> routes.turn(flow.reversed()));
        steps.decideBy(former.number());
    }

    private static void undo(Throwable why, Runnable undoing) {
        try {
            undoing.run();
        } catch (RuntimeException | Error e) {
            why.addSuppressed(e);
        }
    }

    /** While no fact is recorded: a recording would miss the step that is away just then. */
    private void alone(Runnable change) {
        try {
            if (!steps.gate().writeLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Failed(
                        PATIENCE_SECONDS
                                + " 秒内一直有事实在写入：稍后再试 / facts were being recorded for so many seconds without a pause: try again later",
                        null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("中断 / interrupted", e);
        }
        try {
            change.run();
        } finally {
            steps.gate().writeLock().unlock();
        }
    }

    /** This node runs what it ran before. */
    static final class Failed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Failed(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
