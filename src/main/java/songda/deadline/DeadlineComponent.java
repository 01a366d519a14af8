package songda.deadline;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import songda.calendar.Almanac;

/** {@code to: deadline:open/<ladder>}, {@code to: deadline:close/<ladder>} in a step; {@code from: deadline:due} in the kit. */
public final class DeadlineComponent extends DefaultComponent {

    final Ladders ladders;
    final DueDeadlines due;
    final Almanac almanac;
    final Clock clock;
    /** Ladders that somebody was told of: once a start is enough, the gauge says how many. */
    final Set<String> provisional = ConcurrentHashMap.newKeySet();

    final int pollers;

    /**
     * @param clock business time
     * @param pollers threads that fire what is due
     */
    public DeadlineComponent(Ladders ladders, DueDeadlines due, Almanac almanac, Clock clock, int pollers) {
        this.ladders = ladders;
        this.due = due;
        this.almanac = almanac;
        this.clock = clock;
        this.pollers = pollers;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        String[] words = remaining.split("/", 2);
        boolean known =
                words.length == 2 ? words[0].equals("open") || words[0].equals("close") : remaining.equals("due");
        if (!known) {
            throw new IllegalArgumentException(
                    uri + ": write deadline:open/<ladder>, deadline:close/<ladder> or deadline:due");
        }
        if (words.length == 2) {
            ladders.get(words[1]);
        }
        return new DeadlineEndpoint(uri, this, words[0], words.length == 2 ? words[1] : null);
    }
}
