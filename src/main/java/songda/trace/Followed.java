package songda.trace;

import java.util.Map;
import java.util.Optional;
import org.slf4j.MDC;

/**
 * For as long as it is open, each line that this thread logs names the message that it works on, and each call to a partner carries its trace.
 *
 * <pre>{@code
 * try (Followed message = Followed.message(correlation, orderNo)) {
 *     route.process(exchange);
 * }
 * }</pre>
 */
public final class Followed implements AutoCloseable {

    private static final String CORRELATION = "correlation";
    private static final String ORDER = "order";
    private static final String TRACE = "traceId";
    private static final String SPAN = "spanId";
    private final Map<String, String> before = MDC.getCopyOfContextMap();

    private Followed() {}

    /** @param orderNo null where it is about no order, or about several */
    public static Followed message(String correlation, String orderNo) {
        Followed followed = new Followed();
        TraceContext trace = TraceContext.of(correlation);
        MDC.put(CORRELATION, correlation);
        MDC.put(TRACE, trace.traceId());
        MDC.put(SPAN, trace.spanId());
        if (orderNo == null || orderNo.isEmpty()) {
            MDC.remove(ORDER);
        } else {
            MDC.put(ORDER, orderNo);
        }
        return followed;
    }

    /** What a call to a partner says that it belongs to; nothing where this thread works on no message. */
    public static Optional<String> header() {
        return Optional.ofNullable(MDC.get(TRACE)).map(trace -> new TraceContext(trace, MDC.get(SPAN)).header());
    }

    @Override
    public void close() {
        if (before == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(before);
        }
    }
}
