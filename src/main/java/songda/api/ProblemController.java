package songda.api;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Whatever ends in an error page elsewhere ends here as problem+json. */
@Controller
class ProblemController implements ErrorController {

    private final ProblemWriter problems;

    ProblemController(ProblemWriter problems) {
        this.problems = problems;
    }

    @RequestMapping("/error")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object failure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        if (failure instanceof Throwable thrown
                && Problems.ofStatus(code(status)).status() >= 500) {
            problems.fail(request, response, thrown);
        } else {
            problems.refuse(request, response, Problems.ofStatus(code(status)));
        }
    }

    // Who calls /error itself gets what is at any unknown address.
    private static int code(Object status) {
        return status instanceof Integer code && code >= 400 ? code : 404;
    }
}
