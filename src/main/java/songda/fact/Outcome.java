package songda.fact;

/** What became of one reported fact. */
public sealed interface Outcome {

    record Recorded(long subject, long fact) implements Outcome {}

    /** The same fact was recorded before; nothing changed. */
    record SeenBefore(long subject) implements Outcome {}

    /** No order has this number: the caller keeps the message for a person. */
    record UnknownSubject(NewFact fact) implements Outcome {}

    /** What it takes back was never recorded: the caller keeps the message for a person. */
    record NothingToRetract(NewFact fact) implements Outcome {}

    /** The order stands where this fact is refused (409). */
    record WrongStage(FactType type, String stage) implements Outcome {}

    /** The order number is taken by another body (409). */
    record Conflict() implements Outcome {}

    /** The idempotency key was used with another body (422). */
    record KeyReused() implements Outcome {}

    /** The signed request came a second time (401). */
    record Replayed() implements Outcome {}
}
