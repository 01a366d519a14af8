package songda.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import songda.configuration.ConfigurationDesk;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.signature.Caller;
import songda.signature.NonceStore;

/** {@code GET configuration}, {@code GET configuration/<version>}, {@code POST configuration/files}, {@code POST configuration/changes}, for the desk only. */
final class ConfigurationServlet extends HttpServlet {

    static final String PATH = "/api/v1/configuration";
    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final transient ObjectProvider<ConfigurationDesk> desk;
    private final transient NonceStore nonces;
    private final transient ProblemWriter problems;

    ConfigurationServlet(ObjectProvider<ConfigurationDesk> desk, NonceStore nonces, ProblemWriter problems) {
        this.desk = desk;
        this.nonces = nonces;
        this.problems = problems;
    }

    private interface Answer {
        JsonNode of(Caller caller) throws IOException;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Map<?, ?> call = (Map<?, ?>) request.getAttribute(Attribute.CALL);
        String version = (String) call.get("version");
        answer(
                request,
                response,
                caller -> version == null
                        ? desk.getObject().overview(Integer.parseInt((String) call.get("limit")))
                        : desk.getObject().version(Long.parseLong(version)));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(request, response, caller -> {
            nonces.consume(caller);
            JsonNode body = body(request);
            return request.getRequestURI().equals(PATH + "/files")
                    ? desk.getObject().keep(body)
                    : desk.getObject().change(caller.client(), body);
        });
    }

    private static JsonNode body(HttpServletRequest request) throws IOException {
        try {
            JsonNode body = JSON.readTree(Attribute.body(request));
            if (body != null && body.isObject()) {
                return body;
            }
        } catch (JsonProcessingException e) {
            // answered below, like what is no object
        }
        throw new Refused(Problem.of(400, "unreadable-body", "请求体不是 JSON 对象", "The body is no JSON object"));
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Answer answer) throws IOException {
        try {
            Caller caller = ((Caller) request.getAttribute(Attribute.CALLER)).desk();
            byte[] body = answer.of(caller).toString().getBytes(StandardCharsets.UTF_8);
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType("application/json");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        } catch (RuntimeException e) {
            problems.fail(request, response, e);
        }
    }
}
