package songda.calendar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * One reading of {@code mappings/calendar/}: {@code <year>.csv} holds what differs from the week in that year (the schedule of the
 * State Council), {@code hours.csv} the hours of a day by name, {@code round.csv} the delivery rounds of an office ({@code *}: all others), two
 * a day at least but where its {@code area} is {@code RURAL} (R37, R38).
 * It never changes; a newer reading replaces it.
 */
public final class Calendars {

    private static final Pattern YEAR = Pattern.compile("(\\d{4})\\.csv");
    private static final CSVFormat CSV = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setTrim(true)
            .get();

    /** From {@code from} until {@code to}; over midnight where {@code to} is the earlier one. */
    public record Hours(LocalTime from, LocalTime to) {

        public boolean contains(LocalTime time) {
            boolean after = !time.isBefore(from);
            boolean before = time.isBefore(to);
            return from.isBefore(to) ? after && before : after || before;
        }
    }

    private final Map<Integer, Map<LocalDate, Boolean>> years = new TreeMap<>();
    private final Map<String, Hours> hours = new HashMap<>();
    private final Map<String, List<Hours>> rounds = new TreeMap<>();
    private final Set<String> rural = new HashSet<>();
    private final String version;

    private Calendars(String version) {
        this.version = version;
    }

    /** @throws IllegalArgumentException with file, line and what to write */
    public static Calendars read(Path folder) {
        try (Stream<Path> listed = Files.list(folder)) {
            List<Path> files =
                    listed.filter(f -> f.toString().endsWith(".csv")).sorted().toList();
            CRC32 sum = new CRC32();
            for (Path file : files) {
                sum.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
                sum.update(Files.readAllBytes(file));
            }
            Calendars calendars = new Calendars(HexFormat.of().toHexDigits((int) sum.getValue()));
            for (Path file : files) {
                calendars.read(file, file.getFileName().toString());
            }
            calendars.complete(folder);
            return calendars;
        } catch (IOException e) {
            throw new IllegalArgumentException(folder + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private void read(Path file, String name) throws IOException {
        var year = YEAR.matcher(name);
        if (year.matches()) {
            Map<LocalDate, Boolean> days = new HashMap<>();
            years.put(Integer.valueOf(year.group(1)), days);
            rows(file, row -> day(Integer.parseInt(year.group(1)), days, row));
        } else if (name.equals("hours.csv")) {
            rows(file, row -> {
                if (hours.put(row.get("name"), hours(row)) != null) {
                    throw new IllegalArgumentException("name: '" + row.get("name") + "' stands there already");
                }
            });
        } else if (name.equals("round.csv")) {
            rows(file, row -> round(row));
        } else {
            throw new IllegalArgumentException(file + ": write <year>.csv, hours.csv or round.csv");
        }
    }

    private void complete(Path folder) {
        if (years.isEmpty()) {
            throw new IllegalArgumentException(folder + ": write at least one <year>.csv");
        }
        if (!rounds.containsKey("*")) {
            throw new IllegalArgumentException(
                    folder.resolve("round.csv") + ": write the rounds of all offices: *,AM,08:00,12:00");
        }
        rounds.forEach((office, day) -> {
            if (day.size() < 2 && !rural.contains(office)) {
                throw new IllegalArgumentException(folder.resolve("round.csv") + ": office: '" + office
                        + "' has one round a day, and towns have two (R37): add a round, or write RURAL as its area");
            }
        });
    }

    private interface RowReader {
        void read(CSVRecord row);
    }

    private static void rows(Path file, RowReader reader) throws IOException {
        try (var in = Files.newBufferedReader(file);
                var rows = CSV.parse(in)) {
            for (CSVRecord row : rows) {
                try {
                    reader.read(row);
                } catch (DateTimeParseException e) {
                    throw wrong(file, row, "write days as 2026-10-01 and times as 08:00");
                } catch (IllegalArgumentException e) {
                    throw wrong(file, row, e.getMessage());
                }
            }
        }
    }

    private static IllegalArgumentException wrong(Path file, CSVRecord row, String what) {
        return new IllegalArgumentException(file + ": line " + (row.getRecordNumber() + 1) + ": " + what);
    }

    private static void day(int year, Map<LocalDate, Boolean> days, CSVRecord row) {
        LocalDate day = LocalDate.parse(row.get("day"));
        if (day.getYear() != year) {
            throw new IllegalArgumentException("day: " + day + " belongs to " + day.getYear() + ".csv");
        }
        boolean works =
                switch (row.get("kind")) {
                    case "work" -> true;
                    case "off" -> false;
                    default -> throw new IllegalArgumentException("kind: write work or off");
                };
        if (works && !weekend(day)) {
            throw new IllegalArgumentException("day: " + day + " is no Saturday or Sunday, it is worked anyway");
        }
        if (days.put(day, works) != null) {
            throw new IllegalArgumentException("day: " + day + " stands there already");
        }
    }

    private static Hours hours(CSVRecord row) {
        Hours read = new Hours(LocalTime.parse(row.get("from")), LocalTime.parse(row.get("to")));
        if (read.from().equals(read.to())) {
            throw new IllegalArgumentException("to: must differ from 'from'");
        }
        return read;
    }

    private void round(CSVRecord row) {
        List<Hours> day = rounds.computeIfAbsent(row.get("office"), o -> new ArrayList<>());
        Hours round = hours(row);
        boolean later =
                day.isEmpty() || !round.from().isBefore(day.get(day.size() - 1).to());
        if (!later || !round.from().isBefore(round.to())) {
            throw new IllegalArgumentException("from: rounds of one office follow each other within a day");
        }
        day.add(round);
        String area = row.isMapped("area") && row.isSet("area") ? row.get("area") : "";
        if (area.equals("RURAL")) {
            rural.add(row.get("office"));
        } else if (!Set.of("", "TOWN").contains(area)) {
            throw new IllegalArgumentException("area: write TOWN or RURAL, or nothing");
        }
    }

    private static boolean weekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    /** Whether this year's schedule is here. Without it {@link #works} knows the week only. */
    public boolean knows(int year) {
        return years.containsKey(year);
    }

    public boolean works(LocalDate day) {
        return years.getOrDefault(day.getYear(), Map.of()).getOrDefault(day, !weekend(day));
    }

    /** The years whose schedule is here. */
    public List<Integer> years() {
        return List.copyOf(new TreeSet<>(years.keySet()));
    }

    public Hours hours(String name) {
        Hours found = hours.get(name);
        if (found == null) {
            throw new IllegalArgumentException("unknown hours '" + name + "': add them to mappings/calendar/hours.csv");
        }
        return found;
    }

    /** All names of hours. */
    public Set<String> hours() {
        return Set.copyOf(hours.keySet());
    }

    /** The rounds of a day at this office, in order; those of {@code *} where it has none of its own. */
    public List<Hours> rounds(String office) {
        return List.copyOf(rounds.getOrDefault(office, rounds.get("*")));
    }

    /** Changes with every edit of any file. */
    public String version() {
        return version;
    }
}
