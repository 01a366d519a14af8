package songda.watch;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.web.filter.OncePerRequestFilter;
import songda.failure.Problem;

/** Each port has its own paths; any other path does not exist there, whatever the rest of the hub serves. */
final class PortFilter extends OncePerRequestFilter {

    /** A trailing slash means the folder and all below it. */
    static final List<String> PUBLIC = List.of("/api/", "/openapi.yaml", "/livez", "/readyz", "/problems/");

    static final List<String> ADMIN =
            List.of("/", "/hawtio", "/hawtio/", "/board", "/board/", "/actuator", "/actuator/", "/login", "/logout");

    static final Problem NOT_HERE = Problem.of(404, "not-found", "这里没有这个地址", "No such address here");
    private final Ports ports;
    private final Answers answers;

    PortFilter(Ports ports, Answers answers) {
        this.ports = ports;
        this.answers = answers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (exists(ports.isAdmin(request) ? ADMIN : PUBLIC, path(request))) {
            chain.doFilter(request, response);
        } else {
            answers.send(NOT_HERE, request, response);
        }
    }

    static boolean exists(List<String> paths, String path) {
        return paths.stream()
                .anyMatch(p -> p.equals(path) || (p.length() > 1 && p.endsWith("/") && path.startsWith(p)));
    }

    /** As Tomcat maps it, decoded and without dot segments, so that no spelling leads around this filter. */
    private static String path(HttpServletRequest request) {
        String rest = request.getPathInfo();
        return rest == null ? request.getServletPath() : request.getServletPath() + rest;
    }
}
