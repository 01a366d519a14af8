package songda.chaos;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** What comes in that should not, or not so. */
final class InputFaults {

    private InputFaults() {}

    static List<Fault> all() {
        return List.of(
                twice(),
                new Fault(
                        "F23",
                        "events come in any order, receipts before delivery",
                        "driver",
                        12,
                        stage -> stage.walks().shuffled(true),
                        stage -> stage.walks().shuffled(false)),
                Fault.once("F24", "poison: unreadable events and Kafka records", "poison", stage -> {
                    Poison.events(stage.sender(), stage.random());
                    Poison.records(stage.world().kafka().brokers());
                }),
                Fault.once("F31", "callbacks of long ago come again", "callbacks", stage -> stage.walks()
                        .again(60)),
                files());
    }

    private static Fault files() {
        AtomicReference<Drops> drops = new AtomicReference<>();
        return new Fault(
                "F38",
                "GBK files cut off, half there, twice, under one name, empty, in another charset",
                "files",
                6,
                stage -> drops.set(Drops.into(stage)),
                stage -> drops.get().awaitReplies());
    }

    private static Fault twice() {
        AtomicReference<Echo> echo = new AtomicReference<>();
        return new Fault(
                "F22",
                "every post comes five times, every Kafka record three times",
                "driver",
                10,
                stage -> {
                    stage.sender().copies(5);
                    echo.set(new Echo(stage.world().kafka().brokers()));
                },
                stage -> {
                    stage.sender().copies(1);
                    echo.get().close();
                });
    }
}
