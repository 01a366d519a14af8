package songda.check;

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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.events.CommentEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.StreamStartEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** How a route file of this house looks ({@code routes/README.md}): each file by itself. */
public final class HouseRules {

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
                            "aliyun",
                            "soap",
                            "session",
                            "smtp",
                            "smtps",
                            "letter",
                            "webhook",
                            "quartz",
                            "sql",
                            "drop",
                            "fact",
                            "direct",
                            "label",
                            "order",
                            "desk",
                            "report",
                            "settlement",
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
                            "settlement",
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
    private static final Pattern PROGRAM = Pattern.compile("(?s).*\\$\\{(bean:|ref:|body\\.|type:).*");
    private static final Schema CANONICAL = canonical();
    /** What goes to a partner over the network. */
    private static final Set<String> CALLS = Set.of("http", "https", "printer", "smtp", "smtps", "ftp", "sftp", "ipp");

    /** What begins with a message that somebody else made. */
    private static final Set<String> STRANGERS = Set.of("servlet", "sql", "drop");

    private static final Pattern REMOVED = Pattern.compile("removeHeaders:\\s+pattern:\\s+\"?(Camel)?\\*");

    private final RouteFiles all;
    private final RouteFile f;
    private final Findings out;

    private HouseRules(RouteFiles all, RouteFile f, Findings out) {
        this.all = all;
        this.f = f;
        this.out = out;
    }

    static void check(RouteFiles all, Findings out) {
        all.files().forEach(f -> new HouseRules(all, f, out).check());
        systems(all, out);
    }

    private void check() {
        out.when(f.name().contains("."), "R101", f.start());
        out.when(f.kind().isEmpty(), "R102", f.start());
        id();
        CANONICAL.validate(f.yaml().tree()).stream()
                .limit(5)
                .forEach(e -> out.add(
                        "R104",
                        f.yaml().at(e.getInstanceLocation().toString()),
                        e.getInstanceLocation(),
                        e.getMessage()));
        description();
        f.route()
                .filter(r -> !r.path("group").asText().equals(f.group()))
                .ifPresent(r -> out.add("R107", f.at("group"), f.group()));
        policies();
        long lines = f.yaml().text().lines().count();
        out.when(lines > MOST_LINES, "R109", new Place(f.yaml().file(), MOST_LINES + 1, 1), lines);
        comments();
        schemes();
        calls();
        programs("", f.yaml().root());
        names();
    }

    private void id() {
        String key = f.kind().equals("templatedRoute") ? "routeId" : "id";
        String id = f.body().path(key).asText();
        boolean policy = f.kind().equals("routeConfiguration") && id.equals("*");
        out.when(!f.kind().isEmpty() && !policy && !id.equals(f.name()), "R103", f.at(key), id, f.name());
    }

    private void description() {
        f.route().ifPresent(route -> {
            String text = route.path("description").asText();
            String[] halves = text.split(" / ", 2);
            boolean both = halves.length == 2
                    && HAN.matcher(halves[0]).find()
                    && LATIN.matcher(halves[1]).find();
            out.when(!both, "R105", f.at("description"));
            out.when(!f.in("kit") && !RULE.matcher(text).find(), "R106", f.at("description"));
        });
    }

    /**
     * Without the common policy, whose id is a star, what cannot be read is lost in silence. The ids are patterns: a bare star would draw in the
     * policies of other routes, too. Of two clauses for one exception the later one counts.
     */
    private void policies() {
        String ids = f.body().path("routeConfigurationId").asText("*");
        out.when(!ids.matches("\\*|\\[\\*](,[a-z0-9-]+)+"), "R108", f.at("routeConfigurationId"), ids);
    }

    private void comments() {
        if (f.yaml().text().indexOf('#') < 0) {
            return;
        }
        var options = new LoaderOptions();
        options.setProcessComments(true);
        boolean content = false;
        for (Event event : new Yaml(options).parse(new StringReader(f.yaml().text()))) {
            if (event instanceof CommentEvent c
                    && content
                    && !c.getCommentType().name().equals("BLANK_LINE")) {
                out.add("R110", Place.of(f.yaml().file(), c.getStartMark()));
                return;
            }
            content |= !(event instanceof CommentEvent
                    || event instanceof StreamStartEvent
                    || event instanceof DocumentStartEvent);
        }
    }

    private void schemes() {
        Set<String> allowed = SCHEMES.getOrDefault(f.room(), Set.of());
        for (Use use : f.uses()) {
            out.when(
                    !allowed.contains(use.scheme()),
                    "R111",
                    use.place(),
                    use.scheme(),
                    f.room(),
                    new TreeSet<>(allowed));
        }
    }

    /**
     * Headers that begin with Camel steer a call, so none may come from outside: a door's exchange begins without any, a mapping cannot make one, and
     * what the client lets in of an answer begins with Camel only where Camel says so itself. An address is logged, counted and shown: who is written to stands in the message.
     */
    private void calls() {
        List<Use> calls = f.uses().stream()
                .filter(use -> !use.from() && CALLS.contains(use.scheme()))
                .toList();
        calls.stream().filter(use -> use.uri().contains("${")).forEach(use -> out.add("R129", use.place(), use.uri()));
        boolean clean = !STRANGERS.contains(f.from().replaceFirst(":.*", ""));
        boolean cleaned = REMOVED.matcher(f.yaml().text()).find();
        if (!cleaned && !calls.isEmpty() && !clean) {
            out.add("R130", calls.get(calls.size() - 1).place());
        }
    }

    private static void systems(RouteFiles all, Findings out) {
        Map<String, YamlText> systems = all.systems();
        systems.forEach((name, yaml) -> {
            String as = yaml.tree().path("as").asText(name);
            boolean words = HAN.matcher(yaml.tree().path("zh").asText()).find()
                    && LATIN.matcher(yaml.tree().path("en").asText()).find();
            boolean stands = as.equals(name)
                    || systems.containsKey(as) && !systems.get(as).tree().has("as");
            out.when(!words, "R128", Place.start(yaml.file()), "zh: 中文, en: English");
            out.when(!stands, "R128", Place.start(yaml.file()), "as: <" + String.join(" | ", systems.keySet()) + ">");
        });
    }

    private void programs(String key, Node node) {
        if (node instanceof MappingNode map) {
            for (NodeTuple entry : map.getValue()) {
                String name = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
                program(name, entry);
                programs(name, entry.getValueNode());
            }
        } else if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> programs(key, item));
        } else if (node instanceof ScalarNode text && key.equals("expression")) {
            out.when(
                    PROGRAM.matcher(text.getValue()).matches(),
                    "R113",
                    Place.of(f.yaml().file(), text.getStartMark()));
        }
    }

    private void program(String key, NodeTuple entry) {
        boolean step = FORBIDDEN_STEPS.contains(key) && entry.getValueNode() instanceof MappingNode;
        boolean language =
                FORBIDDEN_LANGUAGES.contains(key) && YamlText.below(entry.getValueNode(), "expression") != null;
        out.when(
                step || language,
                "R112",
                Place.of(f.yaml().file(), entry.getKeyNode().getStartMark()),
                key);
    }

    private void names() {
        if (f.in("edge")) {
            String[] words = f.name().split("-", 3);
            boolean named = words.length == 3 && words[0].equals(f.group()) && VERBS.contains(words[1]);
            out.when(!named, "R114", f.start(), f.group(), new TreeSet<>(VERBS));
            out.when(
                    !all.systems().containsKey(f.group()),
                    "R126",
                    f.start(),
                    f.group(),
                    all.systems().keySet());
        }
        if (f.in("flow")) {
            out.when(!f.name().matches("[a-z0-9-]+-on-[a-z0-9-]+"), "R115", f.start());
            out.when(!f.from().startsWith("fact:"), "R125", f.at("from/uri"));
        }
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
