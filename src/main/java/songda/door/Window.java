package songda.door;

/**
 * How many effects of one door may be on their way through Kafka at once: as many as its partner takes in a few seconds. It doubles while
 * they are taken at once, and is halved when most of them wait; so a long backlog stays in the database, and none is taken for lost.
 */
final class Window {

    private static final int FIRST = 128;
    private final int least;
    private final int most;
    private int size;
    private int underWay;

    Window(int least, int most) {
        this.least = Math.min(least, most);
        this.most = most;
        this.size = Math.min(FIRST, most);
    }

    /** @param waiting how many of them have been on their way for long */
    void look(int nowUnderWay, int waiting) {
        if (waiting * 2 > nowUnderWay) {
            size = Math.max(least, size / 2);
        } else if (underWay >= size && waiting == 0) {
            size = Math.min(most, size * 2);
        }
        underWay = nowUnderWay;
    }

    /** @param limit what else bounds it */
    int room(int limit) {
        return Math.max(0, Math.min(size, limit) - underWay);
    }

    void sent(int effects) {
        underWay += effects;
    }
}
