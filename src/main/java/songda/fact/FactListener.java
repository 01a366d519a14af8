package songda.fact;

/** Hears of each fact that was recorded, after its commit and before its sender is answered. */
public interface FactListener {

    /** Must return at once and throw nothing. */
    void recorded(NewFact fact);
}
