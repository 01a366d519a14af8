package songda;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import songda.clock.HubClock;

/** Business time for tests that run at any hour: citizens are not written to at night. */
public final class Daytime {

    private Daytime() {}

    /** Ten o'clock of today, in Zhejiang. */
    public static Instant today() {
        return LocalDate.now(HubClock.ZONE)
                .atTime(LocalTime.of(10, 0))
                .atZone(HubClock.ZONE)
                .toInstant();
    }
}
