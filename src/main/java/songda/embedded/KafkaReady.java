package songda.embedded;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Kafka starts beside the Spring context, so its port is known before it answers. Whoever would complain about a broker
 * that is not there yet (consumers, admin clients) waits here. An external Kafka counts as ready at once.
 */
public final class KafkaReady {

    private final CompletableFuture<Void> up;

    KafkaReady(CompletableFuture<Void> up) {
        this.up = up;
    }

    static KafkaReady atOnce() {
        return new KafkaReady(CompletableFuture.completedFuture(null));
    }

    /** Whether the brokers in {@code songda.kafka.brokers} may be called. */
    public boolean now() {
        return up.isDone() && !up.isCompletedExceptionally();
    }

    /** Runs {@code action} once Kafka answers, on the thread that started it; at once when it does already. */
    public void then(Runnable action) {
        up.thenRun(action);
    }

    /**
     * Waits until Kafka answers.
     *
     * @throws IllegalStateException when its start failed or took longer than {@code atMost}
     */
    public void await(Duration atMost) {
        try {
            up.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kafka was starting", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "Kafka did not start: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("Kafka is not ready after " + atMost, e);
        }
    }
}
