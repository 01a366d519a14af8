package songda.door;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Whether this node may speak to a door's partner. When half of the last twenty attempts failed for the partner's reasons, nothing goes
 * there for a while, longer each time; then three attempts show whether it is back.
 */
final class Breaker {

    static final int PROBES = 3;
    private final CircuitBreaker circuit;

    /** @param told true: the partner is away; false: it is back. Once for each change. */
    Breaker(String door, DoorSettings settings, Consumer<Boolean> told) {
        circuit = CircuitBreaker.of(
                door,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(20)
                        .minimumNumberOfCalls(10)
                        .failureRateThreshold(50)
                        .waitIntervalFunctionInOpenState(IntervalFunction.ofExponentialRandomBackoff(
                                settings.breakerWait(), 2, 0.3, settings.breakerMost()))
                        .permittedNumberOfCallsInHalfOpenState(PROBES)
                        .automaticTransitionFromOpenToHalfOpenEnabled(true)
                        .build());
        circuit.getEventPublisher().onStateTransition(event -> {
            switch (event.getStateTransition()) {
                case CLOSED_TO_OPEN -> told.accept(true);
                case HALF_OPEN_TO_CLOSED -> told.accept(false);
                default -> {}
            }
        });
    }

    /** How many may be on their way at most. */
    int most(int usual) {
        return switch (circuit.getState()) {
            case OPEN, FORCED_OPEN -> 0;
            case HALF_OPEN -> PROBES;
            default -> usual;
        };
    }

    /** CLOSED: the partner is well; OPEN: it is left alone; HALF_OPEN: it is tried. */
    String state() {
        return circuit.getState().name();
    }

    /** A yes is followed by {@link #saw} or {@link #nothingTried}. */
    boolean admits() {
        return circuit.tryAcquirePermission();
    }

    void nothingTried() {
        circuit.releasePermission();
    }

    void saw(Verdict verdict) {
        switch (verdict.partner()) {
            case WELL -> circuit.onSuccess(0, TimeUnit.NANOSECONDS);
            case AWAY -> circuit.onError(0, TimeUnit.NANOSECONDS, AWAY);
            case NOT_ASKED, STOPPED -> circuit.releasePermission();
        }
    }

    private static final Exception AWAY = new Exception("away", null, false, false) {
        private static final long serialVersionUID = 1L;
    };
}
