package songda.house;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.events.CommentEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.StreamStartEvent;

/** The rules of {@code routes/README.md} as plain methods: each gives the faults it finds, with file and remedy. */
final class HouseRules {

    static final Set<String> SYSTEMS =
            Set.of("gov", "postal", "receipt85", "inquiry", "printer", "sms", "mail", "ticket", "pda", "desk");
    /** The hub itself says what its deadlines found. */
    private static final Set<String> SAID_BY =
            Stream.concat(SYSTEMS.stream(), Stream.of("kit")).collect(Collectors.toSet());

    static final Map<String, Set<String>> SCHEMES = Map.of(
            "flow", Set.of("fact", "door", "deadline", "mapping"),
            "ladder", Set.of("fact", "deadline"),
            "edge",
                    Set.of(
                            "servlet",
                            "door",
                            "ask",
                            "mapping",
                            "http",
                            "https",
                            "printer",
                            "ems",
                            "smtp",
                            "smtps",
                            "quartz",
                            "sql",
                            "fact",
                            "direct",
                            "label",
                            "order",
                            "desk",
                            "report",
                            "refusal",
                            "dead-letter"),
            "kit",
                    Set.of(
                            "direct",
                            "fact",
                            "deadline",
                            "door",
                            "mapping",
                            "log",
                            "kafka",
                            "quartz",
                            "dead-letter",
                            "refusal",
                            "report",
                            "purge"));
    private static final Set<String> VERBS =
            Set.of("receive", "answer", "fetch", "request", "send", "print", "open", "remind", "close");
    private static final Set<String> FORBIDDEN_STEPS = Set.of(
            "toD",
            "bean",
            "process",
            "recipientList",
            "routingSlip",
            "dynamicRouter",
            "delay",
            "script",
            "poll",
            "threads");
    private static final Set<String> FORBIDDEN_LANGUAGES =
            Set.of("groovy", "spel", "java", "js", "joor", "mvel", "ognl", "python", "method", "ref", "csimple");
    private static final int MOST_LINES = 60;
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    private static final Pattern LATIN = Pattern.compile("[A-Za-z]{2}");
    private static final Pattern RULE = Pattern.compile("\\bR\\d\\d\\b");
    private static final Pattern FACT = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*\\.[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern NORM = Pattern.compile("[RA]\\d\\d");
    private static final Schema CANONICAL = canonical();

    private HouseRules() {}

    /** Every rule by its sentence. */
    static Map<String, Function<RouteFiles, List<String>>> all() {
        Map<String, Function<RouteFiles, List<String>>> rules = new LinkedHashMap<>();
        rules.put("a file name has no second dot", each(HouseRules::secondDot));
        rules.put("one route a file", each(HouseRules::oneRoute));
        rules.put("the id is the file's name", each(HouseRules::idIsName));
        rules.put("canonical YAML", each(HouseRules::canonicalForm));
        rules.put("a description in Chinese and English, with its rule", each(HouseRules::description));
        rules.put("the group is the room", each(HouseRules::group));
        rules.put("a failure policy of its own adds to the common one", each(HouseRules::policies));
        rules.put("at most sixty lines", each(HouseRules::length));
        rules.put("comments only at the top", each(HouseRules::comments));
        rules.put("only the schemes of the room", each(HouseRules::schemes));
        rules.put("no program in a route", each(HouseRules::programs));
        rules.put("an edge file is named system-verb-object", each(HouseRules::edgeName));
        rules.put("a step is named thing-on-past", each(HouseRules::stepName));
        rules.put("every direct, mapping, fact, door and deadline resolves", each(HouseRules::resolves));
        rules.put("every question is asked by a door of its system", each(HouseRules::questions));
        rules.put("every fact has a step or is silent", HouseRules::factsAreHeard);
        rules.put("the catalogue says all of each fact", HouseRules::factsAreDescribed);
        return rules;
    }

    private static Function<RouteFiles, List<String>> each(BiFunction<RouteFiles, RouteFile, Stream<String>> rule) {
        return all -> all.files().stream()
                .flatMap(f -> rule.apply(all, f).map(fault -> f.shown() + ": " + fault))
                .toList();
    }

    private static Stream<String> secondDot(RouteFiles all, RouteFile f) {
        return when(f.name().contains("."), "a second dot in the name stops Camel's loader: rename it");
    }

    private static Stream<String> oneRoute(RouteFiles all, RouteFile f) {
        return when(f.kind().isEmpty(), "must be a list of one element (YAML that cannot be read, or two routes)");
    }

    private static Stream<String> idIsName(RouteFiles all, RouteFile f) {
        String id = f.body()
                .path(f.kind().equals("templatedRoute") ? "routeId" : "id")
                .asText();
        boolean policy = f.kind().equals("routeConfiguration") && id.equals("*");
        return when(!policy && !id.equals(f.name()), "id is '" + id + "', not '" + f.name() + "'");
    }

    private static Stream<String> canonicalForm(RouteFiles all, RouteFile f) {
        return CANONICAL.validate(f.tree()).stream()
                .limit(5)
                .map(e -> "not canonical at " + e.getInstanceLocation() + ": " + e.getMessage());
    }

    private static Stream<String> description(RouteFiles all, RouteFile f) {
        return f.route().stream().flatMap(route -> {
            String text = route.path("description").asText();
            String[] halves = text.split(" / ", 2);
            boolean both = halves.length == 2
                    && HAN.matcher(halves[0]).find()
                    && LATIN.matcher(halves[1]).find();
            boolean norm = f.in("kit") || RULE.matcher(text).find();
            return Stream.concat(
                    when(!both, "description must be '中文 / English'"), when(!norm, "description names no rule (R67)"));
        });
    }

    private static Stream<String> group(RouteFiles all, RouteFile f) {
        return f.route().stream()
                .flatMap(r -> when(!r.path("group").asText().equals(f.group()), "group must be '" + f.group() + "'"));
    }

    /**
     * Without the common policy, whose id is a star, what cannot be read is lost in silence. The ids are patterns: a bare star would draw in the
     * policies of other routes, too. Of two clauses for one exception the later one counts.
     */
    private static Stream<String> policies(RouteFiles all, RouteFile f) {
        String ids = f.body().path("routeConfigurationId").asText("*");
        return when(
                !ids.matches("\\*|\\[\\*](,[a-z0-9-]+)+"),
                "routeConfigurationId is '" + ids + "': write '[*],<id of the route's own policy>'");
    }

    private static Stream<String> length(RouteFiles all, RouteFile f) {
        long lines = f.text().lines().count();
        return when(lines > MOST_LINES, lines + " lines: make it two routes or a mapping");
    }

    private static Stream<String> comments(RouteFiles all, RouteFile f) {
        if (f.tree().isMissingNode()) {
            return Stream.of();
        }
        var options = new LoaderOptions();
        options.setProcessComments(true);
        boolean content = false;
        for (Event event : new Yaml(options).parse(new StringReader(f.text()))) {
            if (event instanceof CommentEvent c
                    && content
                    && !c.getCommentType().name().equals("BLANK_LINE")) {
                int line = c.getStartMark().getLine() + 1;
                return Stream.of("comment on line " + line + ": it is lost in Hawtio, write description or note");
            }
            content |= !(event instanceof CommentEvent
                    || event instanceof StreamStartEvent
                    || event instanceof DocumentStartEvent);
        }
        return Stream.of();
    }

    private static Stream<String> schemes(RouteFiles all, RouteFile f) {
        String room = f.folder().replaceFirst("/.*", "");
        Set<String> allowed = SCHEMES.getOrDefault(room, Set.of());
        return f.uris().stream()
                .map(uri -> uri.replaceFirst(":.*", ""))
                .distinct()
                .filter(scheme -> !allowed.contains(scheme))
                .map(scheme -> "'" + scheme + ":' has no place in " + room + ", only " + new TreeSet<>(allowed));
    }

    private static Stream<String> programs(RouteFiles all, RouteFile f) {
        List<String> faults = new ArrayList<>();
        f.each((key, value) -> {
            boolean step = FORBIDDEN_STEPS.contains(key) && value.isObject();
            if (step || FORBIDDEN_LANGUAGES.contains(key) && value.isObject() && value.has("expression")) {
                faults.add("'" + key + "' hides what happens: use a mapping or a component with a name");
            }
            if (key.equals("simple") && value.toString().matches("(?s).*\\$\\{(bean:|ref:|body\\.|type:).*")) {
                faults.add("simple compares one header with one constant, no more");
            }
        });
        return faults.stream();
    }

    private static Stream<String> edgeName(RouteFiles all, RouteFile f) {
        if (!f.in("edge")) {
            return Stream.of();
        }
        String[] words = f.name().split("-", 3);
        boolean named = words.length == 3 && words[0].equals(f.group()) && VERBS.contains(words[1]);
        return Stream.concat(
                when(
                        !named,
                        "must be named " + f.group() + "-<verb>-<object>, the verb one of " + new TreeSet<>(VERBS)),
                when(!SYSTEMS.contains(f.group()), "'" + f.group() + "' is no system: " + new TreeSet<>(SYSTEMS)));
    }

    private static Stream<String> stepName(RouteFiles all, RouteFile f) {
        return Stream.concat(
                when(f.in("flow") && !f.name().matches("[a-z0-9-]+-on-[a-z0-9-]+"), "must be named <thing>-on-<past>"),
                when(f.in("flow") && !f.from().startsWith("fact:"), "a step starts from: fact:<name>"));
    }

    private static Stream<String> resolves(RouteFiles all, RouteFile f) {
        return Stream.of(
                        f.names("direct").stream()
                                .filter(n -> !all.hasVerb(n))
                                .map(n -> "no direct:" + n + " in routes/kit"),
                        f.names("mapping").stream()
                                .filter(n -> !all.hasMapping(n))
                                .map(n -> "no folder mappings/" + n),
                        f.names("fact").stream()
                                .filter(n ->
                                        !n.equals("record") && !all.factNames().contains(n))
                                .map(n -> "no fact '" + n + "' in routes/facts.yaml"),
                        f.names("door").stream()
                                .filter(n -> !all.hasDoor(n))
                                .map(n -> "no door: routes/edge has no " + n + ".camel.yaml from: door:" + n),
                        f.names("deadline").stream().flatMap(n -> ladder(all, n)))
                .flatMap(s -> s);
    }

    private static Stream<String> questions(RouteFiles all, RouteFile f) {
        String asks = f.parameter("ask");
        boolean question = f.from().startsWith("ask:");
        return Stream.of(
                        when(
                                !asks.isEmpty()
                                        && all.in(f.folder())
                                                .noneMatch(q -> q.from().equals("ask:" + asks)
                                                        && q.name().equals(asks)),
                                "ask: routes/" + f.folder() + " has no " + asks + ".camel.yaml from: ask:" + asks),
                        when(
                                !asks.isEmpty() && f.parameter("repeatable").equals("true"),
                                "ask: who takes a message twice for one is not asked for it"),
                        when(
                                question
                                        && all.in(f.folder()).noneMatch(d -> d.parameter("ask")
                                                .equals(f.name())),
                                "no door of routes/" + f.folder() + " says ask: " + f.name()))
                .flatMap(s -> s);
    }

    private static Stream<String> ladder(RouteFiles all, String path) {
        String[] words = path.split("/", 2);
        if (words[0].equals("due")) {
            return Stream.of();
        }
        boolean known = Set.of("open", "close").contains(words[0]) && words.length == 2 && all.hasLadder(words[1]);
        return when(
                !known,
                "deadline:" + path + " names no ladder: write open/<ladder> or close/<ladder> of routes/ladder");
    }

    private static List<String> factsAreHeard(RouteFiles all) {
        List<String> heard =
                all.in("flow").flatMap(f -> f.names("fact").stream()).toList();
        List<String> faults = new ArrayList<>();
        for (String fact : all.factNames()) {
            boolean silent = all.facts().get(fact).path("silent").asBoolean();
            if (!silent && !heard.contains(fact)) {
                faults.add("routes/facts.yaml: '" + fact + "' has no step: write one in routes/flow or silent: true");
            }
            if (silent && heard.contains(fact)) {
                faults.add("routes/facts.yaml: '" + fact + "' is silent but has a step: take silent away");
            }
        }
        return faults;
    }

    private static List<String> factsAreDescribed(RouteFiles all) {
        List<String> faults = new ArrayList<>();
        for (String name : all.factNames()) {
            JsonNode fact = all.facts().get(name);
            check(faults, FACT.matcher(name).matches(), name, "must be <thing>.<past>");
            check(faults, HAN.matcher(fact.path("zh").asText()).find(), name, "says no zh");
            check(faults, LATIN.matcher(fact.path("en").asText()).find(), name, "says no en");
            check(
                    faults,
                    words(fact.path("rules")).allMatch(r -> NORM.matcher(r).matches()),
                    name,
                    "rules are R42 or A03");
            check(faults, words(fact.path("said-by")).allMatch(SAID_BY::contains), name, "said-by names no system");
        }
        return faults;
    }

    private static void check(List<String> faults, boolean good, String fact, String what) {
        if (!good) {
            faults.add("routes/facts.yaml: '" + fact + "' " + what);
        }
    }

    private static Stream<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.asText()));
        return words.stream();
    }

    private static Stream<String> when(boolean bad, String fault) {
        return bad ? Stream.of(fault) : Stream.of();
    }

    private static Schema canonical() {
        try (InputStream in = HouseRules.class.getResourceAsStream("/schema/camelYamlDsl-canonical.json")) {
            // Camel marks old options with a keyword that draft 4 does not have.
            Dialect dialect = Dialect.builder(Dialects.getDraft4())
                    .keyword(new NonValidationKeyword("deprecated"))
                    .build();
            return SchemaRegistry.withDefaultDialect(dialect).getSchema(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
