package partners;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** Sends to the hub until it has taken the message: retried with back-off, the same bytes, a new signature. */
final class Pushes {
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    /** How what stands in the journal goes over the network. */
    private interface Sending {
        Wire.Answer send(byte[] message) throws IOException;
    }

    private final Hub hub;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong retried = new AtomicLong();

    Pushes(Hub hub) {
        this.hub = hub;
    }

    /** False when the hub refused it for good (4xx) or this process ends. Every try stands in the journal. */
    boolean untilTaken(Journal journal, String system, String target, String op, String key, Object message) {
        return untilTaken(journal, body -> hub.signed(system, "POST", target, body), op, key, message);
    }

    /** An order as {@link Application} writes it. */
    boolean applicationUntilTaken(Journal journal, String key, Object message) {
        return untilTaken(
                journal,
                body -> Application.read(hub.signed("gov", "POST", Application.TARGET, body)),
                "order",
                key,
                message);
    }

    /** An event of the post, with its serialNo, in the envelope of its platform. */
    boolean untilTaken(Journal journal, Ems ems, String op, String key, Object event) {
        return untilTaken(journal, body -> hub.unsigned("/api/postal/pushes", ems.push(body)), op, key, event);
    }

    /** A message of a partner that signs nothing; its address says who sends. */
    boolean untilTakenUnsigned(Journal journal, String target, String op, String key, Object message) {
        return untilTaken(journal, body -> hub.unsigned(target, body), op, key, message);
    }

    /** One try of it; the status, 0 when no answer came. */
    int onceUnsigned(Journal journal, String target, String op, String key, byte[] body) {
        return once(journal, message -> hub.unsigned(target, message), op, key, body);
    }

    private boolean untilTaken(Journal journal, Sending sending, String op, String key, Object message) {
        byte[] body = Json.bytes(message);
        for (long pause = 50;
                !Thread.currentThread().isInterrupted();
                pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS)) {
            int status = once(journal, sending, op, key, body);
            if (status / 100 == 2) return taken.incrementAndGet() > 0;
            if (finalRefusal(status)) {
                System.err.println("[partners] the hub refused " + op + " " + key + " with " + status);
                return refused.incrementAndGet() < 0;
            }
            retried.incrementAndGet();
            nap(pause);
        }
        return false;
    }

    /** One try; the status, 0 when no answer came. */
    int once(Journal journal, String system, String target, String op, String key, byte[] body) {
        return once(journal, message -> hub.signed(system, "POST", target, message), op, key, body);
    }

    /** One push of an event of the post. */
    int once(Journal journal, Ems ems, String op, String key, byte[] event) {
        return once(journal, body -> hub.unsigned("/api/postal/pushes", ems.push(body)), op, key, event);
    }

    private static int once(Journal journal, Sending sending, String op, String key, byte[] body) {
        try {
            Wire.Answer answer = sending.send(body);
            journal.out(op, key, answer.status(), null, Json.read(body), json(answer));
            return answer.status();
        } catch (IOException e) {
            noAnswer(journal, op, key, body, e);
            return 0;
        }
    }

    private static void noAnswer(Journal journal, String op, String key, byte[] body, IOException cause) {
        try {
            journal.out(op, key, 0, "no-answer", Json.read(body), cause.toString());
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Object json(Wire.Answer answer) {
        try {
            JsonNode body = Json.read(answer.body());
            return body.isMissingNode() ? null : body;
        } catch (IOException e) {
            return answer.text();
        }
    }

    private static boolean finalRefusal(int status) {
        return status / 100 == 4 && status != 401 && status != 408 && status != 425 && status != 429;
    }

    private static void nap(long millis) {
        try {
            Hub.pause(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    long taken() {
        return taken.get();
    }

    long refused() {
        return refused.get();
    }

    long retried() {
        return retried.get();
    }
}
