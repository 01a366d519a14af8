package partners;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.LockSupport;

/** The hub as its partners see it: signed calls over a few kept-alive connections. */
final class Hub {
    private static final int TIMEOUT_MILLIS = 15_000;

    private final URI address;
    private final Path keysFile;
    private final Deque<Wire> idle = new ConcurrentLinkedDeque<>();
    private volatile Keys keys;

    Hub(URI address, Path keysFile) {
        this.address = address;
        this.keysFile = keysFile;
    }

    /** Polls with back-off until the hub says that it is ready and its keys' file can be read. */
    void awaitReady() throws InterruptedException {
        for (long pause = 50; !ready(); pause = Math.min(pause * 2, 500)) pause(pause);
    }

    private boolean ready() {
        try {
            if (!call("GET", "/readyz", "", new byte[0]).taken()) return false;
            keys = Keys.read(keysFile);
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    boolean known() {
        return keys != null;
    }

    /** One signed call; throws when no answer came. After a 401 the keys' file is read again for the next call. */
    Wire.Answer signed(String system, String method, String target, byte[] body) throws IOException {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        if (keys == null) keys = Keys.read(keysFile);
        String headers =
                Signature.headers(keys.of(system), method, path, query, body, System.currentTimeMillis() / 1000);
        Wire.Answer answer = call(method, target, headers, body);
        if (answer.status() == 401) keys = Keys.read(keysFile);
        return answer;
    }

    /** One call that says itself who sent it. */
    Wire.Answer unsigned(String target, byte[] body) throws IOException {
        return unsigned(target, "", body);
    }

    /** Headers: lines ended by CR LF. */
    Wire.Answer unsigned(String target, String headers, byte[] body) throws IOException {
        return call("POST", target, headers, body);
    }

    private Wire.Answer call(String method, String target, String headers, byte[] body) throws IOException {
        Wire wire = take();
        Wire.Answer answer = wire.call(method, target, headers, body);
        if (wire.reusable()) idle.push(wire);
        return answer;
    }

    private Wire take() throws IOException {
        for (Wire wire = idle.poll(); wire != null; wire = idle.poll()) {
            if (wire.reusable()) return wire;
            wire.close();
        }
        return new Wire(address, TIMEOUT_MILLIS);
    }

    static void pause(long millis) throws InterruptedException {
        LockSupport.parkNanos(millis * 1_000_000);
        if (Thread.interrupted()) throw new InterruptedException();
    }
}
