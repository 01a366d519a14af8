package songda.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import songda.process.HubProcess;

/** Stands between the hub and one other party on TCP, on a port that stays the same; what it does can be changed at any time. */
final class FaultProxy implements AutoCloseable {

    private final String name;
    private final int port = HubProcess.freePort();
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger hits = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile int target;
    private volatile Mode mode = Mode.PASS;
    private ServerSocket server;

    FaultProxy(String name) {
        this.name = name;
    }

    FaultProxy to(int port) {
        target = port;
        up();
        return this;
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    Mode mode() {
        return mode;
    }

    /** For connections that are open and those that come. */
    void mode(Mode next) {
        mode = next;
        synchronized (this) {
            notifyAll();
        }
        if (next.kind() == Mode.Kind.RESET) {
            cut();
        }
    }

    /** Waits while nothing may pass. */
    void awaitOther(Mode than) throws InterruptedException {
        synchronized (this) {
            while (mode == than) {
                wait();
            }
        }
    }

    /** Nobody listens any more: connections are refused, and those that were open are cut. */
    synchronized void down() {
        Link.close(server);
        server = null;
        cut();
    }

    synchronized void up() {
        if (server != null) {
            return;
        }
        try {
            ServerSocket fresh = new ServerSocket();
            fresh.setReuseAddress(true);
            fresh.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 512);
            server = fresh;
            Link.thread(name + "-accept", () -> accept(fresh));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket listening) {
        try {
            while (true) {
                Socket client = listening.accept();
                if (mode.kind() == Mode.Kind.RESET) {
                    Link.reset(client);
                } else {
                    open(client);
                }
            }
        } catch (IOException stopped) {
            // down() has closed the socket
        }
    }

    private void open(Socket client) {
        try {
            links.add(new Link(this, client, new Socket(InetAddress.getLoopbackAddress(), target)).start());
        } catch (IOException serverIsAway) {
            Link.reset(client);
        }
    }

    void ended(Link link) {
        links.remove(link);
    }

    int hit() {
        return hits.incrementAndGet();
    }

    /** How many messages or connections were treated badly so far. */
    int hits() {
        return hits.get();
    }

    /** One more request got an answer from here; which of the answers it is to be. */
    int answer() {
        hit();
        return answered.getAndIncrement();
    }

    int answered() {
        return answered.get();
    }

    private void cut() {
        links.forEach(Link::reset);
    }

    @Override
    public void close() {
        down();
    }
}
