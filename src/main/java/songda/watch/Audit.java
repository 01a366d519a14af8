package songda.watch;

import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * One line for every operation that somebody asked for through Hawtio. Open pages look again every few seconds, so
 * what only looks has a logger of its own ({@code songda.audit.look}) that can be made quiet.
 */
final class Audit {

    private static final Logger CHANGES = LoggerFactory.getLogger("songda.audit.change");
    private static final Logger LOOKS = LoggerFactory.getLogger("songda.audit.look");

    void operation(ObjectName bean, String operation, boolean allowed, boolean changes) {
        (changes || !allowed ? CHANGES : LOOKS)
                .info(
                        "操作 / operation: user={} bean={} operation={} allowed={}",
                        user(),
                        oneLine(bean.toString()),
                        oneLine(operation),
                        allowed);
    }

    private static String user() {
        Authentication user = SecurityContextHolder.getContext().getAuthentication();
        return user == null ? "?" : oneLine(user.getName());
    }

    /** Both come from the caller, who must not be able to write lines of his own. */
    private static String oneLine(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() > 300 ? line.substring(0, 300) + "…" : line;
    }
}
