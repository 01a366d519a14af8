package songda.chaos;

import java.util.List;

/** Holds the evidence against I1 to I13. It knows the tables and the journals, and no class of the hub. */
final class Checker {

    /** Far above what a healthy process holds, far below what a leak would have reached. */
    private static final List<Limit> LIMITS = List.of(
            new Limit("resident MB", 1_100),
            new Limit("threads", 500),
            new Limit("files", 2_000),
            new Limit("connections", 60));

    private record Limit(String of, long most) {}

    private Checker() {}

    static List<Violation> check(Evidence evidence) {
        Findings findings = new Findings();
        new OrderChecks(evidence, findings).run();
        new EffectChecks(evidence, findings).run();
        new TimeChecks(evidence, findings).run();
        evidence.leaks().forEach(it -> findings.add("I11", "a citizen can be read", it));
        evidence.resources().forEach((name, value) -> LIMITS.stream()
                .filter(it -> name.endsWith(it.of()))
                .forEach(it -> findings.check(value <= it.most(), "I12", name + " " + value, "most " + it.most())));
        evidence.unsettled().forEach(it -> findings.add("I13", "it did not converge", it));
        for (Episode episode : evidence.episodes()) {
            findings.check(episode.intake() != null, "I13", "no order was taken any more after", episode.name());
            findings.check(episode.flow() != null, "I13", "no order went through any more after", episode.name());
            findings.check(episode.failed() == null, "I13", episode.failed(), episode.name());
        }
        return findings.all();
    }
}
