package songda.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import songda.HubTest;

/** What several nodes take together is what the partner wants. */
class RateTest extends HubTest {

    @Autowired
    private JdbcTemplate jdbc;

    private static int use(Rate node, int most) {
        int used = Math.min(node.room(), most);
        node.sent(used);
        return used;
    }

    @Test
    void two_nodes_share_one_bucket() {
        String door = "door-" + UUID.randomUUID();
        List<Rate> nodes = List.of(new Rate(jdbc, door, 200), new Rate(jdbc, door, 200));
        long start = System.nanoTime();
        long end = start + Duration.ofSeconds(3).toNanos();
        int used = 0;
        while (System.nanoTime() - end < 0) {
            for (Rate node : nodes) {
                used += use(node, 7);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        // A second's worth lies in the bucket at the beginning.
        assertThat(used).isBetween((int) (200 * seconds * 0.8), (int) (200 * (seconds + 1)) + 1);
    }
}
