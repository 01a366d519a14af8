package songda.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class KpisTest {

    @Test
    void the_catalogue_the_views_and_the_page_name_the_same_kpis() throws IOException {
        List<String> codes = Kpis.ALL.kpis().stream().map(Kpi::code).toList();
        String views = Files.readString(Path.of("src/main/resources/db/migration/V20__kpis.sql"))
                + Files.readString(Path.of("src/main/resources/db/migration/V23__evidence.sql"))
                + Files.readString(Path.of("src/main/resources/db/migration/V26__cutoffs.sql"))
                + Files.readString(Path.of("src/main/resources/db/migration/V27__more_kpis.sql"));
        assertThat(codes).doesNotHaveDuplicates().allSatisfy(code -> assertThat(views)
                .containsPattern("'" + Pattern.quote(code) + "'|'" + code.replaceAll("\\d$", "") + "' \\|\\| right"));
        String page = Files.readString(Path.of("src/docs/operate/kpis.md"));
        assertThat(codes).allSatisfy(code -> assertThat(page).contains("| `" + code + "` |"));
        Kpis.ALL.kpis().forEach(kpi -> assertThat(page).contains(kpi.formula(), kpi.judged()));
        Kpis.ALL.missing().forEach(missing -> assertThat(page).contains(missing.zh(), missing.needs()));
    }

    @Test
    void a_ratio_is_of_what_is_judged_and_never_rounded_up_to_all() {
        Kpi kpi = Kpis.ALL.find("delivered-3d").orElseThrow();
        assertThat(kpi.value(new Count(0, 0, 9, 9, 0, 0))).isNull();
        assertThat(kpi.alarming(new Count(0, 0, 9, 9, 0, 0))).isFalse();
        assertThat(kpi.value(new Count(99_999, 100_000, 0, 0, 0, 0))).isEqualTo(99.99);
        assertThat(kpi.alarming(new Count(95, 100, 0, 0, 0, 0))).isTrue();
        assertThat(kpi.alarming(new Count(96, 100, 0, 0, 0, 0))).isFalse();
        Kpi complained = Kpis.ALL.find("complained").orElseThrow();
        assertThat(complained.value(new Count(6, 10_000, 0, 0, 0, 0))).isEqualTo(6);
        assertThat(complained.alarming(new Count(6, 10_000, 0, 0, 0, 0))).isTrue();
        assertThat(new Count(3, 3, 0, 0, 2, 5).meanHours()).isEqualTo(2.5);
    }
}
