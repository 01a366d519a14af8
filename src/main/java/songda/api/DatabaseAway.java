package songda.api;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * After a few answers of 503 in a row one request at a time tries, and the others hear at once what they would hear after the pool's
 * whole time-out. One that gets through lets all in again.
 */
final class DatabaseAway {

    private static final int IN_A_ROW = 5;
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicBoolean trying = new AtomicBoolean();

    /** One request on its way. */
    final class Try implements AutoCloseable {

        private final boolean alone;

        private Try(boolean alone) {
            this.alone = alone;
        }

        void ended(int status) {
            if (status == 503) {
                failed.incrementAndGet();
            } else {
                failed.set(0);
            }
        }

        @Override
        public void close() {
            if (alone) {
                trying.set(false);
            }
        }
    }

    /** @return null when somebody else tries */
    Try attempt() {
        if (failed.get() < IN_A_ROW) {
            return new Try(false);
        }
        return trying.compareAndSet(false, true) ? new Try(true) : null;
    }
}
