package songda.directory;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** Finds the people of a role for a county: the county's own, else its city's, else the province's. */
public final class Directory {

    private static final List<String> CITIES =
            IntStream.rangeClosed(3301, 3311).mapToObj(String::valueOf).toList();
    private static final String PROVINCE = "33";
    private volatile Map<String, List<Contact>> byRoleAndPlace = new HashMap<>();
    private volatile Map<String, Contact> byId = new HashMap<>();

    private Directory() {}

    /** @param file CSV with the head {@code role,place,id,name,phone,mail}; place is a region code of 2, 4 or 6 digits */
    public static Directory read(Path file) {
        Directory directory = new Directory();
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .get();
        try (Reader in = Files.newBufferedReader(file);
                var rows = format.parse(in)) {
            for (CSVRecord row : rows) {
                directory.add(file, row);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
        return directory;
    }

    private void add(Path file, CSVRecord row) {
        Contact contact = new Contact(
                row.get("role"), row.get("place"), row.get("id"), row.get("name"), row.get("phone"), row.get("mail"));
        if (!contact.place().matches("33(\\d\\d(\\d\\d)?)?")) {
            throw new IllegalArgumentException(
                    "line " + (row.getRecordNumber() + 1) + ": place: write 33, a city (3301) or a county (330109)");
        }
        for (String column : List.of("role", "id", "name", "phone", "mail")) {
            if (row.get(column).isBlank()) {
                throw new IllegalArgumentException(
                        "line " + (row.getRecordNumber() + 1) + ": " + column + ": must not be empty");
            }
        }
        Contact other = byId.putIfAbsent(contact.id(), contact);
        if (other != null
                && !(other.name().equals(contact.name())
                        && other.phone().equals(contact.phone())
                        && other.mail().equals(contact.mail()))) {
            throw new IllegalArgumentException("line " + (row.getRecordNumber() + 1) + ": id '" + contact.id()
                    + "' is somebody else's in " + file.getFileName());
        }
        byRoleAndPlace
                .computeIfAbsent(contact.role() + "@" + contact.place(), k -> new ArrayList<>())
                .add(contact);
    }

    /**
     * @param county six digits; empty for what lies in no county, where the province answers, as it does for a place outside of it: nobody else would
     *     chase what was delivered there
     * @throws IllegalStateException when nobody answers: a notice must never be owed to no one
     */
    public List<Contact> answering(String role, String county) {
        String place = county.startsWith(PROVINCE) ? county : PROVINCE;
        for (int length = place.length(); length >= 2; length -= 2) {
            List<Contact> found = byRoleAndPlace.get(role + "@" + place.substring(0, length));
            if (found != null) {
                return found;
            }
        }
        throw new IllegalStateException("no one answers as '" + role + "' for county " + county
                + ": add a line to mappings/directory/contacts.csv");
    }

    /** Each has what the other had: the newer one is in force, and the former at hand. */
    public void swap(Directory other) {
        Map<String, List<Contact>> roles = byRoleAndPlace;
        Map<String, Contact> ids = byId;
        byRoleAndPlace = other.byRoleAndPlace;
        byId = other.byId;
        other.byRoleAndPlace = roles;
        other.byId = ids;
    }

    public Optional<Contact> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The cities of Zhejiang in which nobody has this role, not even for the whole province. */
    public List<String> withoutAnyone(String role) {
        return byRoleAndPlace.containsKey(role + "@33")
                ? List.of()
                : CITIES.stream()
                        .filter(city -> !byRoleAndPlace.containsKey(role + "@" + city))
                        .toList();
    }

    /** All roles that somebody has. */
    public Set<String> roles() {
        return byRoleAndPlace.keySet().stream()
                .map(k -> k.substring(0, k.indexOf('@')))
                .collect(Collectors.toSet());
    }
}
