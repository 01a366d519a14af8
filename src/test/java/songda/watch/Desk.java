package songda.watch;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An operator's browser as far as requests go: keeps cookies, follows nothing. */
public final class Desk {

    private static final Pattern CSRF_FIELD = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private final CookieManager cookies = new CookieManager();
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final String base;

    public Desk(int port) {
        base = "http://127.0.0.1:" + port;
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send(
                with(HttpRequest.newBuilder(URI.create(base + path)), headers).GET());
    }

    public HttpResponse<String> post(String path, String body, String... headers) {
        return send(
                with(HttpRequest.newBuilder(URI.create(base + path)), headers).POST(BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> login(String user, String password) {
        var field = CSRF_FIELD.matcher(get("/login").body());
        if (!field.find()) {
            throw new AssertionError("no CSRF field in the login page");
        }
        String form = "username=" + encode(user) + "&password=" + encode(password) + "&_csrf=" + encode(field.group(1));
        return post("/login", form, "Content-Type", "application/x-www-form-urlencoded");
    }

    /** As Hawtio does: JSON by POST, the token from the cookie in a header. */
    public HttpResponse<String> jolokia(String request) {
        return post(
                "/hawtio/jolokia/", request, "Content-Type", "application/json", "X-XSRF-TOKEN", cookie("XSRF-TOKEN"));
    }

    public String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(c -> c.getName().equals(name))
                .map(java.net.HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String... headers) {
        return headers.length == 0 ? request : request.headers(headers);
    }

    /** Line by line as it comes; whoever is done with it closes it. */
    public HttpResponse<Stream<String>> stream(String path) {
        return send(HttpRequest.newBuilder(URI.create(base + path)).GET(), BodyHandlers.ofLines());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> as) {
        try {
            return client.send(request.build(), as);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
