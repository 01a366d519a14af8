package songda.watch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Checks a password unless too many wrong ones came before. The name is not logged: people type passwords there. */
final class GuardedLogin implements AuthenticationProvider {

    private static final Logger LOG = LoggerFactory.getLogger("songda.audit.login");
    private final AuthenticationProvider passwords;
    private final Lockout lockout;

    GuardedLogin(AuthenticationProvider passwords, Lockout lockout) {
        this.passwords = passwords;
        this.lockout = lockout;
    }

    @Override
    public Authentication authenticate(Authentication login) throws AuthenticationException {
        String user = login.getName();
        String address = login.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : "?";
        if (lockout.closed(user, address)) {
            LOG.info("登录暂停 / login paused: address={}", address);
            throw new LockedException("too many wrong passwords");
        }
        try {
            Authentication known = passwords.authenticate(login);
            lockout.succeeded(user, address);
            LOG.info("登录 / login: user={} address={}", known.getName(), address);
            return known;
        } catch (BadCredentialsException e) {
            lockout.failed(user, address);
            LOG.info("登录失败 / login refused: address={}", address);
            throw e;
        }
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return passwords.supports(authentication);
    }
}
