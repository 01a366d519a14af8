package songda.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LockoutTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T02:00:00Z"));
    private final Lockout lockout = new Lockout(now::get);

    @Test
    void the_fifth_failure_closes_one_name_at_one_address_for_a_minute() {
        fail(4);
        assertThat(lockout.closed("operator", "10.0.0.1")).isFalse();
        fail(1);
        assertThat(lockout.closed("operator", "10.0.0.1")).isTrue();
        assertThat(lockout.closed("operator", "10.0.0.2")).isFalse();
        assertThat(lockout.closed("other", "10.0.0.1")).isFalse();
        now.set(now.get().plus(Lockout.PAUSE));
        assertThat(lockout.closed("operator", "10.0.0.1")).isFalse();
    }

    @Test
    void a_success_forgets_the_failures_before_it() {
        fail(4);
        lockout.succeeded("operator", "10.0.0.1");
        fail(4);
        assertThat(lockout.closed("operator", "10.0.0.1")).isFalse();
    }

    @Test
    void made_up_names_do_not_fill_the_memory() {
        fail(5);
        for (int i = 0; i < 10_000; i++) {
            lockout.failed("name" + i, "10.0.0.9");
        }
        assertThat(lockout.closed("operator", "10.0.0.1"))
                .as("the oldest is forgotten")
                .isFalse();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            lockout.failed("operator", "10.0.0.1");
        }
    }
}
