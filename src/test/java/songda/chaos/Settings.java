package songda.chaos;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/**
 * {@code -Dsongda.chaos.…} on Maven's command line.
 *
 * @param minutes of faults; starting before and converging after come on top
 * @param seed of the schedule: the same seed, the same faults in the same order
 * @param perSecond new orders
 * @param nodes hubs on one database and one Kafka
 * @param only names of the faults to use, e.g. {@code F2,F28}; empty for all
 * @param converging the longest time until everything has arrived after the last fault
 */
record Settings(long minutes, long seed, int perSecond, int nodes, List<String> only, Duration converging) {

    static Settings read() {
        return new Settings(
                Long.getLong("songda.chaos.minutes", 3),
                Long.getLong("songda.chaos.seed", new SecureRandom().nextInt(1_000_000)),
                Integer.getInteger("songda.chaos.rate", 12),
                Integer.getInteger("songda.chaos.nodes", 2),
                List.of(System.getProperty("songda.chaos.faults", "").split(",")).stream()
                        .filter(it -> !it.isBlank())
                        .toList(),
                Duration.ofMinutes(Long.getLong("songda.chaos.converging", 5)));
    }
}
