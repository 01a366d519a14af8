package songda.watch;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** What somebody who has logged in may do through Hawtio; each may what those before it may. */
public enum Role {
    /** Looks at routes, counters and sources. */
    VIEWER,
    /** Also stops and starts routes, and sets counters back. */
    OPERATOR,
    /** Also has the JVM's garbage collected. */
    ADMIN;

    private static final String PREFIX = "ROLE_";

    /** Whoever has this beside the role may see people in clear. */
    public static final String REVEAL = "RIGHT_REVEAL";

    /** Of whose request this thread works on. */
    static Role now() {
        return of(SecurityContextHolder.getContext().getAuthentication());
    }

    /** Nobody in particular looks only. */
    public static Role of(Authentication user) {
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

    public boolean may(Role least) {
        return compareTo(least) >= 0;
    }
}
