package songda.chaos;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import songda.process.DatabaseProcess;

/** Sets the business clock of all hubs and remembers how it ran, so that business times can be laid on the wall clock. */
final class FastClock {

    /** From {@code wall} on the clock showed {@code hub} and ran {@code rate} times as fast. */
    record Stretch(Instant wall, Instant hub, double rate) {

        Instant at(Instant when) {
            return hub.plusNanos((long) (Duration.between(wall, when).toNanos() * rate));
        }
    }

    private final DatabaseProcess database;
    private final List<Stretch> stretches = new ArrayList<>();

    FastClock(DatabaseProcess database) {
        this.database = database;
    }

    /** Begins there. What was read of a partner until now, by a clock that will not come back, is forgotten. */
    void start(Instant hub, double rate) throws SQLException {
        try (Connection connection = database.connect();
                Statement forget = connection.createStatement()) {
            forget.execute("delete from coverage");
        }
        set("hub_at = timestamptz '" + hub + "', wall_at = now(), rate = " + rate);
    }

    /** Runs on from where it is. */
    void rate(double rate) throws SQLException {
        leap(Duration.ZERO, rate);
    }

    /** So much time passes at once. */
    void leap(Duration by, double rate) throws SQLException {
        set("hub_at = hub_now() + interval '" + by.toSeconds() + " seconds', wall_at = now(), rate = " + rate);
    }

    synchronized double rate() {
        return stretches.get(stretches.size() - 1).rate();
    }

    private synchronized void set(String clock) throws SQLException {
        try (Connection connection = database.connect();
                Statement set = connection.createStatement();
                ResultSet row =
                        set.executeQuery("update hub_clock set " + clock + " returning hub_at, wall_at, rate")) {
            row.next();
            stretches.add(new Stretch(
                    row.getTimestamp(2).toInstant(), row.getTimestamp(1).toInstant(), row.getDouble(3)));
        }
    }

    synchronized Instant now() {
        return stretches.get(stretches.size() - 1).at(Instant.now());
    }

    synchronized List<Stretch> stretches() {
        return List.copyOf(stretches);
    }

    /** When the clock first showed this; what was leapt over was shown at the leap. */
    static Instant wall(List<Stretch> stretches, Instant hub) {
        for (int i = 0; i < stretches.size(); i++) {
            Stretch stretch = stretches.get(i);
            if (!hub.isAfter(stretch.hub())) {
                return stretch.wall();
            }
            Instant wall = stretch.wall()
                    .plusNanos((long) (Duration.between(stretch.hub(), hub).toNanos() / stretch.rate()));
            if (i + 1 == stretches.size() || !wall.isAfter(stretches.get(i + 1).wall())) {
                return wall;
            }
        }
        throw new IllegalStateException("no clock yet");
    }
}
