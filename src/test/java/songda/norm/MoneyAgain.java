package songda.norm;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What each unit owes in each month, from the journal and annex 2 alone, in whole fen: two books that are never mixed (R12, R88 to R98, A36). */
final class MoneyAgain {

    /** One row of a book. */
    private record Row(
            Item item, String book, String line, long fen, YearMonth month, boolean correction, Instant at) {}

    private final List<Row> rows = new ArrayList<>();

    /** @param until what was heard later is not there yet; it is booked at midnight */
    MoneyAgain(List<Deed> deeds, Instant until) {
        Map<Item, Map<String, Long>> postage = new LinkedHashMap<>();
        Set<Item> fees = new HashSet<>();
        Set<Item> over = new HashSet<>();
        Map<Item, Instant> sentBack = new HashMap<>();
        deeds.stream().filter(d -> d.is("return.dispatched")).forEach(d -> sentBack.putIfAbsent(d.item(), d.heard()));
        for (Deed deed : deeds) {
            Item item = deed.item();
            if (item == null || deed.heard().isAfter(until)) {
                continue;
            }
            switch (deed.what()) {
                case "parcel.accepted" -> {
                    // Who would have paid at the door never does, once it is known to go back.
                    boolean back = item.payer().equals("RECIPIENT")
                            && !sentBack.getOrDefault(item, Instant.MAX).isAfter(booked(deed));
                    if (!postage.containsKey(item) && !over.contains(item) && !back) {
                        postage.put(item, price(item));
                        price(item).forEach((line, fen) -> book(deed, "POSTAGE", line, fen));
                    }
                }
                case "parcel.acceptance-retracted" -> back(deed, postage.remove(item));
                case "parcel.delivered" -> {
                    if (item.fee() > 0 && fees.add(item)) {
                        book(deed, "FEE", "COLLECTED", item.fee());
                    }
                }
                case "parcel.delivery-retracted" -> {
                    if (fees.remove(item)) {
                        book(deed, "FEE", "COLLECTED", -item.fee());
                    }
                }
                // Nobody was at the door to pay; what the office pays stays owed.
                case "return.dispatched" -> {
                    if (item.payer().equals("RECIPIENT") && postage.containsKey(item)) {
                        over.add(item);
                        back(deed, postage.remove(item));
                    }
                }
                case "remedy.refunded" -> {
                    if (!deed.data().containsKey("waived") && postage.containsKey(item)) {
                        over.add(item);
                        back(deed, postage.remove(item));
                    }
                }
                default -> {}
            }
        }
    }

    private void back(Deed deed, Map<String, Long> lines) {
        if (lines != null) {
            lines.forEach((line, fen) -> book(deed, "POSTAGE", line, -fen));
        }
    }

    private void book(Deed deed, String book, String line, long fen) {
        if (fen != 0) {
            YearMonth own = YearMonth.from(deed.at().atZone(Days.ZONE));
            YearMonth month = month(own, booked(deed));
            rows.add(new Row(deed.item(), book, line, fen, month, !month.equals(own), deed.at()));
        }
    }

    private static Instant booked(Deed deed) {
        return Days.over(Days.day(deed.heard()), 0);
    }

    /** A month closes three days after its end; what is booked later stands on the oldest one that is open. */
    private static YearMonth month(YearMonth own, Instant booked) {
        YearMonth month = own;
        while (!booked.isBefore(Days.at(month.plusMonths(1).atDay(4), 0, 0, 0))) {
            month = month.plusMonths(1);
        }
        return month;
    }

    /** Annex 2. */
    static Map<String, Long> price(Item item) {
        boolean city = item.dest().startsWith(item.county().substring(0, 4));
        boolean province = item.dest().startsWith("33");
        long carriage = city ? 800 : province ? 1000 : 2000;
        if (city && item.unit().equals(Journal.BY_CONTRACT)) {
            carriage = 720;
        } else if (city && item.unit().equals(Journal.ABOVE_REFERENCE)) {
            carriage = 900;
        }
        Map<String, Long> price = new TreeMap<>();
        price.put("POSTAGE", item.service().equals("DOUBLE") ? 2 * carriage : carriage);
        if (item.owesPaper() && !city) {
            boolean contract =
                    item.unit().equals(Journal.BY_CONTRACT) && item.receipt().equals("PHYSICAL") && province;
            price.put(item.receipt(), contract ? 250L : 300L);
        }
        if (item.declared() > 0) {
            price.put("INSURANCE", (item.declared() * 5 + 500) / 1000);
        }
        return price;
    }

    private static String yuan(long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString();
    }

    /** A line of a statement: one item in one book, what belongs to a closed month apart. */
    private record Key(Item item, boolean correction) {}

    private Map<Key, List<Row>> lines(String unit, YearMonth month, String book, String payer) {
        Map<Key, List<Row>> lines = new LinkedHashMap<>();
        rows.stream()
                .filter(r -> r.item().unit().equals(unit) && r.month().equals(month))
                .filter(r -> r.book().equals(book)
                        && (payer == null || r.item().payer().equals(payer)))
                .forEach(r -> lines.computeIfAbsent(new Key(r.item(), r.correction()), k -> new ArrayList<>())
                        .add(r));
        return lines;
    }

    private static long sum(List<Row> rows, String... lines) {
        return rows.stream()
                .filter(r -> lines.length == 0 || Set.of(lines).contains(r.line()))
                .mapToLong(Row::fen)
                .sum();
    }

    /** The statement of a unit's month as sentences: of its sums, and of each line. */
    Set<String> statement(String unit, YearMonth month) {
        Set<String> told = new TreeSet<>();
        long items = 0;
        long total = 0;
        for (var line : lines(unit, month, "POSTAGE", "SENDER").entrySet()) {
            List<Row> rows = line.getValue();
            long postage = sum(rows, "POSTAGE");
            long services = sum(rows, "PHYSICAL", "OWN_FORM");
            long insurance = sum(rows, "INSURANCE");
            told.add("line " + head(line.getKey(), rows) + " " + yuan(postage) + " " + yuan(services) + " "
                    + yuan(insurance) + " " + yuan(postage + services + insurance));
            items++;
            total += postage + services + insurance;
        }
        told.add("total " + items + " " + yuan(total));
        long collected = 0;
        for (var line : lines(unit, month, "FEE", null).entrySet()) {
            told.add("collected " + head(line.getKey(), line.getValue()) + " " + yuan(sum(line.getValue())));
            collected += sum(line.getValue());
        }
        told.add("collected " + yuan(collected));
        var atTheDoor = lines(unit, month, "POSTAGE", "RECIPIENT");
        long paid = atTheDoor.values().stream().mapToLong(r -> sum(r)).sum();
        told.add("recipients " + atTheDoor.size() + " " + yuan(paid));
        return told;
    }

    private static String head(Key key, List<Row> rows) {
        LocalDate day = rows.stream()
                .map(r -> Days.day(r.at()))
                .min(LocalDate::compareTo)
                .orElseThrow();
        boolean reversed = rows.stream().anyMatch(r -> r.fen() < 0);
        return key.item().orderNo() + " " + day + " " + key.correction() + " " + reversed;
    }
}
