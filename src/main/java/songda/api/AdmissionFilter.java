package songda.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import songda.failure.Refused;

/** Lets in only what a partner may send at all, before anything is computed for it, and reads the body once. */
final class AdmissionFilter extends HttpFilter {

    // No operation needs an encoded character, so none is let in: two readers of one path cannot differ.
    private static final Pattern PATH = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)+");
    private static final Set<String> METHODS = Set.of("GET", "POST");
    private static final List<String> OVERRIDES =
            List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override");
    private static final Set<String> ONCE =
            Set.of("Host", "Content-Type", "Content-Length", "Content-Encoding", "Idempotency-Key");
    private static final Set<String> XML = Set.of("application/xml", "text/xml");
    private final transient ApiSettings settings;
    private final transient ProblemWriter problems;

    AdmissionFilter(ApiSettings settings, ProblemWriter problems) {
        this.settings = settings;
        this.problems = problems;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest admitted;
        try {
            checkLine(request);
            checkHeaders(request);
            admitted = new BodyRequest(request, body(request));
        } catch (Refused refused) {
            int status = refused.problem().status();
            if (status == 405) {
                response.setHeader("Allow", "GET, POST");
            }
            if (request.getContentLengthLong() != 0) {
                // What was not read must not be taken for the next request.
                response.setHeader("Connection", "close");
            }
            problems.refuse(request, response, refused.problem());
            return;
        }
        chain.doFilter(admitted, response);
    }

    private static void checkLine(HttpServletRequest request) {
        if (!METHODS.contains(request.getMethod())
                || OVERRIDES.stream().anyMatch(name -> request.getHeader(name) != null)) {
            throw new Refused(Problems.WRONG_METHOD);
        }
        if (!PATH.matcher(request.getRequestURI()).matches()) {
            throw new Refused(Problems.BAD_PATH);
        }
    }

    private void checkHeaders(HttpServletRequest request) {
        for (String name : ONCE) {
            if (Collections.list(request.getHeaders(name)).size() > 1) {
                throw new Refused(Problems.badHeader(name, "must be sent once"));
            }
        }
        String coding = request.getHeader("Content-Encoding");
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            throw new Refused(Problems.mediaType("Content-Encoding", "must be identity or absent"));
        }
        // Tomcat heeds chunks beside a length as RFC 9112 wants: it drops the length and closes the connection.
        boolean chunked = request.getHeader("Transfer-Encoding") != null;
        long length = request.getContentLengthLong();
        if (length > settings.maxBody().toBytes()) {
            throw new Refused(Problems.TOO_LARGE);
        }
        if (request.getMethod().equals("GET")) {
            if (chunked || length > 0) {
                throw new Refused(Problems.BODY_NOT_WANTED);
            }
            return;
        }
        if (!chunked && length < 0) {
            throw new Refused(Problems.NO_LENGTH);
        }
        checkType(request.getContentType());
    }

    private static void checkType(String contentType) {
        MediaType type;
        try {
            type = MediaType.parseMediaType(contentType == null ? "" : contentType);
        } catch (InvalidMediaTypeException e) {
            throw new Refused(Problems.mediaType("Content-Type", "must be application/json"));
        }
        String name = (type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT);
        String charset = type.getParameter("charset");
        boolean json = name.equals("application/json") && (charset == null || charset.equalsIgnoreCase("utf-8"));
        if (!json && !XML.contains(name)) {
            throw new Refused(Problems.mediaType("Content-Type", "must be application/json in UTF-8"));
        }
    }

    private byte[] body(HttpServletRequest request) throws IOException {
        if (request.getMethod().equals("GET")) {
            return new byte[0];
        }
        byte[] body;
        try {
            body = read(request);
        } catch (SocketTimeoutException e) {
            throw new Refused(Problems.TOO_SLOW);
        } catch (IOException e) {
            throw new Refused(Problems.BROKEN_BODY);
        }
        if (isBlank(body)) {
            throw new Refused(Problems.EMPTY_BODY);
        }
        return body;
    }

    // A read may wait as long as the connector allows; many small ones together may not.
    private byte[] read(HttpServletRequest request) throws IOException {
        long start = System.nanoTime();
        long most = settings.maxBody().toBytes();
        long announced = Math.max(0, request.getContentLengthLong());
        ByteArrayOutputStream body = new ByteArrayOutputStream((int) Math.min(announced + 1, 16_384));
        byte[] part = new byte[8192];
        ServletInputStream in = request.getInputStream();
        for (int n = in.read(part); n >= 0; n = in.read(part)) {
            body.write(part, 0, n);
            if (body.size() > most) {
                throw new Refused(Problems.TOO_LARGE);
            }
            if (System.nanoTime() - start > settings.bodyTime().toNanos()) {
                throw new Refused(Problems.TOO_SLOW);
            }
        }
        if (body.size() < announced) {
            throw new Refused(Problems.BROKEN_BODY);
        }
        return body.toByteArray();
    }

    private static boolean isBlank(byte[] body) {
        for (byte b : body) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return false;
            }
        }
        return true;
    }
}
