package songda.fact;

import java.util.List;
import java.util.function.Predicate;
import songda.order.OrderForm;

/** One fact of a batch and what becomes of it while the batch is recorded. */
final class Item {

    final Submission submission;
    final NewFact fact;
    final FactType type;
    Subject subject;
    long factId;
    Outcome outcome;

    Item(Submission submission, NewFact fact, FactType type) {
        this.submission = submission;
        this.fact = fact;
        this.type = type;
    }

    OrderForm form() {
        return fact.form().orElseThrow();
    }

    boolean hasForm() {
        return fact.form().isPresent();
    }

    boolean recorded() {
        return outcome instanceof Outcome.Recorded;
    }

    /** Those whose outcome is not settled yet. */
    static List<Item> open(List<Item> items, Predicate<Item> also) {
        return items.stream().filter(i -> i.outcome == null).filter(also).toList();
    }

    static List<Item> of(List<Item> items, Submission submission) {
        return items.stream().filter(i -> i.submission == submission).toList();
    }
}
