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
import songda.postal.EmsPush;
import songda.signature.Caller;

/**
 * The post's platform does not sign as our partners do: its envelope says who it is. Behind this filter stands what was sealed, so that a
 * route, and a dead letter, has that; what was taken or set aside is answered as the platform wants to hear it. A push may come any number
 * of times, and is one fact: there is no nonce to consume.
 */
final class PushFilter extends HttpFilter {

    private final transient EmsPush pushes;
    private final transient ProblemWriter problems;

    PushFilter(EmsPush pushes, ProblemWriter problems) {
        this.pushes = pushes;
        this.problems = problems;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!request.getMethod().equals("POST")) {
            chain.doFilter(request, response);
            return;
        }
        EmsPush.Opened push;
        try {
            push = pushes.open(Attribute.body(request));
        } catch (Refused refused) {
            problems.refuse(request, response, refused.problem());
            return;
        }
        request.setAttribute(
                Attribute.CALLER,
                new Caller("postal", "ems", "ems-platform", UUID.randomUUID().toString(), Instant.now()));
        ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
        chain.doFilter(new BodyRequest(request, push.content()), answer);
        if (answer.getStatus() / 100 == 2) {
            answer.resetBuffer();
            answer.setStatus(200);
            answer.setContentType("application/json");
            answer.getOutputStream().write(pushes.taken(push));
        }
        answer.copyBodyToResponse();
    }
}
