package songda.label;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import songda.failure.Unmappable;

/**
 * The templates of {@code mappings/label}. All are read at start, and a broken one stops it. A file that changes is read again before it is
 * next used; where it is broken the former text stays in force and the log says what is wrong.
 */
@Component
public final class Labels {

    private static final Logger LOG = LoggerFactory.getLogger(Labels.class);
    private static final String END = ".yaml";

    private volatile Path folder;
    private volatile Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(Template template, FileTime at) {}

    @Autowired
    Labels(@Value("${songda.mappings:mappings}") String mappings) {
        this(Path.of(mappings));
    }

    /**
     * @param mappings the folder that has {@code label}
     * @throws IllegalArgumentException every broken file with its line
     */
    public Labels(Path mappings) {
        this.folder = mappings.resolve("label");
        List<String> faults = new ArrayList<>();
        for (Path file : files()) {
            try {
                known.put(name(file), read(file));
            } catch (IllegalArgumentException e) {
                faults.add(e.getMessage());
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
    }

    /** Each has what the other had: the newer ones are in force, and the former at hand. */
    public void swap(Labels other) {
        Path mine = folder;
        Map<String, Known> now = known;
        folder = other.folder;
        known = other.known;
        other.folder = mine;
        other.known = now;
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var all = Files.list(folder)) {
            return all.filter(f -> f.toString().endsWith(END)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Set<String> names() {
        return new TreeMap<>(known).keySet();
    }

    /** What must lie in the printer: {@code 100x150}, {@code A4}. */
    public String paper(String template) {
        return get(template).paper().name();
    }

    /** mm. */
    public double width(String template) {
        return get(template).paper().width();
    }

    /** mm. */
    public double height(String template) {
        return get(template).paper().height();
    }

    /**
     * One raster a page; a label has one.
     *
     * @param fields what the mapping says
     * @param dpi 203 is drawn with the 8 dots a mm that such printers have
     * @throws Unmappable when there is no such template, a field is missing or a text does not fit
     */
    public List<Raster> draw(String template, JsonNode fields, int dpi) {
        return Drawing.draw(get(template), fields, dpi == 203 ? 8 : dpi / 25.4);
    }

    private Template get(String name) {
        Known mine = known.get(name);
        Path file = folder.resolve(name + END);
        if (mine == null && !(name.matches("[a-z0-9-]{1,40}") && Files.exists(file))) {
            throw new Unmappable(
                    "no template '" + name + "': there are " + names() + " in mappings/label", "label:" + name);
        }
        FileTime at = changed(file);
        if (mine == null || at != null && !at.equals(mine.at())) {
            mine = again(name, file, mine, at);
        }
        return mine.template();
    }

    private Known again(String name, Path file, Known former, FileTime at) {
        Known fresh;
        try {
            fresh = read(file);
            LOG.info("标签模板已更新 / a label's template was read again: {}", name);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            if (former == null) {
                throw new Unmappable(e.getMessage(), "label:" + name);
            }
            LOG.warn("标签模板有误，仍用原来的 / a label's template is wrong, the former one stays in force: {}", e.getMessage());
            fresh = new Known(former.template(), at);
        }
        known.put(name, fresh);
        return fresh;
    }

    private static FileTime changed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return null;
        }
    }

    private static Known read(Path file) {
        try {
            FileTime at = Files.getLastModifiedTime(file);
            return new Known(TemplateFile.read(file, Files.readString(file)), at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - END.length());
    }
}
