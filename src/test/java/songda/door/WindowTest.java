package songda.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** As much is on its way as a partner takes in a few seconds. */
class WindowTest {

    private final Window window = new Window(8, 1000);

    @Test
    void it_doubles_while_all_is_taken_at_once() {
        assertThat(window.room(1000)).isEqualTo(128);
        for (int size : new int[] {256, 512, 1000, 1000}) {
            window.sent(window.room(1000));
            assertThat(window.room(1000)).isZero();
            window.look(0, 0);
            assertThat(window.room(1000)).isEqualTo(size);
        }
    }

    @Test
    void it_stays_as_it_is_where_it_is_not_used_up() {
        window.sent(20);
        window.look(0, 0);
        assertThat(window.room(1000)).isEqualTo(128);
    }

    @Test
    void it_is_halved_while_most_of_it_waits_and_never_closes() {
        for (int i = 0; i < 10; i++) {
            window.look(4, 3);
        }
        assertThat(window.room(1000)).isEqualTo(4);
        window.look(0, 0);
        assertThat(window.room(1000)).isEqualTo(8);
    }

    @Test
    void one_lost_record_does_not_shrink_it() {
        window.look(20, 1);
        assertThat(window.room(1000)).isEqualTo(108);
    }

    @Test
    void a_partner_that_was_away_is_tried_with_a_few() {
        assertThat(window.room(Breaker.PROBES)).isEqualTo(3);
        window.sent(3);
        assertThat(window.room(Breaker.PROBES)).isZero();
    }
}
