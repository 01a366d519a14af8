package songda.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Crimes committed on copies of the evidence: a checker that does not name each of them proves nothing. */
final class Planted {

    private Planted() {}

    private record Crime(String name, String invariant, Evidence scene) {}

    /** @return those of which the checker says nothing new */
    static List<String> unseen(Evidence evidence) {
        List<Violation> before = Checker.check(evidence);
        return crimes(evidence).stream()
                .filter(crime -> Checker.check(crime.scene()).stream()
                        .noneMatch(it -> it.invariant().equals(crime.invariant()) && !before.contains(it)))
                .map(Crime::name)
                .toList();
    }

    private static List<Crime> crimes(Evidence e) {
        List<Crime> all = new ArrayList<>();
        all.add(new Crime(
                "an accepted order is gone",
                "I1",
                e.with(without(e.orders(), taken(e)), e.effects(), e.facts(), e.deadlines(), e.lines())));
        all.add(new Crime(
                "an order stands there twice",
                "I1",
                e.with(twice(e.orders(), taken(e)), e.effects(), e.facts(), e.deadlines(), e.lines())));
        all.add(new Crime(
                "an SMS was sent twice",
                "I3",
                e.with(
                        e.orders(),
                        e.effects(),
                        e.facts(),
                        e.deadlines(),
                        twice(e.lines(), it -> it.partner().equals("sms") && it.status() == 200))));
        all.add(new Crime(
                "an SMS is called accepted and was never sent",
                "I9",
                e.with(
                        e.orders(),
                        e.effects(),
                        e.facts(),
                        e.deadlines(),
                        without(e.lines(), it -> it.partner().equals("sms") && it.status() == 200))));
        all.add(new Crime(
                "a label was printed twice",
                "I2",
                e.with(e.orders(), e.effects(), e.facts(), e.deadlines(), twice(e.lines(), it -> it.what()
                        .equals("whole ")))));
        all.add(new Crime(
                "an effect is owed twice",
                "I4",
                e.with(
                        e.orders(),
                        twice(e.effects(), it -> it.door().equals("gov-send-status")),
                        e.facts(),
                        e.deadlines(),
                        e.lines())));
        all.add(new Crime(
                "a scan was not recorded",
                "I9",
                e.with(
                        e.orders(),
                        e.effects(),
                        without(e.facts(), it -> it.name().equals("parcel.in-transit")),
                        e.deadlines(),
                        e.lines())));
        all.add(new Crime(
                "a stage went back",
                "I8",
                e.with(
                        changed(
                                e.orders(),
                                it -> it.stage().equals("DELIVERED"),
                                it -> new Evidence.Order(
                                        it.id(), it.no(), it.waybill(), it.receipt(), "ORDERED", it.receiptStage())),
                        e.effects(),
                        e.facts(),
                        e.deadlines(),
                        e.lines())));
        Predicate<Evidence.Deadline> fired = it -> it.state().equals("FIRED");
        if (e.deadlines().stream().anyMatch(fired)) {
            all.add(new Crime(
                    "a deadline fired early",
                    "I6",
                    e.with(
                            e.orders(),
                            e.effects(),
                            e.facts(),
                            changed(e.deadlines(), fired, it -> due(it, Duration.ofDays(30))),
                            e.lines())));
            all.add(new Crime(
                    "a deadline fired twice",
                    "I6",
                    e.with(
                            e.orders(),
                            e.effects(),
                            twice(e.facts(), it -> it.sourceId().startsWith("deadline-")),
                            e.deadlines(),
                            e.lines())));
            all.add(new Crime(
                    "a deadline fired and reported nothing",
                    "I6",
                    e.with(
                            e.orders(),
                            e.effects(),
                            without(e.facts(), it -> it.sourceId().startsWith("deadline-")),
                            e.deadlines(),
                            e.lines())));
        }
        return all;
    }

    private static Predicate<Evidence.Order> taken(Evidence e) {
        String no = e.tries().stream()
                .filter(it -> it.op().equals("order") && it.status() / 100 == 2)
                .findFirst()
                .orElseThrow()
                .key();
        return it -> it.no().equals(no);
    }

    private static Evidence.Deadline due(Evidence.Deadline it, Duration later) {
        return new Evidence.Deadline(
                it.subject(),
                it.id(),
                it.ladder(),
                it.rung(),
                it.openedBy(),
                it.from(),
                it.due().plus(later),
                it.state(),
                it.openedAt(),
                it.settledAt(),
                it.covered());
    }

    private static <T> List<T> without(List<T> all, Predicate<T> one) {
        List<T> rest = new ArrayList<>(all);
        rest.remove(first(all, one));
        return rest;
    }

    private static <T> List<T> twice(List<T> all, Predicate<T> one) {
        List<T> more = new ArrayList<>(all);
        more.add(first(all, one));
        return more;
    }

    private static <T> List<T> changed(List<T> all, Predicate<T> one, java.util.function.UnaryOperator<T> change) {
        List<T> other = new ArrayList<>(all);
        T found = first(all, one);
        other.set(other.indexOf(found), change.apply(found));
        return other;
    }

    private static <T> T first(List<T> all, Predicate<T> one) {
        return all.stream()
                .filter(one)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing to plant it in"));
    }
}
