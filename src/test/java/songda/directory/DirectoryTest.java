package songda.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectoryTest {

    private static final String GOOD =
            """
            role,place,id,name,phone,mail
            city-manager,3301,hz,杭总,19900000201,hz@songda.example
            city-manager,33,zj,浙总,19900000203,zj@songda.example
            county-manager,330109,xs,肖经理,19900000101,xs@songda.example
            """;

    @TempDir
    Path folder;

    private Directory read(String text) throws IOException {
        return Directory.read(Files.writeString(folder.resolve("contacts.csv"), text));
    }

    @Test
    void the_nearest_place_answers() throws IOException {
        Directory directory = read(GOOD);
        assertThat(directory.answering("city-manager", "330109"))
                .extracting(Contact::id)
                .containsExactly("hz");
        assertThat(directory.answering("city-manager", "330702"))
                .extracting(Contact::id)
                .containsExactly("zj");
    }

    @Test
    void the_province_answers_for_a_place_outside_of_it() throws IOException {
        assertThat(read(GOOD).answering("city-manager", "310101"))
                .extracting(Contact::id)
                .containsExactly("zj");
    }

    @Test
    void a_notice_is_never_owed_to_no_one() throws IOException {
        Directory directory = read(GOOD);
        assertThatIllegalStateException()
                .isThrownBy(() -> directory.answering("county-manager", "330110"))
                .withMessageContaining("'county-manager' for county 330110")
                .withMessageContaining("contacts.csv");
    }

    @Test
    void a_role_is_complete_when_every_city_or_the_province_has_somebody() throws IOException {
        Directory directory = read(GOOD);
        assertThat(directory.withoutAnyone("city-manager")).isEmpty();
        assertThat(directory.withoutAnyone("county-manager")).hasSize(11).contains("3301", "3311");
    }

    @Test
    void a_contact_prints_as_its_id() throws IOException {
        assertThat(read(GOOD).find("hz").orElseThrow()).hasToString("hz");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            city-manager,3301     | city-manager,3101   | line 2: place: write 33
            city-manager,3301     | city-manager,330    | line 2: place: write 33
            city-manager,33,      | ',33,'              | line 3: role: must not be empty
            19900000101           | ' '                 | line 4: phone: must not be empty
            xs@songda.example     | ' '                 | line 4: mail: must not be empty
            zj,浙总               | hz,浙总             | line 3: id 'hz' is somebody else's
            'zj,浙总,19900000203' | 'hz,杭总,19900000201' | line 3: id 'hz' is somebody else's
            phone,mail            | phone,email         | mail
            """)
    void a_bad_line_is_refused_with_file_line_and_reason(String good, String bad, String reason) {
        assertThat(GOOD).contains(good);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(GOOD.replace(good, bad)))
                .withMessageContaining("contacts.csv")
                .withMessageContaining(reason);
    }
}
