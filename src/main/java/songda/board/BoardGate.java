package songda.board;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import songda.audit.Audit;
import songda.failure.Problem;
import songda.failure.Refused;

/** Who may: all that changes something lies below {@code act/}, all that shows a person below {@code reveal/}. A no is written down. */
@Component
final class BoardGate implements HandlerInterceptor {

    static final String ACT = "/board/api/act/";
    static final String REVEAL = "/board/api/reveal/";
    private static final int MOST = 100;
    private final Audit audit;

    BoardGate(Audit audit) {
        this.audit = audit;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Authentication user = SecurityContextHolder.getContext().getAuthentication();
        String path = request.getServletPath();
        if (path.startsWith(ACT) && !Desk.of(user).acts()) {
            throw denied(
                    user,
                    path,
                    "没有操作的权限",
                    "Your role looks only",
                    "角色须为 operator 或 admin / the role must be operator or admin");
        }
        if (path.startsWith(REVEAL) && !Desk.of(user).reveals()) {
            throw denied(
                    user,
                    path,
                    "没有查看个人信息的权限",
                    "You may not see people in clear",
                    "用户文件该行末尾须有 ,reveal / the line in the file of users must end with ,reveal");
        }
        return true;
    }

    private Refused denied(Authentication user, String path, String zh, String en, String remedy) {
        String asked = path.substring("/board/api/".length());
        audit.write(
                user.getName(),
                "board.denied",
                null,
                "denied",
                JsonNodeFactory.instance.objectNode().put("asked", asked.substring(0, Math.min(MOST, asked.length()))));
        return new Refused(Problem.of(403, "right-missing", zh, en, new Problem.Field("role", remedy)));
    }
}
