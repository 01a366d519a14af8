package songda.printer;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** Which printer stands where: {@code mappings/directory/printers.csv}. */
final class Printers {

    private static final Pattern SETTING = Pattern.compile("\\{\\{([a-z0-9.-]+)}}");
    private static final int MOST = 3;
    private final Map<String, Printer> byId = new LinkedHashMap<>();

    private Printers() {}

    /**
     * @param settings the value of a setting such as {@code songda.printer.address}
     * @throws IllegalArgumentException with file, line and what to write
     */
    static Printers read(Path file, UnaryOperator<String> settings) {
        Printers printers = new Printers();
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .setCommentMarker('#')
                .get();
        long line = 1;
        try (Reader in = Files.newBufferedReader(file);
                var rows = format.parse(in)) {
            for (CSVRecord row : rows) {
                line = rows.getCurrentLineNumber();
                Printer printer = printer(row, settings);
                if (printers.byId.putIfAbsent(printer.id(), printer) != null) {
                    throw new IllegalArgumentException("printer: '" + printer.id() + "' stands there twice");
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": line " + line + ": " + e.getMessage(), e);
        }
        printers.byId.values().forEach(p -> printers.checkSpare(file, p));
        return printers;
    }

    private void checkSpare(Path file, Printer printer) {
        Printer spare = byId.get(printer.spare());
        if (!printer.spare().isEmpty() && (spare == null || !spare.paper().equals(printer.paper()))) {
            throw new IllegalArgumentException(file + ": printer '" + printer.id() + "': spare: '" + printer.spare()
                    + "' is no printer with paper " + printer.paper());
        }
    }

    private static Printer printer(CSVRecord row, UnaryOperator<String> settings) {
        String place = cell(row, "place", "[A-Za-z0-9]{2,20}", "a hall, a county (330109), a city (3301) or 33");
        return new Printer(
                cell(row, "printer", "[A-Za-z0-9-]{2,40}", "a name of letters, digits and hyphens, e.g. xs-hall-1"),
                place,
                cell(row, "counter", "[A-Za-z0-9-]{0,20}", "the counter, or nothing for any"),
                cell(row, "paper", "\\d{2,3}x\\d{2,3}|A4", "width x height in mm, e.g. 100x150, or A4"),
                Language.valueOf(cell(row, "language", "tspl|zpl|cpcl|pdf|pwg", "tspl, zpl, cpcl, pdf or pwg")
                        .toUpperCase(Locale.ROOT)),
                Integer.parseInt(cell(row, "dpi", "203|300|600", "203, 300 or 600")),
                address(row.get("address"), settings),
                cell(row, "answers", "yes|no", "yes where it says how it is when asked, no where it does not")
                        .equals("yes"),
                cell(row, "spare", "[A-Za-z0-9-]{0,40}", "the printer that prints when this one is away, or nothing"));
    }

    private static String cell(CSVRecord row, String column, String pattern, String need) {
        String value = row.get(column);
        if (!value.matches(pattern)) {
            throw new IllegalArgumentException(column + ": write " + need);
        }
        return value;
    }

    private static URI address(String written, UnaryOperator<String> settings) {
        Matcher setting = SETTING.matcher(written);
        String address = setting.replaceAll(found -> {
            String value = settings.apply(found.group(1));
            if (value == null) {
                throw new IllegalArgumentException("address: there is no setting " + found.group(1));
            }
            return Matcher.quoteReplacement(value);
        });
        try {
            URI uri = new URI(address);
            if (List.of("tcp", "ipp", "ipps").contains(String.valueOf(uri.getScheme()))
                    && uri.getHost() != null
                    && (uri.getPort() > 0 || !"tcp".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new IllegalArgumentException("address: write tcp://10.1.2.3:9100 or ipp://10.1.2.3:631/ipp/print");
    }

    /**
     * The printer with this paper that is nearest: of the counter, the hall, the county, its city, the province.
     *
     * @param hall may be empty; @param counter may be empty; @param county six digits, or empty
     */
    Optional<Printer> at(String hall, String counter, String county, String paper) {
        List<String> places = new ArrayList<>();
        if (!hall.isEmpty()) {
            places.add(hall);
        }
        for (int length = county.length(); length >= 2; length -= 2) {
            places.add(county.substring(0, length));
        }
        if (county.isEmpty()) {
            places.add("33");
        }
        for (String place : places) {
            Optional<Printer> its = at(place, counter, paper);
            if (its.isPresent()) {
                return its;
            }
        }
        return Optional.empty();
    }

    private Optional<Printer> at(String place, String counter, String paper) {
        List<Printer> there = byId.values().stream()
                .filter(p -> p.place().equals(place) && p.paper().equals(paper))
                .toList();
        return there.stream()
                .filter(p -> !counter.isEmpty() && p.counter().equals(counter))
                .findFirst()
                .or(() -> there.stream().filter(p -> p.counter().isEmpty()).findFirst());
    }

    /** The printer and those that stand in for it, one after the other. */
    List<Printer> withSpares(Printer first) {
        List<Printer> all = new ArrayList<>(List.of(first));
        Printer next = byId.get(first.spare());
        while (next != null && all.size() < MOST && !all.contains(next)) {
            all.add(next);
            next = byId.get(next.spare());
        }
        return all;
    }
}
