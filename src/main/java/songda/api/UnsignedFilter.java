package songda.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.springframework.web.util.ContentCachingResponseWrapper;
import songda.failure.Refused;
import songda.signature.Caller;

/**
 * Pushes of a partner who does not sign as ours do. What was taken or set aside is answered as that partner wants to hear it; what failed is
 * a 5xx, after which it pushes again. A push may come any number of times: what it says has a number of its own, and there is no nonce.
 */
abstract class UnsignedFilter extends HttpFilter {

    private final transient ProblemWriter problems;
    private final String system;
    private final String client;

    UnsignedFilter(ProblemWriter problems, String system, String client) {
        this.problems = problems;
        this.system = system;
        this.client = client;
    }

    /** @param request as the route is to see it; @param taken what the partner wants to hear */
    record Push(HttpServletRequest request, byte[] taken) {}

    /** @throws Refused if this partner did not send it */
    abstract Push read(HttpServletRequest request);

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!request.getMethod().equals("POST")) {
            chain.doFilter(request, response);
            return;
        }
        Push push;
        try {
            push = read(request);
        } catch (Refused refused) {
            problems.refuse(request, response, refused.problem());
            return;
        }
        request.setAttribute(
                Attribute.CALLER,
                new Caller(
                        system, client, client + "-platform", UUID.randomUUID().toString(), Instant.now()));
        ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
        chain.doFilter(push.request(), answer);
        if (answer.getStatus() / 100 == 2) {
            answer.resetBuffer();
            answer.setStatus(200);
            answer.setContentType("application/json");
            answer.getOutputStream().write(push.taken());
        }
        answer.copyBodyToResponse();
    }
}
