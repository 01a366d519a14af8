package songda.fact;

/** A step did not come to an end: nothing of its recording was written. */
public final class StepFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StepFailed(String message) {
        super(message);
    }

    StepFailed(Throwable cause) {
        super(cause);
    }

    StepFailed(String routeId, Throwable cause) {
        super("step " + routeId + " failed: " + cause.getClass().getSimpleName(), cause);
    }
}
