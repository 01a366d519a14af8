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
import songda.postal.MailPush;
import songda.signature.Caller;

/**
 * The post's older push does not sign either: a secret in a header says who it is. Behind this filter stands the list as JSON, whatever it
 * was written in; yes and no go back in the sender's own form, with the HTTP status that any other sender would get.
 */
final class MailsFilter extends HttpFilter {

    private final transient MailPush pushes;
    private final transient ProblemWriter problems;

    MailsFilter(MailPush pushes, ProblemWriter problems) {
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
        ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
        MailPush.Opened push = null;
        try {
            push = pushes.open(Attribute.body(request), request.getContentType(), request.getHeader("authenticate"));
            request.setAttribute(
                    Attribute.CALLER,
                    new Caller(
                            "postal",
                            "ems",
                            "listexpressmail",
                            UUID.randomUUID().toString(),
                            Instant.now()));
            chain.doFilter(new BodyRequest(request, push.content()), answer);
        } catch (Refused refused) {
            problems.refuse(request, answer, refused.problem());
        }
        byte[] said = answer.getContentAsByteArray();
        byte[] theirs = answer.getStatus() / 100 == 2
                ? pushes.taken(push, said)
                : pushes.notTaken(push, request.getContentType(), said);
        int status = answer.getStatus();
        answer.resetBuffer();
        answer.setStatus(status);
        answer.setContentType(pushes.contentType(push, request.getContentType()));
        answer.getOutputStream().write(theirs);
        answer.copyBodyToResponse();
    }
}
