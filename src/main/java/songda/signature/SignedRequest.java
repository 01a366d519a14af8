package songda.signature;

import java.util.List;
import java.util.function.Function;

/**
 * What of a request can be signed, exactly as it came over the wire.
 *
 * @param scheme {@code http} or {@code https}
 * @param authority the Host header
 * @param path undecoded, {@code /api/v1/orders}
 * @param query undecoded and without the question mark; null when there is none
 * @param headers all lines of one header, by name in lower case; empty when absent
 * @param body empty when absent
 */
public record SignedRequest(
        String method,
        String scheme,
        String authority,
        String path,
        String query,
        Function<String, List<String>> headers,
        byte[] body) {

    String target() {
        return query == null ? path : path + "?" + query;
    }
}
