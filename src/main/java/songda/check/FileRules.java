package songda.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What holds for any file of {@code routes/} and {@code mappings/}, whatever it says. */
final class FileRules {

    private static final Pattern HIDDEN = Pattern.compile("(.*/)?\\.[^/]*");

    static final int MOST_BYTES = 2 * 1024 * 1024;
    static final Pattern ROUTES = Pattern.compile(
            "README\\.md|facts\\.yaml|(flow|kit|ladder|edge/[a-z0-9]+(/[a-z0-9]+)?)/[^/]+\\.camel\\.yaml|edge/[a-z0-9]+/(system|openapi)\\.yaml|ladder/[^/]+\\.yaml|flow/[^/]+\\.test\\.yaml");
    static final Pattern MAPPINGS = Pattern.compile(
            "README\\.md|([^/]+/)?[^/]+\\.(jslt|xsl)|(calendar|directory|tariff)/[^/]+\\.csv|label/[^/]+\\.(yaml|md)"
                    + "|[^/]+/[^/]+/([^/]+\\.(jslt|xsl|csv)|(in|out)\\.schema\\.json|examples/.+)");
    /** What only some of its texts have in common, and is found in a fraction of the time. */
    private record Secret(Predicate<String> suspect, Pattern pattern) {

        private static Secret with(String part, String pattern) {
            return new Secret(text -> text.contains(part), Pattern.compile(pattern));
        }
    }

    private static final List<Secret> SECRETS = List.of(
            Secret.with("PRIVATE KEY-----", "-----BEGIN [A-Z ]*PRIVATE KEY-----"),
            Secret.with("@", "\\b(?:https?|smtps?|ftp|jdbc):(?://)?[^/\\s:@{}\"']+:([^@\\s/{}\"']+)@"),
            Secret.with("eyJ", "\\beyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}"),
            Secret.with("AKIA", "\\bAKIA[0-9A-Z]{16}\\b"),
            // A literal beside such a name; what begins with {{ $ # . or ( is looked up elsewhere.
            new Secret(
                    Pattern.compile("[pP][aA][sS][sS][wW]|[sS][eE][cC][rR][eE][tT]|[kK][eE][yY]")
                            .asPredicate(),
                    Pattern.compile(
                            "(?im)^[^#\\n]*\\b(?:[a-z.-]*(?:password|passwd|secret|sign-?key|api-?key|private-?key|access-?key))"
                                    + "\"?\\s*[:=]\\s*[\"']?(?![{$#.(\\s\"']|(?:true|false|null|code|number|words|if|string)\\b)([^\\s\"',}]{4,})")));

    private FileRules() {}

    /**
     * @param known the paths below the root that somebody reads
     * @return the texts of the files that can be used, by their paths
     */
    static Map<Path, String> read(Path root, Pattern known, Findings out) {
        Map<Path, String> texts = new TreeMap<>();
        if (!Files.isDirectory(root)) {
            out.add("R009", Place.start(root.toString()));
            return texts;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.filter(p -> !Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList()) {
                read(root, path, known, texts, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    private static void read(Path root, Path path, Pattern known, Map<Path, String> texts, Findings out)
            throws IOException {
        Place start = Place.start(path.toString());
        if (Files.isSymbolicLink(path)) {
            boolean inside = Files.exists(path) && path.toRealPath().startsWith(root.toRealPath());
            out.when(!inside, "R006", start, Files.readSymbolicLink(path));
            if (!inside) {
                return;
            }
        }
        long bytes = Files.size(path);
        if (bytes > MOST_BYTES) {
            out.add("R005", start, bytes / 1024);
            return;
        }
        String inside = root.relativize(path).toString().replace('\\', '/');
        if (!HIDDEN.matcher(inside).matches() && !known.matcher(inside).matches()) {
            out.add("R008", start);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                    .toString();
            texts.put(path, text);
            if (!inside.contains("/examples/") && !inside.endsWith(".md")) {
                secrets(path, text, out);
            }
        } catch (CharacterCodingException e) {
            // An example may hold what no text is, on purpose.
            out.when(!inside.contains("/examples/"), "R004", start);
        }
    }

    private static void secrets(Path path, String text, Findings out) {
        for (Secret secret : SECRETS) {
            if (!secret.suspect().test(text)) {
                continue;
            }
            Matcher found = secret.pattern().matcher(text);
            while (found.find()) {
                out.add("R007", Place.of(path.toString(), text, found.start(found.groupCount())));
            }
        }
    }
}
