package partners;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Posts made orders over a number of kept-alive connections, each order once, and counts what the hub says. */
final class Pusher {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int BUSY = 429;

    private final URI hub;
    private final Keys.Key key;
    private final MadeOrders orders;
    private final Journal journal;
    private final int retries;
    private final AtomicLong next;
    private final long end;
    private final double perSecond;
    private final long startedAt = System.nanoTime();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong duplicate = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong busy = new AtomicLong();
    private volatile long countFrom = Long.MIN_VALUE;
    private volatile long stopAt = Long.MAX_VALUE;
    private volatile long endedAt;

    /**
     * @param journal null for none
     * @param retries how often an order without a 2xx is posted again, a quarter of a second apart
     * @param perSecond 0 for as fast as it goes
     */
    Pusher(
            URI hub,
            Keys.Key key,
            MadeOrders orders,
            Journal journal,
            int retries,
            long first,
            long count,
            double perSecond) {
        this.hub = hub;
        this.key = key;
        this.orders = orders;
        this.journal = journal;
        this.retries = retries;
        this.next = new AtomicLong(first);
        this.end = first + count;
        this.perSecond = perSecond;
    }

    /** Counts only what ends in [from, to) of System.nanoTime, and stops then. */
    Pusher window(long from, long to) {
        countFrom = from;
        stopAt = to;
        return this;
    }

    /** Returns when every order was posted: wall nanoseconds of each counted answer, sorted. */
    long[] run(int connections) throws InterruptedException {
        long first = next.get();
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < connections; i++) workers.add(new Worker(first));
        for (Worker worker : workers) worker.start();
        for (Worker worker : workers) worker.join();
        endedAt = System.nanoTime();
        long[] all = workers.stream()
                .flatMapToLong(w -> Arrays.stream(w.nanos, 0, w.counted))
                .toArray();
        Arrays.sort(all);
        return all;
    }

    ObjectNode counts() {
        ObjectNode counts = Json.object().put("accepted", accepted.get()).put("duplicate", duplicate.get());
        counts.put("refused", refused.get()).put("failed", failed.get()).put("busy", busy.get());
        long until = endedAt == 0 ? System.nanoTime() : endedAt;
        return counts.put("seconds", (until - startedAt) / 1e9).put("done", endedAt != 0);
    }

    static ObjectNode latencies(ObjectNode into, long[] sorted) {
        into.put("p50Millis", quantile(sorted, 0.50)).put("p90Millis", quantile(sorted, 0.90));
        return into.put("p99Millis", quantile(sorted, 0.99)).put("maxMillis", quantile(sorted, 1));
    }

    private static double quantile(long[] sorted, double q) {
        if (sorted.length == 0) return 0;
        return Math.round(sorted[(int) Math.min(sorted.length - 1, sorted.length * q)] / 1e4) / 100.0;
    }

    private final class Worker extends Thread {
        private final long first;
        private long[] nanos = new long[4096];
        private int counted;
        private Wire wire;

        Worker(long first) {
            this.first = first;
        }

        @Override
        public void run() {
            for (long n = next.getAndIncrement(); n < end; n = next.getAndIncrement()) {
                pace(n);
                if (System.nanoTime() >= stopAt) break;
                post(n);
            }
            if (wire != null) wire.close();
        }

        private void pace(long n) {
            if (perSecond <= 0) return;
            long due = startedAt + (long) ((n - first) / perSecond * 1e9);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime())
                LockSupport.parkNanos(left);
        }

        private void post(long n) {
            byte[] body = orders.body(n);
            int status = 0;
            for (int tries = 0; tries <= retries; tries++) {
                if (tries > 0) LockSupport.parkNanos(250_000_000);
                long from = System.nanoTime();
                status = tryOnce(n, body);
                long to = System.nanoTime();
                if (status / 100 == 2 && to >= countFrom && to < stopAt) count(to - from);
                if (status / 100 == 2 || status / 100 == 4 && status != BUSY) return;
            }
            if (status != BUSY) failed.incrementAndGet();
        }

        private int tryOnce(long n, byte[] body) {
            try {
                if (wire == null || !wire.reusable()) wire = new Wire(hub, TIMEOUT_MILLIS);
                String headers =
                        Signature.headers(key, "POST", "/api/v1/orders", "", body, System.currentTimeMillis() / 1000);
                Wire.Answer answer = wire.call("POST", "/api/v1/orders", headers, body);
                note(n, body, answer.status(), answer.text());
                if (answer.status() == BUSY) busy.incrementAndGet();
                else if (answer.status() / 100 == 4) refused.incrementAndGet();
                if (answer.taken() && answer.text().replace(" ", "").contains("\"duplicate\":true"))
                    duplicate.incrementAndGet();
                return answer.status();
            } catch (IOException e) {
                note(n, body, 0, e.toString());
                return 0;
            }
        }

        private void note(long n, byte[] body, int status, String answer) {
            if (journal == null) return;
            try {
                Object said = answer.startsWith("{") ? Json.read(answer.getBytes(StandardCharsets.UTF_8)) : answer;
                journal.out("order", orders.number(n), status, status == 0 ? "no-answer" : null, Json.read(body), said);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private void count(long took) {
            accepted.incrementAndGet();
            if (counted == nanos.length) nanos = Arrays.copyOf(nanos, counted * 2);
            nanos[counted++] = took;
        }
    }
}
