package songda.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import songda.failure.Problem;
import songda.signature.Caller;

/** Answers with application/problem+json and leaves one line for the audit; the line never holds a body or a header's value. */
public final class ProblemWriter {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemWriter.class);

    ProblemWriter() {}

    /** For a refusal after the caller is known, or where no key is known. */
    public void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        String keyId = request.getAttribute(Attribute.CALLER) instanceof Caller caller ? caller.keyId() : null;
        refuse(request, response, problem, keyId, problem.type());
    }

    /** @param keyId as claimed, or null; @param reason a fixed phrase for the log */
    void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem, String keyId, String reason)
            throws IOException {
        String correlation = Attribute.correlation(request);
        LOG.info(
                "拒绝 / refused correlation={} key={} type={} status={} reason={}",
                correlation,
                keyId == null ? "-" : keyId,
                problem.type(),
                problem.status(),
                reason);
        write(response, problem, correlation);
    }

    /** For what is the hub's fault. Messages of exceptions may quote data, so only their types and places are logged. */
    public void fail(HttpServletRequest request, HttpServletResponse response, Throwable failure) throws IOException {
        Problem problem = Problems.of(failure);
        if (problem.status() < 500) {
            refuse(request, response, problem);
            return;
        }
        String correlation = Attribute.correlation(request);
        LOG.error("失败 / failed correlation={} status={}: {}", correlation, problem.status(), Trace.of(failure));
        write(response, problem, correlation);
    }

    static void write(HttpServletResponse response, Problem problem, String correlation) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        byte[] body = problem.toJson(correlation).toString().getBytes(StandardCharsets.UTF_8);
        response.resetBuffer();
        response.setStatus(problem.status());
        response.setContentType("application/problem+json");
        response.setHeader("X-Correlation-Id", correlation);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (problem.status() == 503 || problem.status() == 429) {
            // Spread out, so that all partners do not come back in the same second.
            response.setHeader(
                    "Retry-After", String.valueOf(ThreadLocalRandom.current().nextInt(3, 8)));
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
