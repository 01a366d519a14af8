package songda.person;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlindIndexTest {

    private final BlindIndex index = new BlindIndex(Keys.fresh());

    @Test
    void two_spellings_of_one_number_are_found_together() {
        String[] spellings = {
            "13812341234", "+86 138 1234 1234", "0086-13812341234", "8613812341234", "１３８－１２３４－１２３４", " 138-1234-1234 "
        };
        for (String spelling : spellings) {
            assertThat(index.of(spelling))
                    .as(spelling)
                    .isEqualTo(index.of("13812341234"))
                    .hasSize(16);
        }
        assertThat(index.of("0571-8234 5678"))
                .isEqualTo(index.of("057182345678"))
                .isEqualTo(index.of("+86 571 82345678"));
    }

    @Test
    void different_numbers_and_different_questions_differ() {
        assertThat(index.of("13812341234")).isNotEqualTo(index.of("13812341235"));
        assertThat(index.of("0571-82345678-8001")).isNotEqualTo(index.of("0571-82345678"));
        assertThat(index.of("1234")).isNotEqualTo(index.ofTail("1234"));
    }

    @Test
    void the_tail_is_the_last_four_digits_without_the_extension() {
        assertThat(index.ofTail("13812341234")).isEqualTo(index.ofTail("1234"));
        assertThat(index.ofTail("0571-82345678-8001")).isEqualTo(index.ofTail("5678"));
    }

    @Test
    void another_index_key_gives_other_hashes_and_rotation_of_the_data_key_does_not() {
        Keys keys = Keys.fresh();
        assertThat(new BlindIndex(keys).of("1234")).isEqualTo(new BlindIndex(keys.rotatedTo("k2")).of("1234"));
        assertThat(new BlindIndex(keys).of("1234")).isNotEqualTo(index.of("1234"));
    }
}
