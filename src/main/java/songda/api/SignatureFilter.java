package songda.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import songda.failure.Problem;
import songda.failure.Refused;
import songda.signature.Caller;
import songda.signature.NonceStore;
import songda.signature.SignatureVerifier;
import songda.signature.SignedRequest;
import songda.signature.Verdict;

/**
 * Nothing under /api is answered but to a partner. The nonce of a GET is consumed here; that of a POST in the transaction that
 * records what it says, so that a failed one may be sent again as it was.
 */
final class SignatureFilter extends HttpFilter {

    private static final String WANTED =
            "sig1=(\"@method\" \"@path\" \"@query\" \"content-digest\")" + ";created;nonce;keyid;alg=\"hmac-sha256\"";
    private final transient SignatureVerifier verifier;
    private final transient NonceStore nonces;
    private final transient ProblemWriter problems;

    SignatureFilter(SignatureVerifier verifier, NonceStore nonces, ProblemWriter problems) {
        this.verifier = verifier;
        this.nonces = nonces;
        this.problems = problems;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getAttribute(Attribute.CALLER) != null) {
            chain.doFilter(request, response); // by its envelope, see PushFilter
            return;
        }
        Verdict verdict = verifier.verify(signed(request));
        if (verdict instanceof Verdict.Denied denied) {
            deny(request, response, denied.problem(), denied.keyId(), denied.reason());
            return;
        }
        Caller caller = ((Verdict.Accepted) verdict).caller();
        if (request.getMethod().equals("GET")) {
            try {
                nonces.consume(caller);
            } catch (Refused replayed) {
                deny(request, response, replayed.problem(), caller.keyId(), "replayed");
                return;
            }
        }
        request.setAttribute(Attribute.CALLER, caller);
        chain.doFilter(request, response);
    }

    private void deny(
            HttpServletRequest request, HttpServletResponse response, Problem problem, String keyId, String reason)
            throws IOException {
        if (problem.status() == 401) {
            response.setHeader("WWW-Authenticate", "Signature realm=\"songda\"");
            response.setHeader("Accept-Signature", WANTED);
        }
        problems.refuse(request, response, problem, keyId, reason);
    }

    private static SignedRequest signed(HttpServletRequest request) {
        String host = request.getHeader("Host");
        return new SignedRequest(
                request.getMethod(),
                request.getScheme(),
                host == null ? "" : host,
                request.getRequestURI(),
                request.getQueryString(),
                name -> Collections.list(request.getHeaders(name)),
                Attribute.body(request));
    }
}
