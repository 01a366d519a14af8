package songda.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import songda.failure.Refused;

/** Holds the request against the contract; behind the signature, so that only partners learn which paths there are. */
final class OperationFilter extends HttpFilter {

    private final transient Operations operations;
    private final transient ProblemWriter problems;

    OperationFilter(Operations operations, ProblemWriter problems) {
        this.operations = operations;
        this.problems = problems;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            request.setAttribute(
                    Attribute.CALL,
                    operations.call(
                            request.getMethod(),
                            request.getRequestURI(),
                            request.getQueryString(),
                            request::getHeader));
        } catch (Operations.WrongMethod wrong) {
            response.setHeader("Allow", wrong.allowed());
            problems.refuse(request, response, Problems.WRONG_METHOD);
            return;
        } catch (Refused refused) {
            problems.refuse(request, response, refused.problem());
            return;
        }
        chain.doFilter(request, response);
    }
}
