package songda.door;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** When each door last succeeded and failed on this node, and how much went through it lately; since the node started. */
@Component
final class DoorPulse implements DoorListener {

    private static final int SECONDS = 60;
    private final Map<String, Beat> beats = new ConcurrentHashMap<>();
    private final InstantSource wall = InstantSource.system();

    /**
     * @param success when the partner last took something, or null
     * @param failure when an attempt last ended otherwise, or null
     * @param lastMinute attempts that ended within the last sixty seconds
     */
    record Seen(Instant success, Instant failure, int lastMinute) {

        static final Seen NOTHING = new Seen(null, null, 0);
    }

    @Override
    public void attempted(String door, String verdict) {
        beats.computeIfAbsent(door, d -> new Beat()).count(wall.instant(), verdict.equals("ACCEPTED"));
    }

    Seen of(String door) {
        Beat beat = beats.get(door);
        return beat == null ? Seen.NOTHING : beat.seen(wall.instant());
    }

    /** A ring of sixty seconds. */
    private static final class Beat {

        private final int[] counts = new int[SECONDS];
        private final long[] seconds = new long[SECONDS];
        private Instant success;
        private Instant failure;

        synchronized void count(Instant at, boolean well) {
            if (well) {
                success = at;
            } else {
                failure = at;
            }
            int slot = (int) (at.getEpochSecond() % SECONDS);
            counts[slot] = seconds[slot] == at.getEpochSecond() ? counts[slot] + 1 : 1;
            seconds[slot] = at.getEpochSecond();
        }

        synchronized Seen seen(Instant now) {
            int sum = 0;
            for (int i = 0; i < SECONDS; i++) {
                sum += now.getEpochSecond() - seconds[i] < SECONDS ? counts[i] : 0;
            }
            return new Seen(success, failure, sum);
        }
    }
}
