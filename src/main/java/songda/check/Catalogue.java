package songda.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What {@code facts.yaml} says of each fact. */
final class Catalogue {

    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    private static final Pattern LATIN = Pattern.compile("[A-Za-z]{2}");
    private static final Pattern FACT = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*\\.[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern NORM = Pattern.compile("[RA]\\d\\d");

    private Catalogue() {}

    static void check(RouteFiles all, Findings out) {
        YamlText yaml = all.yamls().get(all.catalogue());
        for (String name : all.factNames()) {
            JsonNode fact = all.facts().get(name);
            Place place = yaml.atKey("/facts", name);
            out.when(!FACT.matcher(name).matches(), "R214", place, name, "<thing>.<past>");
            out.when(!HAN.matcher(fact.path("zh").asText()).find(), "R214", place, name, "zh: 中文");
            out.when(!LATIN.matcher(fact.path("en").asText()).find(), "R214", place, name, "en: English");
            out.when(
                    !words(fact.path("rules")).allMatch(r -> NORM.matcher(r).matches()),
                    "R214",
                    place,
                    name,
                    "rules: [R42, A03]");
            // The hub itself says what its deadlines found.
            out.when(
                    !words(fact.path("said-by"))
                            .allMatch(w -> w.equals("kit") || all.systems().containsKey(w)),
                    "R214",
                    place,
                    name,
                    "said-by: [postal]");
            // A misspelled one would never be met.
            out.when(
                    !words(fact.path("from")).allMatch(named(all, "stage")::contains),
                    "R214",
                    place,
                    name,
                    "from: " + named(all, "stage"));
            out.when(
                    fact.has("uncounts")
                            && !named(all, "counts")
                                    .contains(fact.path("uncounts").asText()),
                    "R214",
                    place,
                    name,
                    "uncounts: " + named(all, "counts"));
        }
    }

    /** What facts say under this key, without those that say nothing. */
    private static Set<String> named(RouteFiles all, String key) {
        return StreamSupport.stream(all.facts().spliterator(), false)
                .filter(fact -> fact.has(key))
                .map(fact -> fact.path(key).asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> words(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText);
    }
}
