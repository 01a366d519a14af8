package songda.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class DifferencesTest {

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }

    @Test
    void every_field_that_is_not_the_same_is_named_with_both_sides() throws Exception {
        assertThat(Differences.of(
                        json("{'a': 1, 'rungs': [{'after': 'P2D'}, {'x': 1}], 'same': [1]}"),
                        json("{'b': 2, 'rungs': [{'after': 'P3D'}], 'same': [1]}")))
                .extracting(d -> d.path() + " " + d.field() + " " + d.before() + "→" + d.after())
                .containsExactly(
                        "/a a 1→", "/b b →2", "/rungs/0/after after \"P2D\"→\"P3D\"", "/rungs/1 rungs {\"x\":1}→");
        assertThat(Differences.of(json("[1, 2]"), json("[1, 2]"))).isEmpty();
    }
}
