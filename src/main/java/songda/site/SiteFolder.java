package songda.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * A folder {@code site.yaml}, {@code routes/}, {@code mappings/}: a file of it takes the place of the product's file of the same name, or is added;
 * what {@code without:} lists is left out. Nothing is merged within a file.
 */
public final class SiteFolder {

    private static final Set<String> ROOMS = Set.of("routes", "mappings");
    private static final Set<String> BESIDE = Set.of("site.yaml", "README.md");
    private static final Set<String> KEYS = Set.of("zh", "en", "without");

    private final Path folder;
    /** {@code routes/facts.yaml} to the file that counts. */
    private final Map<String, Path> files;

    private final List<String> replaced = new ArrayList<>();
    private final List<String> added = new ArrayList<>();
    private final List<String> without;

    /**
     * @param folder the site's
     * @param routes the product's
     * @param mappings the product's
     * @throws IllegalArgumentException everything that is wrong with it, and what to do
     */
    public SiteFolder(Path folder, Path routes, Path mappings) {
        this.folder = folder;
        this.files = new TreeMap<>();
        files.putAll(files(routes, "routes/"));
        files.putAll(files(mappings, "mappings/"));
        List<String> faults = new ArrayList<>();
        JsonNode said = said(faults);
        this.without = texts(said.path("without"));
        Map<String, Path> own = own(faults);
        without.forEach(name -> leaveOut(name, own, faults));
        own.forEach(this::lay);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
    }

    private JsonNode said(List<String> faults) {
        Path file = folder.resolve("site.yaml");
        YAMLMapper yaml = new YAMLMapper();
        if (!Files.isRegularFile(file)) {
            faults.add(file + ": 现场文件夹须有 site.yaml，写明 zh 与 en / a site's folder says zh: and en: in site.yaml");
            return yaml.createObjectNode();
        }
        try {
            JsonNode said = yaml.readTree(Files.readString(file));
            said.fieldNames().forEachRemaining(key -> {
                if (!KEYS.contains(key)) {
                    faults.add(file + ": 未知的键 / unknown key '" + key + "', use one of " + new TreeSet<>(KEYS));
                }
            });
            if (!said.hasNonNull("zh") || !said.hasNonNull("en")) {
                faults.add(file + ": 请写 zh 与 en / write zh: and en:, what people call this site");
            }
            return said;
        } catch (JsonProcessingException e) {
            faults.add(file + ": 不是 YAML / no YAML: " + e.getOriginalMessage());
            return yaml.createObjectNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Path> own(List<String> faults) {
        Map<String, Path> own = new TreeMap<>();
        files(folder, "").forEach((name, file) -> {
            if (ROOMS.contains(name.split("/", 2)[0])) {
                own.put(name, file);
            } else if (!BESIDE.contains(name)) {
                faults.add(
                        file
                                + ": 不属于任何一处，只有 routes/ 与 mappings/ 会用到 / nothing reads this: put it below routes/ or mappings/");
            }
        });
        return own;
    }

    /** A file, or a folder with all that is in it. */
    private void leaveOut(String name, Map<String, Path> own, List<String> faults) {
        if (own.keySet().stream().anyMatch(file -> within(file, name) && files.containsKey(file))) {
            faults.add(folder.resolve("site.yaml") + ": without: " + name
                    + " 现场又有同名文件 / the site has a file of this name as well: keep one of the two");
        }
        if (!files.keySet().removeIf(file -> within(file, name))) {
            faults.add(folder.resolve("site.yaml") + ": without: " + name + " 产品中没有 / there is no such file or folder");
        }
    }

    private static boolean within(String file, String name) {
        return file.equals(name) || file.startsWith(name + "/");
    }

    private void lay(String name, Path file) {
        (files.put(name, file) == null ? added : replaced).add(name);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Map<String, Path> files(Path root, String prefix) {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> !root.relativize(file).toString().startsWith("."))
                    .forEach(file -> files.put(
                            prefix + root.relativize(file).toString().replace('\\', '/'), file.toAbsolutePath()));
        } catch (IOException e) {
            throw new IllegalArgumentException(root + ": 无法读取 / cannot be read: " + e.getMessage(), e);
        }
        return files;
    }

    /** Files of the product that the site has its own of. */
    public List<String> replaced() {
        return List.copyOf(replaced);
    }

    public List<String> added() {
        return List.copyOf(added);
    }

    public List<String> without() {
        return List.copyOf(without);
    }

    /**
     * Lays copies of both out as one folder. It is named by what is in it, so whoever uses it never sees it change.
     *
     * @return a folder with {@code routes} and {@code mappings}
     */
    public Path lay(Path into) {
        try {
            Path laid = into.resolve(name());
            if (Files.isDirectory(laid)) {
                return laid;
            }
            Files.createDirectories(into);
            Path part = Files.createTempDirectory(into, "part-");
            for (Map.Entry<String, Path> file : files.entrySet()) {
                Path copy = part.resolve(file.getKey());
                Files.createDirectories(copy.getParent());
                Files.copy(file.getValue(), copy);
            }
            return moved(part, laid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path moved(Path part, Path laid) throws IOException {
        try {
            return Files.move(part, laid, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException somebodyElseWasFirst) {
            if (!Files.isDirectory(laid)) {
                throw somebodyElseWasFirst;
            }
            FileSystemUtils.deleteRecursively(part);
            return laid;
        }
    }

    private String name() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Map.Entry<String, Path> file : files.entrySet()) {
                digest.update(file.getKey().getBytes(StandardCharsets.UTF_8));
                digest.update(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file.getValue())));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
