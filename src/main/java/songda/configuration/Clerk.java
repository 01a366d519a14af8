package songda.configuration;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Says at start which version runs, then looks every two seconds whether another node has switched, tells the others what this one runs, and looks
 * after the disk.
 */
@Component
final class Clerk implements SmartLifecycle, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Clerk.class);
    private static final long PACE_MILLIS = 2_000;
    private static final long DISK_MILLIS = 500;
    private static final long STOP_SECONDS = 30;
    private final Applying applying;
    private final Canaries canaries;
    private final Turn turn;
    private final Disk disk;
    private final Probation probation;
    private final Folder loaded;
    private final boolean watching;
    private final String node = ManagementFactory.getRuntimeMXBean().getName();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "configuration"));
    private volatile String behind;
    private volatile boolean running;
    private boolean begun;
    private long compared;

    Clerk(
            Applying applying,
            Canaries canaries,
            Turn turn,
            Disk disk,
            Probation probation,
            MeterRegistry registry,
            @Value("${songda.routes}") Path routes,
            @Value("${songda.mappings}") Path mappings,
            @Value("${songda.config.watch:false}") boolean watching) {
        this.applying = applying;
        this.canaries = canaries;
        this.turn = turn;
        this.disk = disk;
        this.probation = probation;
        this.loaded = new Folder(routes, mappings);
        this.watching = watching;
        Gauge.builder(
                        "songda.configuration.version",
                        () -> turn.running() == null ? 0 : turn.running().number())
                .description("The version of the configuration that this node runs")
                .register(registry);
        Gauge.builder("songda.configuration.canary", canaries::version)
                .description("The version whose mappings some messages use on this node, or 0")
                .register(registry);
        Gauge.builder("songda.configuration.behind", () -> behind == null ? 0 : 1)
                .description("1 while this node cannot follow to the version in force")
                .register(registry);
        Gauge.builder("songda.configuration.pending", disk::pending)
                .description("Files on this node's disk that are not as in the version in force")
                .register(registry);
    }

    /** Before Camel: each fact names the version. */
    @Override
    public void start() {
        if (turn.running() == null) {
            applying.start(loaded);
        }
        running = true;
    }

    /** The routes run, so they can be switched. */
    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        if (begun) {
            return;
        }
        begun = true;
        disk.compare();
        if (disk.pending() > 0) {
            LOG.warn(
                    "磁盘上有 {} 个文件与运行中的配置版本 {} 不同，没有生效：songda preview 看差别，songda apply 生效 / {} files on the disk are not as in configuration {}, which runs: songda preview shows the difference, songda apply puts it in force",
                    disk.pending(),
                    turn.running().number(),
                    disk.pending(),
                    turn.running().number());
        }
        thread.scheduleWithFixedDelay(this::follow, 0, PACE_MILLIS, TimeUnit.MILLISECONDS);
        if (watching) {
            thread.scheduleWithFixedDelay(disk::look, DISK_MILLIS, DISK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void follow() {
        try {
            String why = applying.follow();
            why = why == null ? canaries.follow() : why;
            if (compared != turn.running().number()) {
                compared = turn.running().number();
                disk.compare();
            }
            if (why != null && !Objects.equals(why, behind)) {
                LOG.error(
                        "跟不上别的节点的配置，仍用版本 {} / cannot follow the other nodes, configuration {} runs on: {}",
                        turn.running().number(),
                        turn.running().number(),
                        why);
            }
            behind = why;
            applying.shelf().tell(node, turn.running().number(), why);
            probation.look();
        } catch (DataAccessException | TransactionException away) {
            LOG.debug("the configuration is looked after in two seconds again: {}", away.toString());
        } catch (RuntimeException | Error e) {
            LOG.error("配置检查失败 / looking after the configuration failed: {}", e.toString());
        }
    }

    String node() {
        return node;
    }

    /** Looked at now. */
    int pending() {
        disk.compare();
        return disk.pending();
    }

    /** Why this node runs another version than the others, or null. */
    String behind() {
        return behind;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before Camel, and before deadlines are counted again. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    @Override
    public void destroy() throws InterruptedException {
        thread.shutdown();
        thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
