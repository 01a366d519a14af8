package songda.chaos;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import songda.process.Signing;

/** Sends a message to the hubs, in turn, until one has taken or refused it: the same bytes, each time a new nonce. */
final class Sender {

    private static final Duration PATIENCE = Duration.ofSeconds(12);
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<URI> hubs;
    private final Signing signing;
    private final DriverJournal journal;
    private final ScheduledExecutorService clerk;
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private volatile int copies = 1;
    private volatile boolean over;

    Sender(List<URI> hubs, Signing signing, DriverJournal journal, ScheduledExecutorService clerk) {
        this.hubs = hubs;
        this.signing = signing;
        this.journal = journal;
        this.clerk = clerk;
    }

    /** From now on each message goes out so often, at the same time. */
    void copies(int number) {
        copies = number;
    }

    /** No more tries: what has no answer by now stays without one. */
    void giveUp() {
        over = true;
    }

    /** For what goes another way than through here. */
    DriverJournal journal() {
        return journal;
    }

    /** Messages that have neither been taken nor refused. */
    int open() {
        return open.get();
    }

    /** @return the last status, when all copies have been taken or refused */
    CompletableFuture<Integer> send(String system, String target, String op, String key, String body) {
        open.incrementAndGet();
        CompletableFuture<?>[] all = new CompletableFuture<?>[copies];
        for (int i = 0; i < all.length; i++) {
            CompletableFuture<Integer> one = new CompletableFuture<>();
            all[i] = one;
            attempt(new Message(system, target, op, key, body.getBytes(StandardCharsets.UTF_8)), 1, one);
        }
        return CompletableFuture.allOf(all)
                .thenApply(ok -> (Integer) all[0].join())
                .whenComplete((status, failed) -> open.decrementAndGet());
    }

    private record Message(String system, String target, String op, String key, byte[] body) {}

    private void attempt(Message message, int number, CompletableFuture<Integer> done) {
        try {
            URI hub = hubs.get(Math.floorMod(turn.getAndIncrement(), hubs.size()));
            var request = signing.sign(hub.resolve(message.target()), message.system(), "POST", message.body())
                    .timeout(PATIENCE)
                    .build();
            journal.sent(message.op(), message.key());
            http.sendAsync(request, BodyHandlers.ofString())
                    .whenComplete((answer, failed) -> heard(message, number, done, answer, failed));
        } catch (Exception e) {
            done.completeExceptionally(e);
        }
    }

    private void heard(
            Message message,
            int number,
            CompletableFuture<Integer> done,
            HttpResponse<String> answer,
            Throwable failed) {
        int status = failed == null ? answer.statusCode() : 0;
        journal.heard(message.op(), message.key(), status, failed == null ? answer.body() : failed.toString());
        if (status / 100 == 2 || finalRefusal(status)) {
            done.complete(status);
        } else if (over) {
            done.complete(0);
        } else {
            long pause = ThreadLocalRandom.current().nextLong(200, Math.min(3_000, 400L << Math.min(number, 6)));
            clerk.schedule(() -> attempt(message, number + 1, done), pause, TimeUnit.MILLISECONDS);
        }
    }

    private static boolean finalRefusal(int status) {
        return status / 100 == 4 && status != 401 && status != 408 && status != 425 && status != 429;
    }
}
