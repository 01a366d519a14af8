package songda.person;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

    private final Keys keys = Keys.fresh();
    private final Tokens tokens = new Tokens(keys);

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 900, Long.MAX_VALUE, -1})
    void a_token_is_read_by_the_hub_that_made_it(long order) {
        assertThat(tokens.of(order)).matches("[A-Za-z0-9_-]{22}").isEqualTo(new Tokens(keys).of(order));
        assertThat(tokens.read(tokens.of(order))).hasValue(order);
        assertThat(new Tokens(Keys.fresh()).read(tokens.of(order))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAA", "1272448151316", "?copy", "AAAAAAAAAAAAAAAAAAAAAAAA"})
    void what_it_did_not_make_says_nothing(String token) {
        assertThat(tokens.read(token)).isEmpty();
    }

    @Test
    void neighbours_do_not_look_alike() {
        Set<String> heads = new HashSet<>();
        for (long order = 0; order < 1000; order++) {
            heads.add(tokens.of(order).substring(0, 8));
        }
        assertThat(heads).hasSize(1000);
    }
}
