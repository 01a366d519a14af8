package songda.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.util.FileSystemUtils;

/** All files of {@code routes/} and {@code mappings/} by their names ({@code routes/flow/x.camel.yaml}) with their bytes. */
public final class Configuration {

    /** Of one file: it has to go through one request of the API, in base64. */
    public static final int MOST_BYTES = 700_000;

    private static final int MOST_FILES = 20_000;
    private static final int FOLDER_DIGITS = 16;
    private static final Pattern NAME = Pattern.compile("(?:routes|mappings)(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)+");
    private final SortedMap<String, byte[]> files;
    private final SortedMap<String, String> hashes = new TreeMap<>();
    private final String digest;

    /** @throws IllegalArgumentException a name that leaves the folders, or too much of something */
    public Configuration(Map<String, byte[]> files) {
        this.files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        if (files.size() > MOST_FILES) {
            throw new IllegalArgumentException(
                    "超过 " + MOST_FILES + " 个文件 / more than " + MOST_FILES + " files: nobody reads so many");
        }
        MessageDigest whole = sha256();
        this.files.forEach((name, bytes) -> {
            checked(name, bytes.length);
            hashes.put(name, hash(bytes));
            whole.update((name + " " + hashes.get(name) + "\n").getBytes(StandardCharsets.UTF_8));
        });
        this.digest = HexFormat.of().formatHex(whole.digest());
    }

    private static void checked(String name, long bytes) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    name
                            + ": 文件名须在 routes/ 或 mappings/ 之下，只用字母、数字、. _ - / write a name below routes/ or mappings/, of letters, digits, '.', '_' and '-'");
        }
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException(name + ": " + bytes / 1000 + " kB，至多 " + MOST_BYTES / 1000
                    + " kB：请拆成几个文件 / at most " + MOST_BYTES / 1000 + " kB: split it");
        }
    }

    /**
     * Reads both folders from disk, without what begins with a dot or ends with a tilde.
     *
     * @throws IllegalArgumentException a link that leads out (SONGDA-R006), a file that is too large, a folder that is not there
     */
    public static Configuration read(Path routes, Path mappings) {
        Map<String, byte[]> files = new TreeMap<>();
        read(routes, "routes/", files);
        read(mappings, "mappings/", files);
        return new Configuration(files);
    }

    private static void read(Path folder, String prefix, Map<String, byte[]> files) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(folder + ": 没有这个目录 / there is no such folder");
        }
        try {
            Path root = folder.toRealPath();
            Files.walkFileTree(root, new SimpleFileVisitor<Path>() {
                @Override
                public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes is) {
                    return !below.equals(root) && left(below) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
                    if (!left(file)) {
                        String name = prefix + root.relativize(file).toString().replace('\\', '/');
                        inside(root, file, name, is);
                        checked(name, Files.size(file));
                        files.put(name, Files.readAllBytes(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    folder + ": 读不到：文件正在变动时请稍后再试 / cannot be read, try again where files are being changed: " + e, e);
        }
    }

    /** Editors leave such files behind while they save. */
    private static boolean left(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(".") || name.endsWith("~");
    }

    private static void inside(Path root, Path file, String name, BasicFileAttributes is) throws IOException {
        boolean out = is.isSymbolicLink()
                && !(Files.isRegularFile(file) && file.toRealPath().startsWith(root.toRealPath()));
        if (out || is.isOther()) {
            throw new IllegalArgumentException(
                    name
                            + ": SONGDA-R006 链接指向目录之外，或不是文件：放文件本身 / a link that leads out of the folder, or no file: put the file itself there");
        }
    }

    /** Of every file's name and bytes; the same files have the same one anywhere. */
    public String digest() {
        return digest;
    }

    /** SHA-256 of each file, hex, by name. */
    public SortedMap<String, String> hashes() {
        return Collections.unmodifiableSortedMap(hashes);
    }

    byte[] bytes(String name) {
        return files.get(name);
    }

    /** A file as text; empty where it is not there. */
    String text(String name) {
        return new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }

    /** What has to be done to this one to come to the other. */
    public Changes to(Configuration other) {
        return Changes.between(hashes, other.hashes);
    }

    /**
     * Lays the files out in a folder that is named by what is in it, so that whoever uses it never sees it change.
     *
     * @return a folder with {@code routes} and {@code mappings}
     */
    public Folder lay(Path into) {
        try {
            Files.createDirectories(into);
            Path laid = into.resolve(digest.substring(0, FOLDER_DIGITS));
            if (Files.isDirectory(laid)) {
                if (is(new Folder(laid))) {
                    return new Folder(laid);
                }
                // Somebody has changed it by hand: what runs may be reading it, so it stays and is not used again.
                laid = Files.createTempDirectory(into, digest.substring(0, FOLDER_DIGITS) + "-");
                write(laid);
                return new Folder(laid);
            }
            Path part = Files.createTempDirectory(into, "part-");
            write(part);
            return new Folder(moved(part, laid));
        } catch (IOException e) {
            throw new UncheckedIOException(into + " cannot be written", e);
        }
    }

    private boolean is(Folder folder) {
        try {
            return read(folder.routes(), folder.mappings()).digest.equals(digest);
        } catch (IllegalArgumentException altered) {
            return false;
        }
    }

    private void write(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("routes"));
        Files.createDirectories(folder.resolve("mappings"));
        Path last = null;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            if (!path.getParent().equals(last)) { // asking for one that is there costs as much as a file
                last = Files.createDirectories(path.getParent());
            }
            Files.write(path, file.getValue());
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

    /** SHA-256, hex. */
    public static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
