package songda.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CanaryTest {

    private static Canary of(int percent, String... partners) {
        return new Canary(7, null, percent, Set.of(partners));
    }

    @Test
    void a_percentage_takes_about_that_many_orders_and_each_order_always_or_never() {
        Canary canary = of(10);
        long taken = IntStream.range(0, 10_000)
                .filter(n -> canary.takes("gov/status", null, "ZW20261126" + n))
                .peek(n -> assertThat(canary.takes("sms/notice", "ems", "ZW20261126" + n))
                        .isTrue())
                .count();
        assertThat(taken).isBetween(800L, 1_200L);
        assertThat(of(0).takes("gov/status", null, "ZW1")).isFalse();
    }

    @Test
    void a_partner_is_named_by_its_system_or_as_a_client() {
        assertThat(of(0, "gov").takes("gov/status", null, "ZW1")).isTrue();
        assertThat(of(0, "gov").takes("sms/notice", null, "ZW1")).isFalse();
        assertThat(of(0, "wenzhou").takes("gov/order-to-fact", "wenzhou", "c1")).isTrue();
        assertThat(of(0, "wenzhou").takes("gov/order-to-fact", "zjzwfw", "c1")).isFalse();
    }
}
