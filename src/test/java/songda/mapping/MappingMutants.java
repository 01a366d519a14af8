package songda.mapping;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;
import songda.norm.Edit;

/**
 * Makes each line of a mapping that keeps a rule wrong, once, in a copy, and sees whether an example pair notices: a refusal is taken out, a
 * masked text comes in clear, an amount or a length of time of a table is one more, a limit of a schema is gone.
 */
public final class MappingMutants {

    private static final Pattern RULE = Pattern.compile("\\bR\\d\\d\\b");
    private static final Pattern REFUSE = Pattern.compile("\\b(?:s:)?refuse\\(");
    /** Confidentiality (R07): what hides a person's data. */
    private static final Pattern MASK = Pattern.compile("\\bmask-(?:name|phone|label-phone|address|room)\\(");

    private static final Pattern PERIOD = Pattern.compile("(PT?)(\\d+)([DHM])");
    private static final Pattern AMOUNT = Pattern.compile("\\d+(\\.\\d+)?");
    private static final Set<String> NO_AMOUNTS =
            Set.of("row", "area", "code", "county", "zone", "level", "key", "at", "line");
    private static final List<String> LIMITS =
            List.of("enum", "const", "pattern", "minimum", "maximum", "minItems", "maxItems");

    private record Mutant(Path file, int line, String what, Set<String> rules, String text) {}

    private final Path root;
    private final Path copy;
    private final Map<String, Place> places = new HashMap<>();
    private final Mappings mappings;

    /** @param copy a folder that is made for it */
    public MappingMutants(Path root, Path copy) throws IOException {
        this.root = root;
        this.copy = copy.toAbsolutePath().normalize();
        FileSystemUtils.copyRecursively(root, this.copy);
        this.mappings = new Mappings(this.copy);
        Mappings.placesOf(this.copy).forEach(place -> places.put(place.name(), place));
    }

    public List<Edit> all() {
        return files().flatMap(file -> of(file).stream())
                .filter(mutant -> !mutant.rules().isEmpty())
                .map(mutant -> new Edit(
                        mutant.rules(), root.resolve(mutant.file()), mutant.line(), mutant.what(), killer(mutant)))
                .toList();
    }

    private Stream<Path> files() {
        try (Stream<Path> all = Files.walk(root)) {
            return all
                    .filter(file -> !file.toString().contains("/examples/")
                            && file.toString().matches(".*\\.(jslt|xsl|csv|schema\\.json)"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Mutant> of(Path path) {
        String text = read(path);
        Path file = root.relativize(path);
        String name = path.toString();
        return name.endsWith(".csv")
                ? cells(file, text)
                : name.endsWith(".json") ? limits(file, text) : calls(file, text);
    }

    private List<Mutant> calls(Path file, String text) {
        List<Mutant> mutants = new ArrayList<>();
        REFUSE.matcher(text).results().forEach(call -> {
            int end = closing(text, call.end() - 1);
            Set<String> rules = rules(text.substring(call.start(), end));
            mutants.add(mutant(file, text, call.start(), end, "null", "不拒绝 / not refused", rules));
        });
        if (file.toString().endsWith(".jslt")) {
            MASK.matcher(text)
                    .results()
                    .forEach(call -> mutants.add(mutant(
                            file,
                            text,
                            call.start(),
                            call.end(),
                            "fallback(null, ",
                            "不遮盖 / not masked: " + call.group().replace("(", ""),
                            Set.of("R07"))));
        }
        return mutants;
    }

    /** Each amount and each length of time of a row that names its rule; where only the head of a table names rules, all of the same text in a column at once. */
    private List<Mutant> cells(Path file, String text) {
        Map<String, Mutant> mutants = new LinkedHashMap<>();
        List<String> columns = null;
        StringBuilder head = new StringBuilder();
        int at = 0;
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("#")) {
                head.append(line).append('\n');
            } else if (columns == null) {
                columns = List.of(line.split(",", -1));
            } else if (!line.isBlank()) {
                boolean named = columns.contains("rule");
                int cellAt = at;
                String[] cells = line.split(",", -1);
                for (int i = 0; i < cells.length; i++) {
                    String more = i == 0 || NO_AMOUNTS.contains(columns.get(i)) ? null : more(cells[i]);
                    if (more != null) {
                        Set<String> own =
                                of(columns.get(i), head).orElse(named ? rules(line) : meant(cells[i], head.toString()));
                        String what = columns.get(i) + " " + cells[i] + " -> " + more;
                        String key = named ? line + what : what;
                        String before =
                                mutants.containsKey(key) ? mutants.get(key).text() : text;
                        mutants.put(key, mutant(file, before, cellAt, cellAt + cells[i].length(), more, what, own));
                    }
                    cellAt += cells[i].length() + 1;
                }
            }
            at += line.length() + 1;
        }
        return List.copyOf(mutants.values());
    }

    /** The rule that the table's head names behind a column, {@code double（R89）}. */
    private static Optional<Set<String>> of(String column, CharSequence head) {
        Matcher own = Pattern.compile("\\b" + column + "（(R\\d\\d)）").matcher(head);
        return own.find() ? Optional.of(Set.of(own.group(1))) : Optional.empty();
    }

    /** The rule that the table's head names behind this very cell, {@code P1D … R08}; else all that it names. */
    private static Set<String> meant(String cell, String head) {
        Matcher own = Pattern.compile("\\b" + Pattern.quote(cell) + "\\b[^R\\n]*(R\\d\\d)")
                .matcher(head);
        return own.find() ? Set.of(own.group(1)) : rules(head);
    }

    private static String more(String cell) {
        Matcher period = PERIOD.matcher(cell);
        if (period.matches()) {
            return period.group(1) + (Integer.parseInt(period.group(2)) + 1) + period.group(3);
        }
        return AMOUNT.matcher(cell).matches()
                ? new BigDecimal(cell)
                        .add(BigDecimal.ONE.movePointLeft(new BigDecimal(cell).scale()))
                        .toPlainString()
                : null;
    }

    /** The limits of a field whose description names a rule. */
    private List<Mutant> limits(Path file, String text) {
        List<Mutant> mutants = new ArrayList<>();
        Matcher description = Pattern.compile("\"description\"\\s*:\\s*\"[^\"]*\\bR\\d\\d[^\"]*\"")
                .matcher(text);
        while (description.find()) {
            int begin = opening(text, description.start());
            int end = closing(text, begin);
            String field = text.substring(begin, end);
            for (String limit : LIMITS) {
                Matcher found = Pattern.compile("\"" + limit + "\"\\s*:").matcher(field);
                if (found.find()) {
                    mutants.add(mutant(
                            file,
                            text,
                            begin + found.start(),
                            begin + found.end(),
                            "\"$comment-" + limit + "\":",
                            "没有限制 / without " + limit,
                            rules(description.group())));
                }
            }
        }
        return mutants;
    }

    private static Mutant mutant(
            Path file, String text, int begin, int end, String with, String what, Set<String> rules) {
        int line = (int) text.substring(0, begin).chars().filter(c -> c == '\n').count() + 1;
        return new Mutant(file, line, what, rules, text.substring(0, begin) + with + text.substring(end));
    }

    private Optional<String> killer(Mutant mutant) {
        Path file = copy.resolve(mutant.file());
        String good = read(file);
        try {
            Files.writeString(file, mutant.text());
            return mappings.touched(Set.of(mutant.file().toString())).stream()
                    .sorted((a, b) ->
                            Boolean.compare(file.startsWith(copy.resolve(b)), file.startsWith(copy.resolve(a))))
                    .map(this::mismatch)
                    .flatMap(Optional::stream)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            write(file, good);
        }
    }

    private Optional<String> mismatch(String name) {
        Mapping wrong;
        try {
            wrong = Mapping.compile(places.get(name));
        } catch (MappingBroken broken) {
            return Optional.of(Edit.REFUSED + broken.getMessage().replaceAll("\\s+", " "));
        }
        return Examples.of(copy, name).stream()
                .filter(example -> fails(wrong, example))
                .findFirst()
                .map(example -> name + ": " + example.sentence());
    }

    private static boolean fails(Mapping mapping, Examples.Example example) {
        return Examples.mismatch(mapping, example).isPresent();
    }

    private static Set<String> rules(String text) {
        return RULE.matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Behind the bracket that closes the one at {@code from}; what stands in texts does not count. */
    private static int closing(String text, int from) {
        int depth = 0;
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '(' || c == '{' || c == '[')) {
                depth++;
            } else if (!quoted && (c == ')' || c == '}' || c == ']') && --depth == 0) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("no end: " + text.substring(from, Math.min(text.length(), from + 60)));
    }

    /** The brace of the object that {@code at} stands in. */
    private static int opening(String text, int at) {
        for (int begin = text.lastIndexOf('{', at); begin >= 0; begin = text.lastIndexOf('{', begin - 1)) {
            if (closing(text, begin) > at) {
                return begin;
            }
        }
        throw new IllegalArgumentException("no object around: " + text.substring(at));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
