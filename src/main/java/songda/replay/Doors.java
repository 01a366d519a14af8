package songda.replay;

import java.util.List;
import songda.deadletter.LetterShelf;
import songda.fact.FactIntake;

/** The routes that messages come in by. */
public interface Doors {

    /** Whether messages can go through now. */
    boolean ready();

    /** Whether this is a door that messages are sent to, and not one that fetches by itself. */
    boolean receives(String door);

    /**
     * Lets a message through, on this thread and so within its transaction.
     *
     * @return what it reported
     * @throws RuntimeException why it cannot be read, or what stopped it
     */
    List<FactIntake.Said> through(LetterShelf.Opened letter);
}
