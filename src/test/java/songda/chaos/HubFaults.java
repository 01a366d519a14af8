package songda.chaos;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import songda.process.HubProcess;
import songda.process.WrongClock;

/** What happens to the hubs themselves. */
final class HubFaults {

    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

    private HubFaults() {}

    static Fault killOne() {
        return new Fault(
                "F1",
                "kill -9 of one node",
                "hub",
                3,
                stage -> stage.world()
                        .killHub(stage.random().nextInt(stage.world().nodes())),
                stage -> stage.world().startHubs());
    }

    static List<Fault> all() {
        return List.of(
                killOne(),
                new Fault(
                        "F2",
                        "kill -9 of all nodes",
                        "hub",
                        3,
                        stage -> stage.world().killHubs(),
                        stage -> stage.world().startHubs()),
                new Fault("F3", "kill -9 while an SMS is under way", "hub", 2, HubFaults::killWhileSending, stage -> {
                    stage.through("sms").mode(Mode.PASS);
                    stage.world().startHubs();
                }),
                new Fault(
                        "F4",
                        "one node stands still (SIGSTOP)",
                        "hub",
                        20,
                        stage -> stage.world().hub(0).standStill(),
                        stage -> stage.world().hub(0).goOn()),
                Fault.once("F5", "rolling restart (SIGTERM)", "hub", HubFaults::restart),
                Fault.once("F20", "a node leaves and joins again, twice: rebalances", "hub", HubFaults::leaveAndJoin),
                new Fault(
                        "F32",
                        "the clock of one node is 49 hours ahead",
                        "hub",
                        15,
                        stage -> restartWith(stage, hub -> hub.with(WrongClock.always("+49h"))),
                        stage -> restartWith(stage, hub -> hub.without(WrongClock.always("+49h")))),
                new Fault(
                        "F36",
                        "three days pass while no node runs",
                        "hub",
                        1,
                        stage -> {
                            stage.world().killHubs();
                            stage.clock()
                                    .leap(Duration.ofHours(72), stage.clock().rate());
                        },
                        stage -> stage.world().startHubs()));
    }

    private static void killWhileSending(Stage stage) {
        stage.through("sms").mode(Mode.late(4_000, 0));
        await().atMost(Duration.ofSeconds(25))
                .pollInterval(Duration.ofMillis(50))
                .until(() ->
                        stage.rows().number("select count(*) from effect where state = 'SENDING' and door like 'sms-%'")
                                > 0);
        stage.world().killHubs();
    }

    private static void restartWith(Stage stage, Consumer<HubProcess> change) {
        HubProcess hub = stage.world().hub(0);
        hub.stop();
        change.accept(hub);
        hub.start().awaitReady(World.START);
    }

    private static void restart(Stage stage) {
        try {
            for (int node = 0; node < stage.world().nodes(); node++) {
                var hub = stage.world().hub(node);
                Duration took = hub.stop();
                if (took.compareTo(LONGEST_STOP) > 0) {
                    throw new AssertionError("SIGTERM took " + took);
                }
                hub.start().awaitReady(World.START);
            }
        } finally {
            // What comes after a node that did not stop in time is judged by itself.
            stage.world().startHubs();
        }
    }

    private static void leaveAndJoin(Stage stage) {
        var hub = stage.world().hub(stage.world().nodes() - 1);
        for (int i = 0; i < 2; i++) {
            hub.stop();
            hub.start().awaitReady(World.START);
        }
    }
}
