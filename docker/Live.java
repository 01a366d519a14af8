import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The image's health check, for want of a curl: ends with 0 when {@code /livez} of the hub answers 200. */
final class Live {

    public static void main(String[] args) throws Exception {
        String port = System.getenv().getOrDefault("SONGDA_HTTP_PORT", "8080");
        HttpRequest question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/livez"))
                .timeout(Duration.ofSeconds(4))
                .build();
        int status = HttpClient.newHttpClient()
                .send(question, HttpResponse.BodyHandlers.discarding())
                .statusCode();
        System.exit(status == 200 ? 0 : 1);
    }
}
