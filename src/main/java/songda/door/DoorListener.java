package songda.door;

/** Hears how each attempt at a door ended. */
public interface DoorListener {

    /**
     * Must return at once and throw nothing.
     *
     * @param verdict ACCEPTED, RETRY, UNKNOWN or DEAD
     */
    void attempted(String door, String verdict);

    /** Whether a door's partner is away, as this node sees it; at each change. Must return at once and throw nothing. */
    default void away(String door, boolean away) {}

    /** Whether a door's partner takes nothing until a person has acted; at each change. Must return at once and throw nothing. */
    default void stopped(String door, boolean stopped) {}

    /**
     * Effects stood still and were taken up. Must return at once and throw nothing.
     *
     * @param state what they are now: PENDING, RETRY or UNKNOWN
     */
    default void healed(String door, String state, long effects) {}

    /**
     * A partner was asked for a message whose answer was lost. Must return at once and throw nothing.
     *
     * @param reply THERE, NOT_THERE or UNCLEAR
     */
    default void asked(String door, String reply) {}
}
