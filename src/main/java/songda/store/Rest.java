package songda.store;

/**
 * Looks at the database that may take a twentieth of the time at most, however much lies there: a long look is followed by a long rest. Not for
 * several threads.
 */
public final class Rest {

    private static final int TIMES = 19;
    private long until = System.nanoTime();

    public boolean isOver() {
        return System.nanoTime() - until >= 0;
    }

    /** Looks, and then rests, also from a look that failed. @return how long it took, in seconds */
    public double from(Runnable look) {
        long start = System.nanoTime();
        try {
            look.run();
        } finally {
            long took = System.nanoTime() - start;
            until = start + took + took * TIMES;
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
