package songda.watch;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * For whatever restarts or feeds the hub. /livez never looks at the database: a restart would not bring it back.
 * /readyz does not ask for Kafka: without it orders are taken and passed on later. Both are open to anybody, so the database is asked at most once a second, however often they are called.
 */
@RestController
final class Probes {

    private static final long KEEP = Duration.ofSeconds(1).toNanos();

    private record Seen(boolean database, long at) {}

    private final ApplicationAvailability availability;
    private final CamelContext camel;
    private final ObjectProvider<DataSource> database;
    private final ObjectProvider<DeadlineWatch> deadlines;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Seen seen;

    Probes(
            ApplicationAvailability availability,
            CamelContext camel,
            ObjectProvider<DataSource> database,
            ObjectProvider<DeadlineWatch> deadlines) {
        this.availability = availability;
        this.camel = camel;
        this.database = database;
        this.deadlines = deadlines;
    }

    @GetMapping("/livez")
    ResponseEntity<Map<String, Object>> live() {
        return answer(availability.getLivenessState() == LivenessState.CORRECT, Map.of());
    }

    @GetMapping("/readyz")
    ResponseEntity<Map<String, Object>> ready() {
        boolean accepting = availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
        boolean routes = camel.isStarted();
        boolean reachable = reachable();
        List<String> missing = Stream.of(
                        reachable ? null : "数据库没有应答 / the database does not answer",
                        routes ? null : "路由没有启动 / the routes (Camel) have not started",
                        accepting ? null : "正在启动或停止 / the hub is starting or stopping")
                .filter(Objects::nonNull)
                .toList();
        return answer(
                missing.isEmpty(),
                Map.of("database", reachable, "routes", routes, "missing", missing, "deadlines", deadlines()));
    }

    /** Orders are taken while deadlines are late or frozen: it is said, and does not turn anybody away. */
    private String deadlines() {
        DeadlineWatch watch = deadlines.getIfAvailable();
        return watch == null ? "" : watch.state().name();
    }

    private boolean reachable() {
        Seen last = seen;
        boolean fresh = last != null && System.nanoTime() - last.at() < KEEP;
        if (fresh || !asking.tryLock()) {
            return last != null && last.database();
        }
        try {
            seen = new Seen(ask(), System.nanoTime());
            return seen.database();
        } finally {
            asking.unlock();
        }
    }

    private boolean ask() {
        try (Connection c = database.getObject().getConnection()) {
            return c.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    private static ResponseEntity<Map<String, Object>> answer(boolean up, Map<String, Object> parts) {
        var body = new TreeMap<String, Object>(parts);
        body.put("status", up ? "UP" : "DOWN");
        return ResponseEntity.status(up ? 200 : 503)
                .cacheControl(CacheControl.noStore())
                .body(body);
    }
}
