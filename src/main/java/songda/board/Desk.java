package songda.board;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * Who sits at the board.
 *
 * @param acts may change things; whoever may not looks only
 * @param reveals may see people in clear
 */
record Desk(String name, boolean acts, boolean reveals) {

    static Desk of(Authentication user) {
        Set<String> rights = user.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        boolean acts = rights.contains("ROLE_OPERATOR") || rights.contains("ROLE_ADMIN");
        return new Desk(user.getName(), acts, rights.contains("RIGHT_REVEAL"));
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("acts", acts)
                .put("reveals", reveals);
    }
}
