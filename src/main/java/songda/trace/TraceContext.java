package songda.trace;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * W3C trace context, version 00. The trace is the correlation id of a message in other words, so nothing but that id is kept: what it brings
 * about hours later, after a restart and on another node, is in the same trace.
 *
 * @param traceId 32 hex digits, not all zero
 * @param spanId 16 hex digits, not all zero: one call, or one stretch of work
 */
public record TraceContext(String traceId, String spanId) {

    /** The header, in HTTP and in Kafka. */
    public static final String HEADER = "traceparent";

    private static final Pattern SENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(-.*)?");
    private static final Pattern HEX = Pattern.compile("(?!0{32})[0-9a-f]{32}");
    private static final int TRACE_BYTES = 16;

    /** A new span in the trace of this message. */
    public static TraceContext of(String correlation) {
        return of(correlation, ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    }

    /** @param span a number of ours that says which; not 0 */
    public static TraceContext of(String correlation, long span) {
        String plain = correlation.replace("-", "");
        return new TraceContext(HEX.matcher(plain).matches() ? plain : hashed(correlation), "%016x".formatted(span));
    }

    /** @param header as it came; nothing where it is no trace context, which is then as if it had not been sent */
    public static Optional<TraceContext> read(String header) {
        Matcher sent = SENT.matcher(header);
        // Of version 00 all is known: there is nothing behind its flags.
        return sent.matches() && (sent.group(3) == null || !header.startsWith("00"))
                ? Optional.of(new TraceContext(sent.group(1), sent.group(2)))
                : Optional.empty();
    }

    /** Its flag says that there is something to be looked at here: facts and effects are kept, all of them. */
    public String header() {
        return "00-" + traceId + "-" + spanId + "-01";
    }

    /** The same as a header of Kafka's. */
    public byte[] bytes() {
        return header().getBytes(StandardCharsets.US_ASCII);
    }

    private static String hashed(String correlation) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(correlation.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, TRACE_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
