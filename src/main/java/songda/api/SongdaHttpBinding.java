package songda.api;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.http.common.DefaultHttpBinding;
import org.springframework.http.MediaType;
import songda.signature.Caller;

/**
 * Between HTTP and a route. In: the headers {@code system}, {@code client}, {@code correlation} and the parameters of the contract, and
 * no other; body = the bytes as they came; properties {@code caller} ({@link Caller}) and {@code raw} (byte[]). Out: status
 * ({@code CamelHttpResponseCode}), {@code Content-Type} and body (JsonNode, String or byte[]), and no other header; an exception becomes
 * problem+json.
 */
final class SongdaHttpBinding extends DefaultHttpBinding {

    private static final Set<String> TYPES =
            Set.of("application/json", "application/problem+json", "application/xml", "text/xml", "text/plain");
    // Kept beside the message: a route may replace that as a whole.
    private static final String REQUEST = "songda.request";
    private final ProblemWriter problems;

    SongdaHttpBinding(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public void readRequest(HttpServletRequest request, Message message) {
        if (!(request.getAttribute(Attribute.CALLER) instanceof Caller caller)
                || !(request.getAttribute(Attribute.CALL) instanceof Map<?, ?> parameters)) {
            throw new IllegalStateException("the filters of songda.api did not run before the servlet");
        }
        byte[] body = Attribute.body(request);
        Exchange exchange = message.getExchange();
        exchange.setProperty("caller", caller);
        exchange.setProperty("client", caller.client());
        exchange.setProperty("raw", body);
        exchange.setProperty("correlation", Attribute.correlation(request));
        exchange.setProperty("idempotencyKey", request.getHeader("Idempotency-Key"));
        exchange.setProperty(REQUEST, request);
        message.setBody(body);
        parameters.forEach((name, value) -> message.setHeader((String) name, value));
        message.setHeader("system", caller.system());
        message.setHeader("client", caller.client());
        message.setHeader("correlation", Attribute.correlation(request));
        // The servlet reads this one back and fails without it; ApiServlet takes it away again.
        message.setHeader(Exchange.HTTP_PATH, "");
    }

    @Override
    public Object parseBody(HttpServletRequest request, Message message) {
        return Attribute.body(request);
    }

    @Override
    public void writeResponse(Exchange exchange, HttpServletResponse response) throws IOException {
        HttpServletRequest request = exchange.getProperty(REQUEST, HttpServletRequest.class);
        if (exchange.getException() != null) {
            problems.fail(request, response, exchange.getException());
            return;
        }
        Message out = exchange.getMessage();
        int status = out.getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class);
        if (status < 400 && (exchange.isRollbackOnly() || exchange.isRollbackOnlyLast())) {
            problems.fail(request, response, new IllegalStateException("rolled back, but answered as done"));
            return;
        }
        write(response, status, out);
    }

    private static void write(HttpServletResponse response, int status, Message out) throws IOException {
        byte[] body = bytes(out);
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (body.length > 0) {
            response.setContentType(type(out.getHeader("Content-Type", String.class)));
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static byte[] bytes(Message out) {
        Object body = out.getBody();
        if (body == null) {
            return new byte[0];
        }
        if (body instanceof byte[] ready) {
            return ready;
        }
        if (body instanceof JsonNode || body instanceof String) {
            return body.toString().getBytes(StandardCharsets.UTF_8);
        }
        throw new IllegalStateException("a route must answer with JsonNode, String or byte[], not "
                + body.getClass().getName());
    }

    private static String type(String wanted) {
        if (wanted == null) {
            return "application/json";
        }
        MediaType type = MediaType.parseMediaType(wanted);
        String name = type.getType() + "/" + type.getSubtype();
        if (!TYPES.contains(name)) {
            throw new IllegalStateException("a route must not answer with this content type");
        }
        return type.toString();
    }
}
