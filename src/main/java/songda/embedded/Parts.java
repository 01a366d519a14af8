package songda.embedded;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import songda.failure.StartRefused;

/** The parts that run in one locked data folder. */
final class Parts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);
    private static final AutoCloseable NONE = () -> {};
    private final DataFolder folder;
    private AutoCloseable kafka = NONE;
    private AutoCloseable postgres = NONE;
    private volatile boolean leaving;
    private boolean closed;

    /** @throws StartRefused when another hub holds the folder */
    Parts(Path data) {
        this.folder = DataFolder.lock(data);
    }

    // A part is noted before it starts, and closing waits for a start under way: a signal in the middle of a start
    // leaves nothing running.

    synchronized EmbeddedKafka startKafkaBeside(int port, Consumer<StartRefused> failed) {
        refuseWhenClosed();
        EmbeddedKafka starting = new EmbeddedKafka(folder, Ports.orFree(port));
        kafka = starting;
        return starting.startBeside(failed);
    }

    synchronized EmbeddedPostgreSql startPostgreSql(int port, EmbeddedPostgreSql.Room room) {
        refuseWhenClosed();
        EmbeddedPostgreSql starting = new EmbeddedPostgreSql(folder, Ports.orFree(port), room, () -> leaving);
        postgres = starting;
        return starting.start();
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw new IllegalStateException("the hub is stopping");
        }
    }

    /** Stops Kafka, then PostgreSQL, then lets the folder go. Closing twice is fine. */
    @Override
    public void close() {
        leaving = true;
        closeOnce();
    }

    private synchronized void closeOnce() {
        if (closed) {
            return;
        }
        closed = true;
        close(kafka);
        close(postgres);
        close(folder);
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.error("没有正常停下 / did not stop in order: {}", part.getClass().getSimpleName(), e);
        }
    }
}
