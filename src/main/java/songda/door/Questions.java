package songda.door;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import songda.fact.Bell;

/**
 * Asks partners whether they have what may have arrived: a minute after the answer was lost, and, where it is not there, once more
 * five minutes later. Not there twice means that it was never sent; so all is known within seven minutes while the partner answers.
 */
@Component
final class Questions {

    private static final Logger LOG = LoggerFactory.getLogger(Questions.class);
    private static final int BATCH = 10;
    private static final int NOT_THERE_MEANS_NEVER = 2;
    private static final String NOT_THERE = "asked " + NOT_THERE_MEANS_NEVER + " times: it is not there";
    private final Effects effects;
    private final Dues dues;
    private final DoorSettings settings;
    private final Bell bell;
    private final List<DoorListener> listeners;

    Questions(Effects effects, Dues dues, DoorSettings settings, Bell bell, ObjectProvider<DoorListener> listeners) {
        this.effects = effects;
        this.dues = dues;
        this.settings = settings;
        this.bell = bell;
        this.listeners = listeners.orderedStream().toList();
    }

    /** Asks about what is due at these doors; a partner that says nothing sensible is left alone until the next round. */
    void round(Set<String> doors, Function<Due, Reply> ask) {
        if (doors.isEmpty()) {
            return;
        }
        try {
            for (Optional<Due> due : effects.ask(doors, BATCH, this::read)) {
                if (due.isPresent() && settle(due.get(), ask.apply(due.get())) == Reply.UNCLEAR) {
                    return;
                }
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "询问伙伴未成，稍后再问 / asking a partner failed, it is asked later: {}",
                    e.getClass().getName());
        }
    }

    /** Nothing where a contact left the directory: it alone cannot be asked about. */
    private Optional<Due> read(ResultSet row) throws SQLException {
        try {
            return Optional.of(dues.read(row));
        } catch (IllegalStateException e) {
            LOG.warn(
                    "门 {} 有一项问不了：收件人不在通讯录 / at door {} one cannot be asked about, its contact left the directory",
                    row.getString("door"),
                    row.getString("door"));
            return Optional.empty();
        }
    }

    private Reply settle(Due due, Reply reply) {
        listeners.forEach(listener -> listener.asked(due.door(), reply.name()));
        switch (reply) {
            case THERE -> known(due, Verdict.ACCEPTED);
            case UNCLEAR -> effects.asked(due, due.asked(), settings.askAfter());
            case NOT_THERE -> {
                if (due.asked() + 1 < NOT_THERE_MEANS_NEVER) {
                    effects.asked(due, due.asked() + 1, settings.askAgain());
                } else {
                    known(due, Verdict.notThere(NOT_THERE, due.attempt(), settings.attempts()));
                }
            }
        }
        return reply;
    }

    private void known(Due due, Verdict verdict) {
        effects.settle(List.of(new Effects.Settlement(due.subject(), due.id(), due.attempt(), verdict)));
        bell.ring();
    }
}
