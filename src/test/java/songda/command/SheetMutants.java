package songda.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.util.FileSystemUtils;
import songda.norm.Edit;

/** Takes each title and each word of the tables for imported sheets out, once, and sees whether a sheet in which all of them stand notices (R23). */
public final class SheetMutants {

    private static final Path TABLES = Path.of("gov", "sheet");
    private final Path root;
    private final Path scratch;

    /** @param scratch a folder that is made for it */
    public SheetMutants(Path root, Path scratch) {
        this.root = root;
        this.scratch = scratch;
    }

    public List<Edit> all() {
        Path copy = scratch.resolve("mappings");
        List<Edit> edits = new ArrayList<>();
        try {
            FileSystemUtils.copyRecursively(root.resolve(TABLES), copy.resolve(TABLES));
            try (ImportCase sheet = new ImportCase(scratch)) {
                for (String table : List.of("columns.csv", "words.csv")) {
                    edits.addAll(of(TABLES.resolve(table), copy, sheet));
                }
            }
            return edits;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Edit> of(Path table, Path copy, ImportCase sheet) throws IOException {
        List<Edit> edits = new ArrayList<>();
        List<String> good = Files.readAllLines(root.resolve(table));
        boolean header = true;
        for (int i = 0; i < good.size(); i++) {
            if (good.get(i).startsWith("#")) {
                continue;
            }
            if (!header) {
                List<String> wrong = new ArrayList<>(good);
                String row = wrong.remove(i);
                Files.write(copy.resolve(table), wrong);
                edits.add(new Edit(Set.of("R23"), root.resolve(table), i + 1, "without " + row, sheet.killer(copy)));
            }
            header = false;
        }
        Files.write(copy.resolve(table), good);
        return edits;
    }
}
