package songda.norm;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Random;

/** What a county's orders of October 2026 go through, drawn by a seed: everything that is computed again is computed from this. */
final class Journal {

    static final LocalDate FIRST = LocalDate.of(2026, 10, 1);
    static final LocalDate LAST = LocalDate.of(2026, 12, 10);
    /** The county of the site that is laid over, and its neighbour. */
    static final String CHUNAN = "330127";

    static final String XIAOSHAN = "330109";
    static final String OF_XIAOSHAN = "11330109MBMNTH001T";
    static final String BY_CONTRACT = "11330127MBMNTH0046";
    static final String ABOVE_REFERENCE = "11330127MBCHUNAN1K";
    static final List<String> UNITS = List.of(OF_XIAOSHAN, BY_CONTRACT, ABOVE_REFERENCE);
    private static final List<String> DESTINATIONS =
            List.of("330127", "330109", "330110", "330106", "330203", "330702", "310101", "440103", "650102");

    final List<Item> items = new ArrayList<>();
    final List<Deed> deeds = new ArrayList<>();
    /** When the 85 system was asked, each time for all until then (A32). */
    final List<Instant> pulls = new ArrayList<>();

    private final Random random;

    private Journal(long seed) {
        this.random = new Random(seed);
    }

    static Journal of(long seed, int orders) {
        Journal journal = new Journal(seed);
        journal.patrols();
        for (int i = 0; i < orders; i++) {
            Item item = journal.item(i);
            journal.items.add(item);
            new Life(item, journal.random, journal).live();
        }
        // Who asks the 85 system knows what came until then.
        journal.deeds.sort(Comparator.comparing(Deed::heard).thenComparing(d -> d.item() == null));
        journal.responsibleAgain();
        return journal;
    }

    /** A complaint that comes between finding who is responsible and closing the matter asks for it once more (R82): the desk says so, then closes. */
    private void responsibleAgain() {
        Map<Item, Boolean> found = new HashMap<>();
        for (ListIterator<Deed> all = deeds.listIterator(); all.hasNext(); ) {
            Deed deed = all.next();
            if (deed.is("responsibility.found", "complaint.received")) {
                found.put(deed.item(), deed.is("responsibility.found"));
            } else if (deed.is("anomaly.resolved") && !found.getOrDefault(deed.item(), false)) {
                all.previous();
                all.add(Life.responsible(deed.item(), deed.at()));
                all.next();
                found.put(deed.item(), true);
            }
        }
    }

    /** Nine times a day, but for two days on which the 85 system does not answer. */
    private void patrols() {
        for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
            pulls.add(Days.at(day, 0, 10, 0));
            for (int hour = 8; hour <= 20; hour += 2) {
                pulls.add(Days.at(day, hour, 0, 0));
            }
            pulls.add(Days.at(day, 21, 0, 0));
        }
        Instant silent = Days.at(LocalDate.of(2026, 10, 20), 9, 0, 0);
        Instant again = Days.at(LocalDate.of(2026, 10, 22), 9, 0, 0);
        pulls.removeIf(p -> p.isAfter(silent) && p.isBefore(again));
        pulls.forEach(p -> deeds.add(new Deed(null, "receipts.pulled", p, p, "receipt85", Map.of())));
    }

    /** When what the 85 system has at an instant is read. */
    Instant pulled(Instant at) {
        return pulls.stream().filter(p -> !p.isBefore(at)).findFirst().orElseThrow();
    }

    private Item item(int no) {
        String county = random.nextInt(3) == 0 ? XIAOSHAN : CHUNAN;
        String unit = county.equals(XIAOSHAN) ? OF_XIAOSHAN : random.nextInt(4) == 0 ? ABOVE_REFERENCE : BY_CONTRACT;
        String dest = DESTINATIONS.get(random.nextInt(DESTINATIONS.size()));
        int paper = random.nextInt(100);
        String receipt = paper < 45 ? "PHYSICAL" : paper < 55 ? "OWN_FORM" : paper < 65 ? "ELECTRONIC" : "NONE";
        boolean twice = dest.startsWith("33") && random.nextInt(6) == 0;
        // Some people get two items: a second complaint may be about the other one.
        String phone = no > 0 && random.nextInt(12) == 0
                ? items.get(random.nextInt(no)).phone()
                : "138%08d".formatted(no);
        return new Item(
                "MN%07d".formatted(no),
                "99%011d".formatted(no),
                county,
                dest,
                unit,
                random.nextInt(5) < 3 ? "SENDER" : "RECIPIENT",
                receipt,
                twice ? "DOUBLE" : "SINGLE",
                random.nextInt(5) == 0 ? 1 + random.nextInt(900_000) : 0,
                random.nextInt(6) == 0 ? 1 + random.nextInt(20_000) : 0,
                phone,
                Days.at(FIRST.plusDays(random.nextInt(31)), 8 + random.nextInt(9), random.nextInt(60), 7));
    }
}
