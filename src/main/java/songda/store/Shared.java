package songda.store;

import java.util.function.Supplier;

/** What many ask for and the database is asked for once: they wait for one look, and get what it saw until its {@link Rest} is over. */
public final class Shared<T> {

    private final Rest rest = new Rest();
    private final Supplier<T> look;
    private T seen;

    public Shared(Supplier<T> look) {
        this.look = look;
    }

    /** @throws RuntimeException of the look; nobody gets what an earlier one saw */
    public synchronized T get() {
        if (seen == null || rest.isOver()) {
            seen = null;
            rest.from(() -> seen = look.get());
        }
        return seen;
    }
}
