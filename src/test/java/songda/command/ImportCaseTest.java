package songda.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCaseTest {

    @Test
    void every_title_and_every_word_of_the_tables_goes_where_it_belongs(@TempDir Path folder) throws IOException {
        try (ImportCase sheet = new ImportCase(folder)) {
            assertThat(sheet.asked(Path.of("mappings"))).isEqualTo(sheet.expected());
        }
    }
}
