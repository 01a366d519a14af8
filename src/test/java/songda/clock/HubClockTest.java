package songda.clock;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import songda.embedded.TestParts;

class HubClockTest {

    private static final int READERS = 4;

    /** A reader that asked the database just before the clock was moved must not hand its old reading to everybody after it. */
    @Test
    void a_reading_from_before_a_move_is_not_kept() throws Exception {
        HikariDataSource database = new HikariDataSource();
        database.setDataSource(TestParts.freshDatabase());
        database.setMaximumPoolSize(READERS + 1);
        Flyway.configure().dataSource(database).load().migrate();
        HubClock clock = new HubClock(JdbcClient.create(database));
        Instant morning = Instant.parse("2026-05-11T00:00:00Z");
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        try {
            for (int move = 1; move <= 1000; move++) {
                clock.set(morning, 0);
                List<Future<Instant>> readings = new ArrayList<>();
                for (int i = 0; i < READERS; i++) {
                    readings.add(readers.submit(clock::instant));
                }
                Instant moved = morning.plusSeconds(move);
                clock.set(moved, 0);
                for (Future<Instant> reading : readings) {
                    reading.get();
                }
                assertThat(clock.instant()).as("move %d", move).isEqualTo(moved);
            }
        } finally {
            readers.shutdownNow();
            database.close();
        }
    }
}
