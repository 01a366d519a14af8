package songda.board;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.springframework.security.core.Authentication;
import songda.watch.Role;

/**
 * Who sits at the board.
 *
 * @param acts may change things; whoever may not looks only
 * @param reveals may see people in clear
 */
record Desk(String name, boolean acts, boolean reveals) {

    static Desk of(Authentication user) {
        boolean reveals = user.getAuthorities().stream().anyMatch(right -> Role.REVEAL.equals(right.getAuthority()));
        return new Desk(user.getName(), Role.of(user).may(Role.OPERATOR), reveals);
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("acts", acts)
                .put("reveals", reveals);
    }
}
