package songda.door;

/** Hears how each attempt at a door ended. */
public interface DoorListener {

    /**
     * Must return at once and throw nothing.
     *
     * @param verdict ACCEPTED, RETRY, UNKNOWN or DEAD
     */
    void attempted(String door, String verdict);
}
