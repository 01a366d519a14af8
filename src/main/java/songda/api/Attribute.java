package songda.api;

import jakarta.servlet.http.HttpServletRequest;

/** What the filters tell each other and the binding, as request attributes. */
final class Attribute {

    static final String CALLER = "songda.caller";
    static final String CORRELATION = "songda.correlation";
    static final String CALL = "songda.call";

    private static final byte[] EMPTY = {};

    private Attribute() {}

    static String correlation(HttpServletRequest request) {
        return request.getAttribute(CORRELATION) instanceof String known ? known : CorrelationFilter.fresh();
    }

    /** The whole body, read once by the admission; empty before it. */
    static byte[] body(HttpServletRequest request) {
        return request.getAttribute(BodyRequest.BODY) instanceof byte[] body ? body : EMPTY;
    }
}
