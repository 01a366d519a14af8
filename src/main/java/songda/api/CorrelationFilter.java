package songda.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/** Gives each request an id that an operator finds in the answer and in the log; catches what the filters after it let through. */
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
        try (var ignored = MDC.putCloseable("correlation", id)) {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException e) {
            problems.fail(request, response, e);
        }
    }

    private static String id(HttpServletRequest request) {
        List<String> sent = Collections.list(request.getHeaders(HEADER));
        return sent.size() == 1
                        && SAFE.matcher(sent.get(0)).matches()
                        && !PERSON.matcher(sent.get(0)).find()
                ? sent.get(0)
                : fresh();
    }

    // No secret: a fast generator will do.
    static String fresh() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
