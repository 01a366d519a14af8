package songda.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import songda.calendar.Calendars;
import songda.directory.Directory;

/** Whether everything that a route names is there, and everything that is there is named. */
final class References {

    private static final Pattern HEADER = Pattern.compile("\\$\\{header\\.([A-Za-z0-9_.-]+)}");
    /** What each step may ask of the order, beside its fields and the fact's. */
    private static final Set<String> HEADERS = Set.of(
            "fact",
            "county",
            "destCounty",
            "source",
            "receipt",
            "payer",
            "service",
            "stage",
            "receiptStage",
            "receiptStageBefore",
            "anomaly",
            "anomalyBefore",
            "receiptAhead");

    private final RouteFiles all;
    private final Findings out;
    private final Set<String> ladders;
    private final Set<String> policies;
    private final Set<String> facts;
    private final Set<String> orderFields;
    private final Words words;

    private References(RouteFiles all, Findings out) {
        this.all = all;
        this.out = out;
        this.ladders = all.ladders().keySet();
        this.policies = all.files().stream()
                .filter(f -> f.kind().equals("routeConfiguration"))
                .map(f -> f.body().path("id").asText())
                .collect(Collectors.toSet());
        this.facts = all.factNames();
        this.orderFields = orderFields();
        this.words = new Words(all, out);
    }

    /** @param directory null where it cannot be read; so are the calendars */
    static void check(RouteFiles all, Directory directory, Calendars calendars, Findings out) {
        References references = new References(all, out);
        all.files().forEach(f -> {
            references.resolve(f);
            references.question(f);
            references.policy(f);
            references.template(f);
            f.uses("door").filter(u -> !u.from()).forEach(u -> references.addressee(f, u, directory, calendars));
        });
        all.in("flow").forEach(references::headers);
        references.carriers();
        references.ids();
        references.facts();
        references.unreachable();
        references.dialects();
    }

    /** What a step owes must be payable whichever folder a site has chosen. */
    private void dialects() {
        List<RouteFile> spoken =
                all.in("edge").filter(f -> !f.dialect().isEmpty()).toList();
        Set<String> folders = spoken.stream().map(RouteFile::folder).collect(Collectors.toSet());
        for (RouteFile door : spoken) {
            folders.stream()
                    .filter(folder ->
                            door.from().startsWith("door:") && folder.startsWith("edge/" + door.group() + "/"))
                    .filter(folder -> spoken.stream()
                            .noneMatch(
                                    f -> f.folder().equals(folder) && f.name().equals(door.name())))
                    .forEach(folder -> out.add("R222", door.start(), folder, door.name()));
        }
    }

    private void resolve(RouteFile f) {
        f.uses("direct").filter(u -> !all.hasVerb(u.name())).forEach(u -> out.add("R204", u.place(), u.name()));
        f.uses("mapping").filter(u -> !all.hasMapping(u.name())).forEach(u -> out.add("R203", u.place(), u.name()));
        f.uses("mapping")
                .filter(u -> u.options().containsKey("each"))
                .forEach(u -> elements(u.options().get("each")));
        f.uses("fact")
                .filter(u -> !u.name().equals("record") && !facts.contains(u.name()))
                .forEach(u -> out.add("R201", u.place(), u.name(), Distance.nearest(facts, u.name())));
        f.uses("door").forEach(u -> all.doors(u)
                .filter(door -> all.door(door).findAny().isEmpty())
                .forEach(door -> out.add("R202", u.place(), door, door.replaceFirst("-.*", ""))));
        f.uses("deadline").filter(u -> !u.name().equals("due")).forEach(u -> {
            String[] words = u.name().split("/", 2);
            boolean known =
                    Set.of("open", "close").contains(words[0]) && words.length == 2 && ladders.contains(words[1]);
            if (!known) {
                out.add("R205", u.place(), u.name(), Distance.nearest(ladders, words[words.length - 1]));
            }
        });
    }

    private void elements(Use.Option each) {
        boolean comesIn = all.in("edge")
                .anyMatch(r -> r.name().equals(each.value())
                        && r.kind().equals("route")
                        && !r.from().matches("(door|ask|session):.*"));
        out.when(!comesIn, "R225", each.place(), each.value());
    }

    private void question(RouteFile f) {
        String asks = f.parameter("ask");
        boolean there = all.in(f.folder())
                .anyMatch(q -> q.from().equals("ask:" + asks) && q.name().equals(asks));
        out.when(!asks.isEmpty() && !there, "R206", f.at("from/parameters/ask"), asks, f.folder());
        out.when(!asks.isEmpty() && f.parameter("repeatable").equals("true"), "R207", f.at("from/parameters/ask"));
        String tells = f.parameter("tells");
        if (!tells.isEmpty() && !facts.contains(tells)) {
            out.add("R201", f.at("from/parameters/tells"), tells, Distance.nearest(facts, tells));
        }
        boolean asked = all.in(f.folder()).anyMatch(d -> d.parameter("ask").equals(f.name()));
        out.when(f.from().startsWith("ask:") && !asked, "R208", f.at("from/uri"), f.folder(), f.name());
    }

    private void policy(RouteFile f) {
        for (String id : f.body().path("routeConfigurationId").asText("").split(",")) {
            boolean known = id.isEmpty() || id.matches("\\[?\\*]?") || policies.contains(id);
            out.when(!known, "R121", f.at("routeConfigurationId"), id);
        }
    }

    private void template(RouteFile f) {
        if (!f.kind().equals("templatedRoute")) {
            return;
        }
        String name = f.body().path("routeTemplateRef").asText();
        JsonNode template = all.files().stream()
                .filter(t -> t.kind().equals("routeTemplate")
                        && t.body().path("id").asText().equals(name))
                .findFirst()
                .map(RouteFile::body)
                .orElse(null);
        if (template == null) {
            out.add("R127", f.at("routeTemplateRef"), name);
            return;
        }
        Set<String> given = new HashSet<>();
        f.body().path("parameters").forEach(p -> given.add(p.path("name").asText()));
        template.path("parameters")
                .forEach(p -> out.when(
                        !p.has("defaultValue")
                                && p.path("required").asBoolean(true)
                                && !given.contains(p.path("name").asText()),
                        "R122",
                        f.at("parameters"),
                        p.path("name").asText(),
                        name));
    }

    private void addressee(RouteFile file, Use use, Directory directory, Calendars calendars) {
        Use.Option role = use.options().get("role");
        if (role != null && directory != null) {
            var gaps = directory.withoutAnyone(role.value());
            out.when(!gaps.isEmpty(), "R209", role.place(), role.value(), gaps);
        }
        Use.Option quiet = use.options().get("quiet");
        if (quiet != null && calendars != null) {
            out.when(
                    !calendars.hours().contains(quiet.value()),
                    "R210",
                    quiet.place(),
                    quiet.value(),
                    calendars.hours());
        }
        Use.Option until = use.options().get("until");
        if (until != null) {
            boolean opened = file.uses("deadline")
                    .anyMatch(u -> u.name().equals("open/" + until.value().replaceFirst("/.*", "")));
            out.when(!opened, "R223", until.place(), until.value());
        }
        words.check(use);
    }

    /** A misspelled field is empty for ever, and the steps behind it are never reached. */
    private void headers(RouteFile f) {
        Set<String> fields = new TreeSet<>(HEADERS);
        fields.addAll(orderFields);
        all.facts()
                .path(f.from().replaceFirst("fact:", ""))
                .path("data")
                .fieldNames()
                .forEachRemaining(field -> fields.add("data." + field));
        Matcher found = HEADER.matcher(f.yaml().text());
        while (found.find()) {
            if (!fields.contains(found.group(1))) {
                Place place = Place.of(f.yaml().file(), f.yaml().text(), found.start(1));
                out.add("R211", place, found.group(1), Distance.nearest(fields, found.group(1)));
            }
        }
    }

    /** What facts count or keep, and what the order itself came with. */
    private Set<String> orderFields() {
        Set<String> fields = new TreeSet<>();
        all.facts().forEach(fact -> {
            fact.path("keeps").forEach(kept -> fields.add("order." + kept.asText()));
            if (fact.has("counts")) {
                Stream.of("", "Days", "By", "OfRecipient")
                        .filter(end -> !end.equals("By") || fact.has("by"))
                        .forEach(
                                end -> fields.add("order." + fact.path("counts").asText() + end));
            }
        });
        Matcher key = Pattern.compile("\"([A-Za-z]+)\"\\s*:").matcher(all.program("gov/order-to-fact"));
        while (key.find()) {
            fields.add("order." + key.group(1));
        }
        return fields;
    }

    /** An order that names a carrier which is none finds no door. */
    private void carriers() {
        Set<String> known = Stream.concat(Stream.of("postal"), all.standingAs("postal"))
                .collect(Collectors.toCollection(TreeSet::new));
        CodeTable.find(all, "gov/carrier", "codes").ifPresent(table -> {
            int column = table.columns().indexOf("carrier");
            for (CodeTable.Row row : table.rows()) {
                String carrier =
                        column >= 0 && column < row.cells().size() ? row.cells().get(column) : "";
                out.when(
                        column >= 0 && !known.contains(carrier),
                        "R224",
                        new Place(table.file(), row.line(), 1),
                        carrier,
                        known);
            }
        });
    }

    private void ids() {
        Map<String, List<RouteFile>> taken = new java.util.HashMap<>();
        for (RouteFile f : all.files()) {
            String id = f.body()
                    .path(f.kind().equals("templatedRoute") ? "routeId" : "id")
                    .asText();
            List<RouteFile> before = taken.computeIfAbsent(id, k -> new ArrayList<>());
            RouteFile other = id.isEmpty()
                    ? null
                    : before.stream().filter(f::besides).findFirst().orElse(null);
            before.add(f);
            out.when(
                    other != null,
                    "R116",
                    f.at("id"),
                    id,
                    other == null ? "" : other.yaml().file());
        }
    }

    private void facts() {
        Set<String> heard = all.in("flow")
                .flatMap(f -> f.uses("fact").filter(Use::from))
                .map(Use::name)
                .collect(Collectors.toSet());
        YamlText catalogue = all.yamls().get(all.catalogue());
        for (String fact : facts) {
            boolean silent = all.facts().get(fact).path("silent").asBoolean();
            Place place = catalogue.atKey("/facts", fact);
            out.when(!silent && !heard.contains(fact), "R212", place, fact);
            out.when(silent && heard.contains(fact), "R213", catalogue.at("/facts/" + fact + "/silent"), fact);
        }
    }

    private void unreachable() {
        Set<String> owed = all.files().stream()
                .flatMap(f -> f.uses("door"))
                .filter(u -> !u.from())
                .flatMap(all::doors)
                .collect(Collectors.toSet());
        all.in("edge")
                .flatMap(f -> f.uses("door").filter(Use::from))
                .filter(u -> !owed.contains(u.name()))
                .forEach(u -> out.add("R216", u.place(), u.name()));
        Set<String> deadlines = named("deadline", false);
        all.ladders()
                .forEach((name, yaml) -> out.when(
                        yaml.readable() && !deadlines.contains("open/" + name),
                        "R217",
                        Place.start(yaml.file()),
                        name));
        Set<String> called = named("direct", false);
        all.in("kit")
                .flatMap(f -> f.uses("direct").filter(Use::from))
                .filter(u -> !called.contains(u.name()))
                .forEach(u -> out.add("R218", u.place(), u.name()));
    }

    private Set<String> named(String scheme, boolean from) {
        return all.files().stream()
                .flatMap(f -> f.uses(scheme))
                .filter(u -> u.from() == from)
                .map(Use::name)
                .collect(Collectors.toSet());
    }
}
