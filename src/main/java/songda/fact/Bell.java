package songda.fact;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/** Wakes those who carry on what was committed, so that they need not wait for their next poll. */
@Component
public final class Bell {

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** @param wake must return at once */
    public void onRing(Runnable wake) {
        listeners.add(wake);
    }

    public void ring() {
        listeners.forEach(Runnable::run);
    }
}
