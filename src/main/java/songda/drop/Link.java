package songda.drop;

import java.io.IOException;

/** The connection of one poller, kept from round to round. Not for several threads. */
final class Link {

    private final Remotes remotes;
    private Remote open;

    Link(Remotes remotes) {
        this.remotes = remotes;
    }

    interface Work {
        int with(Remote remote) throws IOException;
    }

    /** After a failure the next round begins with a connection of its own. */
    int run(Work work) throws IOException {
        if (open == null || !open.isOpen()) {
            close();
            open = remotes.open();
        }
        try {
            return work.with(open);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
