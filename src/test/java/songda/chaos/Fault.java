package songda.chaos;

/**
 * One way in which the world fails.
 *
 * @param name as in the fault matrix; P… for what the proxy can do besides
 * @param part what it hits; two faults at once hit different parts
 * @param seconds it lasts before it is mended
 */
record Fault(String name, String what, String part, int seconds, Act begin, Act mend) {

    interface Act {
        void on(Stage stage) throws Exception;
    }

    static final Act NOTHING = stage -> {};

    /** What is over when it has begun. */
    static Fault once(String name, String what, String part, Act act) {
        return new Fault(name, what, part, 0, act, NOTHING);
    }

    /** A proxy's mode for a while. */
    static Fault passing(String name, String what, String through, int seconds, Mode mode) {
        return new Fault(
                name, what, through, seconds, stage -> stage.through(through).mode(mode), stage -> stage.through(
                                through)
                        .mode(Mode.PASS));
    }

    @Override
    public String toString() {
        return name + " " + what;
    }
}
