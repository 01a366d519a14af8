package songda.api;

/** A failure for the log: types and places without messages, since these may quote personal data. */
final class Trace {

    private static final int CAUSES = 5;
    private static final int FRAMES = 4;

    private Trace() {}

    static String of(Throwable failure) {
        StringBuilder text = new StringBuilder();
        Throwable at = failure;
        for (int depth = 0; at != null && depth < CAUSES; at = at.getCause(), depth++) {
            text.append(depth == 0 ? "" : " <- ").append(at.getClass().getName());
            StackTraceElement[] frames = at.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
                text.append(" at ").append(frames[i]);
            }
        }
        return text.toString();
    }
}
