package songda.watch;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** What somebody who has logged in may do through Hawtio; each may what those before it may. */
enum Role {
    /** Looks at routes, counters and sources. */
    VIEWER,
    /** Also stops and starts routes, and sets counters back. */
    OPERATOR,
    /** Also has the JVM's garbage collected. */
    ADMIN;

    private static final String PREFIX = "ROLE_";

    /** Of whose request this thread works on; nobody in particular looks only. */
    static Role now() {
        Authentication user = SecurityContextHolder.getContext().getAuthentication();
        Role most = VIEWER;
        if (user != null) {
            for (Role role : values()) {
                if (user.getAuthorities().stream().anyMatch(one -> (PREFIX + role.name()).equals(one.getAuthority()))) {
                    most = role;
                }
            }
        }
        return most;
    }

    boolean may(Role least) {
        return compareTo(least) >= 0;
    }
}
