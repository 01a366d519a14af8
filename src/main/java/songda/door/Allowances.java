package songda.door;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** How many effects of each door the relay may take now: what its window, its rate and its partner's health leave. For one thread. */
@Component
final class Allowances {

    private static final int AT_ONCE = 200;
    private static final long LOOK_NANOS = Duration.ofMillis(200).toNanos();
    private final Effects effects;
    private final DoorStaff doors;
    private final DoorSettings settings;
    private final JdbcTemplate db;
    private final Stops stops;
    private final Map<String, Window> windows = new HashMap<>();
    private final Map<String, Rate> rates = new HashMap<>();
    private long lookAt = System.nanoTime();
    private boolean crowded;

    /** @param room how many may go */
    record Allowance(String door, int room, boolean perAddressee, boolean blocks) {}

    Allowances(Effects effects, DoorStaff doors, DoorSettings settings, JdbcTemplate db, Stops stops) {
        this.effects = effects;
        this.doors = doors;
        this.settings = settings;
        this.db = db;
        this.stops = stops;
    }

    /** Only doors where something may go. */
    List<Allowance> now() {
        look();
        crowded = false;
        List<Allowance> all = new ArrayList<>();
        doors.listening().forEach((door, manners) -> {
            int limit = stops.stopped(door) || manners.quiet().getAsBoolean()
                    ? 0
                    : doors.breaker(door).most(settings.window());
            int room = Math.min(AT_ONCE, limit == 0 ? 0 : room(door, manners, limit));
            crowded |= limit > 0 && room == 0;
            if (room > 0) {
                all.add(new Allowance(door, room, manners.perAddressee(), manners.blocks()));
            }
        });
        return all;
    }

    private int room(String door, DoorStaff.Manners manners, int limit) {
        int room = windows.computeIfAbsent(door, d -> new Window(manners.consumers() * 2, settings.window()))
                .room(limit);
        return room == 0 || manners.rate() == 0
                ? room
                : Math.min(
                        room,
                        rates.computeIfAbsent(door, d -> new Rate(db, d, manners.rate()))
                                .room());
    }

    private void look() {
        long now = System.nanoTime();
        if (now - lookAt < 0) {
            return;
        }
        lookAt = now + LOOK_NANOS;
        stops.look();
        Map<String, Effects.UnderWay> found =
                effects.underWay(settings.relayedFor().dividedBy(4));
        Effects.UnderWay none = new Effects.UnderWay(0, 0);
        windows.forEach((door, window) -> {
            Effects.UnderWay there = found.getOrDefault(door, none);
            window.look(there.count(), there.waiting());
        });
    }

    /** Hears what was taken; tells whether there may be more to take at once. */
    boolean taken(List<Allowance> allowed, List<Effects.Relayed> taken) {
        Map<String, Long> counts =
                taken.stream().collect(Collectors.groupingBy(one -> one.key().door(), Collectors.counting()));
        boolean more = false;
        for (Allowance allowance : allowed) {
            int count = counts.getOrDefault(allowance.door(), 0L).intValue();
            windows.get(allowance.door()).sent(count);
            if (rates.containsKey(allowance.door())) {
                rates.get(allowance.door()).sent(count);
            }
            more |= count == allowance.room();
        }
        return more;
    }

    /** While a door waits for room it is looked after sooner than the next commit. */
    Duration patience() {
        return crowded ? Duration.ofNanos(LOOK_NANOS / 2) : Duration.ofSeconds(1);
    }
}
