package songda.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/** The options of every URI, and the settings that they name. */
final class Endpoints {

    private static final Pattern SETTING = Pattern.compile("\\{\\{\\s*([A-Za-z0-9.-]+)\\s*}}");
    private static final Set<String> SETTINGS = settings();
    private final RouteFile file;
    private final Findings out;

    private Endpoints(RouteFile file, Findings out) {
        this.file = file;
        this.out = out;
    }

    static void check(RouteFiles all, Findings out) {
        all.files().forEach(f -> f.uses().forEach(u -> new Endpoints(f, out).check(u)));
        addresses(all, out);
    }

    private void check(Use use) {
        if (!file.kind().equals("routeTemplate")) {
            setting(use.uri(), use.place());
            use.options().values().forEach(o -> setting(o.value(), o.place()));
        }
        Schemes.find(use.scheme()).ifPresent(scheme -> {
            boolean named = use.uri().contains("{{") || use.name().matches("(?s)" + scheme.names());
            out.when(!named, "R120", use.place(), use.name(), scheme.name(), scheme.names());
            use.options().forEach((key, option) -> option(use, scheme, key, option));
            scheme.options(use.from())
                    .forEach((key, kind) -> out.when(
                            kind.required() && !use.options().containsKey(key),
                            "R119",
                            use.place(),
                            key,
                            scheme.name()));
        });
    }

    private void option(Use use, Schemes.Scheme scheme, String key, Use.Option option) {
        Optional<Schemes.Kind> kind = scheme.option(use.from(), key);
        if (kind.isEmpty()) {
            // The partner, or the mapping of a door, gets what the component does not know; a door's start has no such
            // other.
            boolean lenient = scheme.lenient() && !(use.from() && scheme.name().equals("door"));
            boolean other = scheme.option(!use.from(), key).isPresent();
            if (!lenient || other) {
                out.add(
                        "R117",
                        option.place(),
                        key,
                        scheme.name() + ":",
                        Distance.nearest(scheme.options(use.from()).keySet(), key));
            }
            return;
        }
        if (!option.open()) {
            out.when(kind.get().secret(), "R007", option.place());
            kind.get()
                    .wrong(option.value())
                    .ifPresent(write -> out.add("R118", option.place(), key, option.value(), write));
        }
    }

    private void setting(String text, Place place) {
        Matcher found = SETTING.matcher(text);
        while (found.find()) {
            out.when(!SETTINGS.contains(found.group(1)), "R124", place, found.group(1));
        }
    }

    /** Two routes that start at one address: the second would take the first one's messages, or not start. */
    private static void addresses(RouteFiles all, Findings out) {
        Map<String, List<RouteFile>> taken = new HashMap<>();
        for (RouteFile file : all.files()) {
            file.uses().stream()
                    .filter(Use::from)
                    .filter(u -> !u.names("fact") && !u.uri().contains("{{"))
                    .forEach(use -> {
                        for (String method : use.option("httpMethodRestrict").split(",")) {
                            String address = (use.scheme() + ":" + use.name() + " " + method.strip()).strip();
                            List<RouteFile> before = taken.computeIfAbsent(address, k -> new ArrayList<>());
                            RouteFile first = before.stream()
                                    .filter(file::besides)
                                    .findFirst()
                                    .orElse(null);
                            before.add(file);
                            out.when(
                                    first != null,
                                    "R123",
                                    use.place(),
                                    address,
                                    first == null ? "" : first.yaml().file());
                        }
                    });
        }
    }

    private static Set<String> settings() {
        try (InputStream in = Endpoints.class.getResourceAsStream("/application.yaml")) {
            Set<String> names = new HashSet<>();
            Map<String, Object> tree = new Yaml().load(in);
            names("", tree, names);
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void names(String before, Object node, Set<String> names) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> names(before.isEmpty() ? key.toString() : before + "." + key, value, names));
        } else {
            names.add(before);
        }
    }
}
