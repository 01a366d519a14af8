package partners;

import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The command line, once. */
record Options(
        URI hub,
        Path keys,
        Path exchange,
        String postalKey,
        String smsKey,
        String smsToken,
        String postalSecret,
        Path journal,
        Map<Place, Integer> ports,
        String scenario,
        String orderPrefix,
        long parent,
        boolean drops,
        boolean fresh,
        boolean quiet) {

    static final String USAGE =
            """
            java -jar target/songda-partners.jar [options]
              --hub URL            the hub's public address (http://127.0.0.1:8080)
              --keys FILE          the partners' keys (data/partners.json); waited for
              --exchange FILE      {"url","user","password"} of the database with the exchange table (data/exchange.json)
              --postal-key KEY     base64 of the post's sign key (the example of its paper)
              --sms-key ID:SECRET  the SMS customer's access key (stand-in:stand-in)
              --sms-token TOKEN    what the hub gave the SMS provider for its pushes (stand-in)
              --postal-secret TEXT secret of the post's older forms and of its older push (stand-in)
              --journal FOLDER     one JSON-lines file per partner (target/journal)
              --port-base N        control N, gov N+1 … printer N+1000, mail N+25 (18100); 0 = any free ports
              --ports NAME=N,…     single ports: control,gov,postal,receipt85,inquiry,sms,ticket,files,printer,mail
              --scenario NAME      demo or none (none)
              --order-prefix TEXT  start of the scenario's order numbers (ZWDEMO)
              --parent PID         end when this process ends
              --drops              the hub fetches files: what the scenario drops is dropped, and not posted or asked for
              --fresh              begin with empty journals
              --quiet              say nothing but errors
            """;

    static Options parse(String... arguments) {
        Map<String, String> given = pairs(arguments);
        Options options = new Options(
                URI.create(given.getOrDefault("hub", "http://127.0.0.1:8080")),
                Path.of(given.getOrDefault("keys", "data/partners.json")),
                Path.of(given.getOrDefault("exchange", "data/exchange.json")),
                given.getOrDefault("postal-key", "MDEyMzQ1Njc4OWFiY2RlZg=="),
                given.getOrDefault("sms-key", "stand-in:stand-in"),
                given.getOrDefault("sms-token", "stand-in"),
                given.getOrDefault("postal-secret", "stand-in"),
                Path.of(given.getOrDefault("journal", "target/journal")),
                ports(given.getOrDefault("port-base", "18100"), given.getOrDefault("ports", "")),
                given.getOrDefault("scenario", "none"),
                given.getOrDefault("order-prefix", "ZWDEMO"),
                Long.parseLong(given.getOrDefault("parent", "0")),
                given.containsKey("drops"),
                given.containsKey("fresh"),
                given.containsKey("quiet"));
        if (!options.scenario.equals("demo") && !options.scenario.equals("none"))
            throw new IllegalArgumentException("unknown scenario '" + options.scenario + "': demo or none");
        return options;
    }

    private static final Set<String> ALONE = Set.of("--quiet", "--fresh", "--drops");

    /** {@code --name value …} as a map; some stand alone. */
    static Map<String, String> pairs(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i];
            if (!name.startsWith("--")) throw new IllegalArgumentException("not an option: " + name);
            if (ALONE.contains(name)) given.put(name.substring(2), "");
            else if (i + 1 < arguments.length) given.put(name.substring(2), arguments[++i]);
            else throw new IllegalArgumentException("no value for " + name);
        }
        return given;
    }

    private static Map<Place, Integer> ports(String base, String single) {
        Map<Place, Integer> ports = new EnumMap<>(Place.class);
        int first = Integer.parseInt(base);
        for (Place place : Place.values()) ports.put(place, first == 0 ? 0 : first + place.offset);
        for (String entry : single.split(",")) {
            if (entry.isBlank()) continue;
            String[] pair = entry.split("=", 2);
            ports.put(Place.valueOf(pair[0].trim()), Integer.parseInt(pair[1].trim()));
        }
        return ports;
    }

    /** A listening place and its distance from the first port. */
    enum Place {
        control(0),
        gov(1),
        postal(2),
        receipt85(3),
        inquiry(4),
        sms(5),
        ticket(6),
        files(7),
        printer(1000),
        mail(25);

        final int offset;

        Place(int offset) {
            this.offset = offset;
        }
    }
}
