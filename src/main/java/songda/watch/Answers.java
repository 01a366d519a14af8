package songda.watch;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import songda.failure.Problem;

/** Writes a refusal as application/problem+json. */
final class Answers {

    void send(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = problem.toJson(correlation(request)).toString().getBytes(StandardCharsets.UTF_8);
        response.setStatus(problem.status());
        response.setContentType("application/problem+json");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static String correlation(HttpServletRequest request) {
        return request.getAttribute("songda.correlation") instanceof String known
                ? known
                : UUID.randomUUID().toString();
    }
}
