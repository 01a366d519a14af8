package songda.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import songda.failure.Problem;

/**
 * Lets in as many requests at once as the hub can work on, before anything is read in them, and answers 429 to the others at once: what
 * waits in a queue is late for everybody. Orders, other reports and questions have lanes of their own, so that a flood of new orders does
 * not keep a receipt out. While the database is away, the disk is full or the hub is stopping, the answer is 503.
 */
final class LoadFilter extends HttpFilter {

    /** Under way at once; nobody waits for a place. */
    enum Lane {
        ORDERS,
        REPORTS,
        QUESTIONS;

        private static final Set<String> NEW_ORDERS = Set.of("/api/v1/orders", "/api/logisticscenter/callems");

        static Lane of(HttpServletRequest request) {
            if (request.getMethod().equals("GET")) {
                return QUESTIONS;
            }
            return NEW_ORDERS.contains(request.getRequestURI()) ? ORDERS : REPORTS;
        }
    }

    private final transient Map<Lane, Semaphore> places = new EnumMap<>(Lane.class);
    private final transient Drain drain;
    private final transient DiskRoom disk;
    private final transient DatabaseAway database = new DatabaseAway();
    private final transient Shedding shedding;
    private final transient ProblemWriter problems;

    LoadFilter(ApiSettings settings, Drain drain, DiskRoom disk, Shedding shedding, ProblemWriter problems) {
        places.put(Lane.ORDERS, new Semaphore(settings.ordersAtOnce()));
        places.put(Lane.REPORTS, new Semaphore(settings.reportsAtOnce()));
        places.put(Lane.QUESTIONS, new Semaphore(settings.questionsAtOnce()));
        this.drain = drain;
        this.disk = disk;
        this.shedding = shedding;
        this.problems = problems;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Lane lane = Lane.of(request);
        Problem not = notNow(lane);
        if (not != null) {
            turnAway(request, response, lane, not);
            return;
        }
        Semaphore place = places.get(lane);
        if (!place.tryAcquire()) {
            turnAway(request, response, lane, Problems.BUSY);
            return;
        }
        try (DatabaseAway.Try attempt = database.attempt()) {
            if (attempt == null) {
                turnAway(request, response, lane, Problems.UNAVAILABLE);
                return;
            }
            if (drain.begun()) {
                response.setHeader("Connection", "close");
            }
            chain.doFilter(request, response);
            attempt.ended(response.getStatus());
        } finally {
            place.release();
        }
    }

    private Problem notNow(Lane lane) {
        if (drain.over()) {
            return Problems.STOPPING;
        }
        return disk.takes(lane) ? null : Problems.DISK_FULL;
    }

    private void turnAway(HttpServletRequest request, HttpServletResponse response, Lane lane, Problem problem)
            throws IOException {
        shedding.turnedAway(lane, problem);
        if (problem == Problems.STOPPING) {
            response.setHeader("Connection", "close");
        }
        ProblemWriter.write(response, problem, Attribute.correlation(request));
    }
}
