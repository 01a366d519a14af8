package songda.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import songda.trace.Followed;
import songda.trace.TraceContext;

/**
 * Gives each request an id that an operator finds in the answer and in the log: the caller's own, or its trace's, or a new one. Catches what the
 * filters after it let through.
 */
final class CorrelationFilter extends HttpFilter {

    private static final String HEADER = "X-Correlation-Id";
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    // It is kept and logged: what reads as a mobile number or an ID number is not taken over.
    private static final Pattern PERSON =
            Pattern.compile("(?<![0-9A-Za-z])(?:(?:86)?1[3-9]\\d{9}|\\d{17}[0-9Xx])(?![0-9A-Za-z])");
    private final transient ProblemWriter problems;

    CorrelationFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        String id = id(request);
        request.setAttribute(Attribute.CORRELATION, id);
        response.setHeader(HEADER, id);
        try (Followed message = Followed.message(id, null)) {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException e) {
            problems.fail(request, response, e);
        }
    }

    private static String id(HttpServletRequest request) {
        return only(request, HEADER)
                .filter(sent ->
                        SAFE.matcher(sent).matches() && !PERSON.matcher(sent).find())
                .or(() -> only(request, TraceContext.HEADER)
                        .flatMap(TraceContext::read)
                        .map(TraceContext::traceId))
                .orElseGet(CorrelationFilter::fresh);
    }

    /** Several of them, and it is unknown which is meant. */
    private static Optional<String> only(HttpServletRequest request, String header) {
        List<String> sent = Collections.list(request.getHeaders(header));
        return sent.size() == 1 ? Optional.of(sent.get(0)) : Optional.empty();
    }

    // No secret: a fast generator will do.
    static String fresh() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
