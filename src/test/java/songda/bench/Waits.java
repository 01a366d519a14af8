package songda.bench;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

final class Waits {

    private static final long SLICE = 20_000_000;

    private Waits() {}

    /** @param nanoTime of {@link System#nanoTime()} */
    static void until(long nanoTime) {
        until(nanoTime, () -> true);
    }

    /** Shorter when what it waits beside has ended. */
    static void until(long nanoTime, BooleanSupplier goesOn) {
        for (long left = nanoTime - System.nanoTime();
                left > 0 && goesOn.getAsBoolean();
                left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, SLICE));
        }
    }
}
