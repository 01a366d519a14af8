package songda.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A partner that is away is left alone, and tried with a few. */
class BreakerTest {

    private static final DoorSettings SETTINGS = new DoorSettings(
            Duration.ofSeconds(2),
            Duration.ofMinutes(10),
            60,
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            1000,
            false);
    private static final Verdict AWAY = new Verdict("RETRY", "HTTP 503", Duration.ZERO, Verdict.Partner.AWAY);
    private static final Verdict NO = new Verdict("DEAD", "HTTP 400", null, Verdict.Partner.WELL);
    private final List<Boolean> told = new CopyOnWriteArrayList<>();
    private final Breaker breaker = new Breaker("a-door", SETTINGS, told::add);

    private void attempts(int count, Verdict verdict) {
        for (int i = 0; i < count && breaker.admits(); i++) {
            breaker.saw(verdict);
        }
    }

    @Test
    void ten_failures_open_it_and_it_is_said_once_and_once_when_it_is_over() {
        attempts(9, AWAY);
        assertThat(breaker.most(1000)).isEqualTo(1000);
        attempts(10, AWAY);
        assertThat(breaker.most(1000)).isZero();
        assertThat(breaker.admits()).isFalse();
        for (int i = 0; i < 3; i++) {
            await().until(() -> breaker.most(1000) == Breaker.PROBES);
            attempts(Breaker.PROBES, AWAY);
        }
        await().until(() -> breaker.most(1000) == Breaker.PROBES);
        attempts(Breaker.PROBES, Verdict.ACCEPTED);
        assertThat(breaker.most(1000)).isEqualTo(1000);
        assertThat(told).containsExactly(true, false);
    }

    @Test
    void a_clear_no_is_an_answer_of_a_partner_that_is_well() {
        attempts(50, NO);
        assertThat(breaker.most(1000)).isEqualTo(1000);
    }

    @Test
    void a_claim_that_came_too_late_uses_up_no_probe() {
        attempts(10, AWAY);
        await().until(() -> breaker.most(1000) == Breaker.PROBES);
        for (int i = 0; i < 10; i++) {
            assertThat(breaker.admits()).isTrue();
            breaker.nothingTried();
        }
    }
}
