package songda.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import songda.failure.Problem;

/** Counts requests that were turned away unread. A flood of them is one line when it begins and one when it is over. */
class Shedding {

    private static final Logger LOG = LoggerFactory.getLogger(Shedding.class);
    private final MeterRegistry registry;
    private final AtomicLong all = new AtomicLong();
    private long told;
    private long since;

    Shedding(MeterRegistry registry) {
        this.registry = registry;
    }

    void turnedAway(LoadFilter.Lane lane, Problem problem) {
        all.incrementAndGet();
        Counter.builder("songda.requests.turned.away")
                .description("Requests answered 429 or 503 before they were read, by lane and reason")
                .tags("lane", lane.name().toLowerCase(java.util.Locale.ROOT), "reason", problem.type())
                .register(registry)
                .increment();
    }

    @Scheduled(fixedDelayString = "PT5S")
    synchronized void tell() {
        long now = all.get();
        if (now != told && since == told) {
            LOG.warn(
                    "请求过多或无法入库，开始拒绝 / requests are turned away, there are too many or they cannot be stored: {}",
                    now - told);
            told = now;
        } else if (now == told && since != told) {
            LOG.info("恢复接收，其间共拒绝 / requests are taken again, turned away meanwhile: {}", told - since);
            since = told;
        } else {
            told = now;
        }
    }
}
