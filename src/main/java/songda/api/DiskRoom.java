package songda.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * What the disk under {@code songda.data} still takes. A database whose disk is full stops as a whole, so the hub stops taking before
 * that: new orders first, at last everything. With a database elsewhere its own alarms count, too.
 */
class DiskRoom {

    private static final Logger LOG = LoggerFactory.getLogger(DiskRoom.class);

    /** How much comes in. */
    enum State {
        ALL,
        NO_NEW_ORDERS,
        READ_ONLY
    }

    /** Free bytes. */
    interface Gauge {
        long free() throws IOException;
    }

    private final Gauge gauge;
    private final ApiSettings settings;
    private volatile State state = State.ALL;

    DiskRoom(Path data, ApiSettings settings) {
        this(() -> Files.getFileStore(Files.exists(data) ? data : Path.of(".")).getUsableSpace(), settings);
    }

    DiskRoom(Gauge gauge, ApiSettings settings) {
        this.gauge = gauge;
        this.settings = settings;
    }

    @Scheduled(fixedDelayString = "PT5S")
    void look() {
        try {
            long free = gauge.free();
            State now = free < settings.diskReadOnly().toBytes()
                    ? State.READ_ONLY
                    : free < settings.diskNoNewOrders().toBytes() ? State.NO_NEW_ORDERS : State.ALL;
            if (now != state) {
                state = now;
                LOG.warn(
                        "磁盘余量 {} MB，接收范围改为 {} / the disk has {} MB left, intake is now {}",
                        mega(free),
                        now,
                        mega(free),
                        now);
            }
        } catch (IOException e) {
            LOG.debug("the disk cannot be looked at, in five seconds again: {}", e.toString());
        }
    }

    private static long mega(long bytes) {
        return bytes >> 20;
    }

    State state() {
        return state;
    }

    boolean takes(LoadFilter.Lane lane) {
        return switch (lane) {
            case ORDERS -> state == State.ALL;
            case REPORTS -> state != State.READ_ONLY;
            case QUESTIONS -> true;
        };
    }
}
