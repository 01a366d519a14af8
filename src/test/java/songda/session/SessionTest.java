package songda.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SessionTest {

    private final Session session = new Session();
    private final AtomicInteger logIns = new AtomicInteger();

    private String next() {
        return "S" + logIns.incrementAndGet();
    }

    @Test
    void one_log_in_serves_until_it_did_not_do() throws Exception {
        assertThat(session.get(false, this::next)).isEqualTo("S1");
        assertThat(session.get(false, this::next)).isEqualTo("S1");
        assertThat(session.get(true, this::next)).isEqualTo("S2");
        assertThat(session.get(false, this::next)).isEqualTo("S2");
    }

    @Test
    void a_log_in_that_fails_leaves_nothing_behind() throws Exception {
        session.get(false, this::next);
        assertThatThrownBy(() -> session.get(true, () -> {
                    throw new IOException("away");
                }))
                .hasMessage("away");
        assertThat(session.get(false, this::next)).isEqualTo("S2");
    }
}
