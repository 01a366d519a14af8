package partners;

import java.io.IOException;

/** One outside system: a listening place that can be stopped and started, a journal, a behaviour. */
interface Partner {
    Options.Place place();

    /** Binds; the port stays the same over stop and start. */
    void start() throws IOException;

    /** Closes the listening place and every connection. */
    void stop();

    int port();

    boolean running();

    Behaviour behaviour();

    Journal journal();
}
