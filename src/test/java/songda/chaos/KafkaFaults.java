package songda.chaos;

import java.util.List;

/** What happens to Kafka and on the way to it. */
final class KafkaFaults {

    private KafkaFaults() {}

    static Fault kill() {
        return new Fault(
                "F16", "kill -9 of Kafka", "kafka", 1, stage -> stage.world().killKafka(), stage -> stage.world()
                        .kafka()
                        .start());
    }

    static List<Fault> all() {
        return List.of(
                kill(),
                new Fault(
                        "F17",
                        "Kafka is away",
                        "kafka",
                        25,
                        stage -> stage.through("kafka").down(),
                        stage -> stage.through("kafka").up()),
                Fault.passing(
                        "F19",
                        "Kafka is slow, beyond time-outs at times",
                        "kafka",
                        15,
                        Mode.late(200, 6_000).forShare(0.3)),
                Fault.passing("P2", "nothing reaches Kafka", "kafka", 15, Mode.of(Mode.Kind.BLACK_HOLE)),
                new Fault(
                        "P3",
                        "Kafka stands still (SIGSTOP)",
                        "kafka",
                        12,
                        stage -> stage.world().kafka().standStill(),
                        stage -> stage.world().kafka().goOn()));
    }
}
