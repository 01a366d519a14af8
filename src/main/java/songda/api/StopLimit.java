package songda.api;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that was told to stop and cannot end in order, because what it waits for stands still too, ends all the same. Nothing is lost by that,
 * as nothing is lost by kill -9; and whoever restarts nodes one after the other is not kept waiting.
 */
public final class StopLimit {

    private static final Logger LOG = LoggerFactory.getLogger(StopLimit.class);
    /** As of a process that ended by SIGTERM. */
    private static final int EXIT = 143;

    private StopLimit() {}

    /** For this process, once. @param limit from the signal on */
    public static void set(Duration limit) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            Thread watch = new Thread(() -> endAfter(limit), "stop-limit");
                            // An orderly end is not kept waiting.
                            watch.setDaemon(true);
                            watch.start();
                        },
                        "stop-limit-begins"));
    }

    private static void endAfter(Duration limit) {
        try {
            Thread.sleep(limit.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        LOG.error(
                "未能在限时内停下，{} 秒后直接结束；未办完的由其他节点或下次启动接着办 / not stopped in order within {} s, ended at once: what was under way is taken up"
                        + " by another node or the next start",
                limit.toSeconds(),
                limit.toSeconds());
        Runtime.getRuntime().halt(EXIT);
    }
}
