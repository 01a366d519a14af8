package songda.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which faults come when: a kill in turn, then one of the others, each alone until all were there, in pairs from then on. */
final class Schedule {

    private final List<Fault> all;
    private final List<Fault> singles;
    private final List<Fault> kills = List.of(HubFaults.killOne(), StoreFaults.kill(), KafkaFaults.kill());
    private final boolean chosen;
    private final Random random;
    private int turn;
    private int killed;

    Schedule(long seed, List<String> only) {
        random = new Random(seed);
        chosen = !only.isEmpty();
        all = faults().stream()
                .filter(it -> !chosen || only.contains(it.name()))
                .toList();
        if (all.isEmpty()) {
            throw new IllegalArgumentException("no fault has one of these names: " + only + "; there are "
                    + faults().stream().map(Fault::name).distinct().toList());
        }
        singles = new ArrayList<>(all);
        if (!chosen) {
            singles.removeIf(it -> kills.stream().anyMatch(kill -> kill.name().equals(it.name())));
        }
        Collections.shuffle(singles, random);
    }

    static List<Fault> faults() {
        return Stream.of(HubFaults.all(), StoreFaults.all(), KafkaFaults.all(), PartnerFaults.all(), InputFaults.all())
                .flatMap(List::stream)
                .toList();
    }

    List<Fault> next() {
        turn++;
        if (!chosen && (turn % 2 == 1 || turn <= kills.size())) {
            return List.of(kills.get(killed++ % kills.size()));
        }
        return singles.isEmpty() ? pair() : List.of(singles.remove(0));
    }

    private List<Fault> pair() {
        Fault one = all.get(random.nextInt(all.size()));
        List<Fault> others =
                all.stream().filter(it -> !it.part().equals(one.part())).collect(Collectors.toList());
        return others.isEmpty() ? List.of(one) : List.of(one, others.get(random.nextInt(others.size())));
    }
}
