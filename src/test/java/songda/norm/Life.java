package songda.norm;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** One item's way from its order to its end, lawful or not so good, as chance has it. */
final class Life {

    private final Item item;
    private final Random random;
    private final Journal journal;
    private Instant now;

    Life(Item item, Random random, Journal journal) {
        this.item = item;
        this.random = random;
        this.journal = journal;
        this.now = item.orderedAt();
    }

    void live() {
        says("gov", "order.received");
        after(1, 10);
        says("postal", "waybill.assigned", "waybillNo", item.waybillNo());
        after(1, 5);
        says("printer", "label.printed", "attempt", "1");
        if (chance(6)) {
            after(1, 60);
            says("desk", "label.reprint-asked", "reason", "JAM");
        }
        if (chance(4)) {
            after(5, 60);
            says("gov", "order.cancelled", "cancelReason", "01");
            after(5, 60);
            says("postal", "cancellation.confirmed");
        } else if (accepted()) {
            travels();
        }
    }

    private boolean accepted() {
        after(30, 540);
        // A file that came days later: at the end of the month its accounts are closed by then.
        if (chance(Days.day(now).isAfter(Journal.FIRST.plusDays(26)) ? 30 : 5)) {
            heardLater("postal", "parcel.accepted", 4 * 1440, 9 * 1440);
            return true;
        }
        if (chance(8)) {
            // A scan that comes late, when others were heard already.
            Instant heard =
                    now.plus(Duration.ofMinutes(600 + random.nextInt(4000))).plusSeconds(3);
            journal.deeds.add(new Deed(item, "parcel.accepted", now, heard, "postal", Map.of()));
            return true;
        }
        says("postal", "parcel.accepted", "opCode", "203");
        if (chance(4)) {
            after(5, 60);
            says("postal", "parcel.acceptance-retracted");
            if (chance(30)) {
                return false;
            }
            after(30, 300);
            says("postal", "parcel.accepted", "opCode", "203");
        }
        if (chance(8)) {
            after(1, 30);
            says("pda", "parcel.accepted");
        }
        return true;
    }

    private void travels() {
        int fate = random.nextInt(100);
        boolean harmed = fate < 7;
        if (!harmed && chance(16)) {
            complains();
        }
        after(60, 240);
        says("postal", "parcel.in-transit", "opCode", "305");
        if (fate < 3) {
            after(300, 3000);
            says("postal", "parcel.lost");
            matter("LOSS");
            return;
        }
        int days = item.dest().startsWith("33") ? 1 : 2 + random.nextInt(2);
        on(fate >= 90 ? days + 2 + random.nextInt(5) : days, 6, 8);
        says("postal", "parcel.arrived", "opCode", "306");
        on(0, 8, 9);
        says("postal", "parcel.out-for-delivery", "opCode", "702");
        if (fate < 7) {
            after(10, 60);
            says("postal", "parcel.damaged");
            Instant found = now;
            matter("DAMAGE");
            now = found;
            on(random.nextInt(3), 12, 18);
            delivered();
        } else if (fate < 17) {
            fails("103");
            on(random.nextInt(2), 14, 18);
            delivered();
        } else if (fate < 21) {
            fails("118");
            on(1, 9, 12);
            fails("118");
            on(1 + random.nextInt(5), 9, 18);
            delivered();
        } else if (fate < 28) {
            returns();
        } else if (fate < 31) {
            fails("104");
            back("104");
        } else if (fate < 33) {
            fails("103");
        } else if (fate < 37) {
            wrongly();
        } else if (fate < 40) {
            redirected();
        } else if (fate < 44) {
            on(0, 9, 18);
            heardLater("postal", "parcel.delivered", 60, 1800);
            afterDelivery();
        } else {
            on(0, 9, 18);
            delivered();
        }
    }

    private void fails(String reason) {
        fails(reason, 6);
    }

    private void fails(String reason, int takenBack) {
        after(10, 90);
        says("postal", "parcel.attempt-failed", "opCode", "705", "reasonCode", reason);
        if (chance(takenBack)) {
            after(5, 20);
            says("postal", "parcel.attempt-retracted", "opCode", "705");
        }
        if (chance(60)) {
            Instant tried = now;
            after(30, 400);
            says("desk", "callback.done", "outcome", "REACHED");
            now = tried;
        }
    }

    /** Three times on two days or more, now and then not within five working days. */
    private void returns() {
        fails("103", 0);
        on(random.nextInt(2), 14, 18);
        fails("103", 0);
        on(1 + random.nextInt(6), 9, 18);
        fails("103", 0);
        on(1, 9, 12);
        back("103");
    }

    private void back(String reason) {
        after(30, 120);
        if (reason.equals("103")) {
            says("desk", "contact.failed", "channel", "PHONE");
            after(5, 20);
            says(
                    "desk",
                    "return.reviewed",
                    "reasonCode",
                    reason,
                    "agent",
                    "NONE",
                    "firstReviewer",
                    "P9003",
                    "secondReviewer",
                    "P0803");
        } else {
            says("desk", "return.reviewed", "reasonCode", reason, "firstReviewer", "P9003", "secondReviewer", "P0803");
        }
        after(30, 900);
        says("postal", "return.dispatched", "opCode", "711", "reasonCode", reason);
    }

    /** Delivered, as was said; but it was not. */
    private void wrongly() {
        on(0, 9, 16);
        says("postal", "parcel.delivered", "opCode", "704");
        after(30, 200);
        says("postal", "parcel.delivery-retracted", "opCode", "708");
        on(1 + random.nextInt(4), 9, 18);
        delivered();
    }

    private void redirected() {
        after(10, 60);
        says("desk", "redirect.requested", "place", "same-city");
        after(10, 100);
        says("desk", "contact.made", "channel", "PHONE");
        after(1, 10);
        says("desk", "redirect.confirmed", "cause", "OWN_ERROR", "matched", "YES");
        on(1, 9, 18);
        delivered();
    }

    private void delivered() {
        says("postal", "parcel.delivered", "opCode", "704");
        afterDelivery();
    }

    private void afterDelivery() {
        Instant delivered = now;
        if (chance(30)) {
            on(1 + random.nextInt(3), 9, 18);
            says("desk", "callback.done", "outcome", "SATISFIED");
            now = delivered;
        }
        if (item.owesPaper()) {
            receipt();
        }
    }

    private void receipt() {
        int fate = random.nextInt(100);
        if (fate < 45) {
            on(1, 8, 17);
            read("receipt.posted");
            on(1 + random.nextInt(2), 8, 17);
            read("receipt.returned");
        } else if (fate < 60) {
            on(1 + random.nextInt(2), 8, 17);
            read("receipt.returned");
        } else if (fate < 70) {
            on(3 + random.nextInt(6), 8, 17);
            read("receipt.returned");
        } else if (fate < 78) {
            on(1, 8, 17);
            read("receipt.wrong");
            on(1 + random.nextInt(4), 8, 17);
            read("receipt.returned");
        } else if (fate < 86) {
            on(1, 8, 17);
            read("receipt.posted");
            on(1, 8, 17);
            says(
                    "desk",
                    "receipt.resign-sent",
                    "reasonCode",
                    "AGENT_SIGNED",
                    "resignWaybillNo",
                    "R" + item.waybillNo());
            on(1 + random.nextInt(7), 8, 17);
            read("receipt.returned");
        } else if (fate < 90) {
            on(1, 8, 17);
            read("receipt.posted");
            on(1, 8, 17);
            says("desk", random.nextBoolean() ? "receipt.lost" : "receipt.damaged");
            on(1 + random.nextInt(4), 8, 17);
            read("receipt.returned");
        } else if (fate < 94) {
            on(1, 8, 17);
            read("receipt.posted");
            on(6 + random.nextInt(4), 8, 17);
            read("receipt.returned");
        } else if (fate < 97) {
            on(1, 8, 17);
            read("receipt.returned");
            on(1, 8, 17);
            read("receipt.retracted");
            on(1 + random.nextInt(4), 8, 17);
            read("receipt.returned");
        }
        if (fate < 97) {
            handedOver();
        }
    }

    /** To its sender, most within days, some after weeks, some never (R65). By a chance of its own, so that all else stays as it is drawn. */
    private void handedOver() {
        Random own = new Random(item.orderNo().hashCode());
        if (own.nextInt(10) == 0) {
            return;
        }
        int days = own.nextInt(4) == 0 ? 13 + own.nextInt(5) : 1 + own.nextInt(4);
        now = Days.at(Days.day(now).plusDays(days), 9 + own.nextInt(8), own.nextInt(60), 1 + own.nextInt(58));
        says("desk", "receipt.compared", "listNo", "CK-1");
        now = now.plusSeconds(60);
        says(
                "desk",
                "receipt.handed-over",
                "handoverNo",
                "JJ-1",
                "givenBy",
                "P9003",
                "takenBy",
                "P0803",
                "copies",
                "2");
    }

    /** About what is lost or damaged: some complain, then the three steps (R78), then the end, at times too late or never. */
    private void matter(String kind) {
        if (chance(50)) {
            after(30, 600);
            complaint(kind, now);
        }
        after(30, 600);
        says("desk", "remedy.apologised", "evidence", "E1");
        after(5, 60);
        if (chance(25)) {
            says("desk", "remedy.refunded", "waived", "FOUND");
        } else {
            says("desk", "remedy.refunded", "evidence", "E2");
        }
        after(30, 3000);
        says(
                "desk",
                "reissue.appointed",
                "appointmentNo",
                "A1",
                "window",
                "W-07",
                "manager",
                "hz-account",
                "appointedFor",
                Days.at(Days.day(now).plusDays(2), 9, 0, 0).toString());
        after(30, 3000);
        says("desk", "remedy.reissued", "evidence", "E3");
        if (chance(90)) {
            after(10, 3000);
            responsible();
            says("desk", "anomaly.resolved", "result", "SETTLED");
        }
    }

    /** Beside everything else: once, or twice. */
    private void complains() {
        Instant here = now;
        after(60, 8000);
        Instant first = now;
        complaint("DELAY", first);
        resolved(first);
        if (chance(40)) {
            now = first;
            after(60, 15_000);
            Instant second = now;
            complaint("SERVICE", second);
            resolved(second);
        }
        now = here;
    }

    private void complaint(String kind, Instant at) {
        String no = "C" + journal.deeds.size();
        says("desk", "complaint.received", "complaintNo", no, "kind", kind);
        if (chance(85)) {
            after(5, 200);
            says("desk", "complaint.handled", "complaintNo", no, "action", "CALLED");
        }
        now = at;
    }

    private void resolved(Instant complained) {
        now = complained;
        if (chance(92)) {
            after(200, 5500);
            responsible();
            says("desk", "anomaly.resolved", "result", "SETTLED");
        }
    }

    /** Nothing is closed before that (R82). */
    private void responsible() {
        journal.deeds.add(responsible(item, now));
        after(1, 10);
    }

    static Deed responsible(Item item, Instant at) {
        return new Deed(
                item, "responsibility.found", at, at, "desk", Map.of("unit", "31110001", "person", "courier-7"));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** So many minutes later; never on a full minute, on which nothing but the hub itself acts. */
    private void after(int from, int to) {
        now = now.plus(Duration.ofMinutes(from + random.nextInt(to - from))).plusSeconds(random.nextInt(50));
        now = now.getEpochSecond() % 60 == 0 || now.getEpochSecond() % 60 == 59 ? now.plusSeconds(5) : now;
    }

    /** On that day, between these hours; later where it is past them. */
    private void on(int days, int from, int to) {
        Instant then = Days.at(
                Days.day(now).plusDays(days),
                from + random.nextInt(to - from),
                random.nextInt(60),
                1 + random.nextInt(58));
        if (then.isAfter(now)) {
            now = then;
        } else {
            after(1, 30);
        }
    }

    private void says(String by, String what, String... data) {
        journal.deeds.add(new Deed(item, what, now, now, by, map(data)));
    }

    private void heardLater(String by, String what, int from, int to) {
        Instant at = now;
        after(from, to);
        journal.deeds.add(new Deed(item, what, at, now, by, Map.of()));
    }

    /** What the 85 system has is known when it is asked next. */
    private void read(String what) {
        Instant heard = journal.pulled(now);
        journal.deeds.add(new Deed(item, what, now, heard, "receipt85", Map.of("receiptNo", "R-" + item.waybillNo())));
        now = heard;
    }

    private static Map<String, String> map(String... pairs) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
