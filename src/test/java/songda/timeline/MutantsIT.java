package songda.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every duration, calendar, door, role and rung is made wrong once; the list is kept in {@code target/mutants.txt}. */
class MutantsIT {

    private static final Path ROUTES = Path.of("routes");

    @Test
    void every_wrong_edit_is_noticed_by_a_timeline(@TempDir Path folder) throws IOException {
        try (var ground = Rehearsal.ground(folder.resolve("data"))) {
            List<Mutants.Fate> fates =
                    new Mutants(ground, ROUTES, folder.resolve("routes")).play(TimelineFiles.read(ROUTES), fate -> {});
            String list = fates.stream().map(Mutants.Fate::text).collect(Collectors.joining("\n"));
            Files.writeString(Path.of("target", "mutants.txt"), list + "\n");
            System.out.println(list);
            assertThat(fates).hasSizeGreaterThan(300);
            assertThat(fates.stream().filter(Mutants.Fate::survived).map(Mutants.Fate::mutant))
                    .isEmpty();
        }
    }
}
