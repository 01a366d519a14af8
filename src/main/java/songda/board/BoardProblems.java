package songda.board;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import songda.api.ProblemWriter;
import songda.failure.Problem;
import songda.failure.Unmappable;

/** What the board is refused, as everybody is: problem+json in two languages, without a word of what was sent. */
@RestControllerAdvice(basePackageClasses = BoardProblems.class)
final class BoardProblems {

    private static final Problem WRONG = Problem.of(400, "invalid-parameter", "参数不正确", "A parameter is wrong");
    private static final List<Class<?>> ASKED_WRONGLY = List.of(
            ErrorResponse.class,
            TypeMismatchException.class,
            HttpMessageNotReadableException.class,
            NumberFormatException.class,
            Unmappable.class);
    private final ProblemWriter problems;

    BoardProblems(ProblemWriter problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    void refuse(HttpServletRequest request, HttpServletResponse response, Exception e) throws IOException {
        if (e instanceof AsyncRequestNotUsableException) {
            return; // A board that was closed while it was told something: nobody reads an answer.
        }
        if (ASKED_WRONGLY.stream().anyMatch(kind -> kind.isInstance(e))) {
            problems.refuse(request, response, WRONG);
        } else {
            problems.fail(request, response, e);
        }
    }
}
