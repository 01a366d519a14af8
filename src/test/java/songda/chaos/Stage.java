package songda.chaos;

import java.util.Random;

/** Where a fault is played, and what it may touch. */
record Stage(World world, FastClock clock, Sender sender, Walks walks, Rows rows, Random random) {

    FaultProxy through(String name) {
        return world.through(name);
    }

    /** One of them, by the seed. */
    String oneOf(String... names) {
        return names[random.nextInt(names.length)];
    }
}
