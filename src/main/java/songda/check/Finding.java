package songda.check;

import java.util.Comparator;
import java.util.List;

/**
 * One breach of a rule.
 *
 * @param found what fills the rule's sentence
 */
public record Finding(Rule rule, Place place, List<String> found) {

    static final Comparator<Finding> BY_PLACE = Comparator.<Finding, String>comparing(
                    f -> f.place().file())
            .thenComparing(f -> f.place().line())
            .thenComparing(f -> f.place().column())
            .thenComparing(f -> f.rule().id());

    public boolean error() {
        return rule.severity() == Rule.Severity.ERROR;
    }

    /** What is wrong → what to write. */
    public String message(String language) {
        return rule.say().with(found).in(language);
    }

    /** {@code routes/flow/x.camel.yaml:4:7 error SONGDA-R202 what is wrong → what to write}. */
    public String line(String language) {
        return place + " " + rule.severity().word() + " " + rule.id() + " " + message(language);
    }
}
