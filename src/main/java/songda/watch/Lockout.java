package songda.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Five wrong passwords close one name at one address for a minute. Wall time: this is about attackers, not about
 * business.
 */
final class Lockout {

    static final int TRIES = 5;
    static final Duration PAUSE = Duration.ofMinutes(1);
    /** Names come from outside: the oldest are forgotten, so that they cannot fill the memory. */
    private static final int REMEMBERED = 10_000;

    private record Failures(int count, Instant last) {}

    private final InstantSource wall;
    private final Map<String, Failures> failures = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > REMEMBERED;
        }
    };

    Lockout(InstantSource wall) {
        this.wall = wall;
    }

    synchronized boolean closed(String user, String address) {
        Failures f = recent(key(user, address));
        return f != null && f.count() >= TRIES;
    }

    synchronized void failed(String user, String address) {
        String key = key(user, address);
        Failures f = recent(key);
        failures.remove(key);
        failures.put(key, new Failures(f == null ? 1 : f.count() + 1, wall.instant()));
    }

    synchronized void succeeded(String user, String address) {
        failures.remove(key(user, address));
    }

    private Failures recent(String key) {
        Failures f = failures.get(key);
        return f != null && f.last().plus(PAUSE).isAfter(wall.instant()) ? f : null;
    }

    private static String key(String user, String address) {
        return address + " " + (user.length() > 100 ? user.substring(0, 100) : user);
    }
}
