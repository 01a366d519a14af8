package songda.watch;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Supplier;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Metrics are read without a login from this machine itself, or with the token; they hold no personal data. */
final class MetricsReader implements AuthorizationManager<RequestAuthorizationContext> {

    private final byte[] token;

    MetricsReader(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public AuthorizationResult authorize(Supplier<? extends Authentication> user, RequestAuthorizationContext context) {
        HttpServletRequest request = context.getRequest();
        return new AuthorizationDecision(fromHere(request) || hasToken(request) || loggedIn(user.get()));
    }

    private static boolean loggedIn(Authentication user) {
        return user.isAuthenticated() && !(user instanceof AnonymousAuthenticationToken);
    }

    /** A proxy on this machine speaks for somebody elsewhere, and says so. */
    private static boolean fromHere(HttpServletRequest request) {
        return request.getHeader("X-Forwarded-For") == null
                && request.getHeader("Forwarded") == null
                && loopback(request.getRemoteAddr());
    }

    private static boolean loopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private boolean hasToken(HttpServletRequest request) {
        String sent = request.getHeader("Authorization");
        return token.length > 0
                && sent != null
                && sent.startsWith("Bearer ")
                && MessageDigest.isEqual(token, sent.substring(7).getBytes(StandardCharsets.UTF_8));
    }
}
