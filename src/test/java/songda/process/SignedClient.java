package songda.process;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** Sends any bytes to a hub, signed as one of its partners (RFC 9421), and keeps everything that it answers. */
final class SignedClient {

    private final HttpClient http = HttpClient.newHttpClient();
    private final HubProcess hub;
    private final Signing signing;
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();

    SignedClient(HubProcess hub) {
        this.hub = hub;
        this.signing = new Signing(hub.keys());
    }

    /** The status line's number; headers and body go to {@link #answers()}. */
    int send(String system, String method, String target, byte[] body) throws Exception {
        HttpRequest request =
                signing.sign(hub.url().resolve(target), system, method, body).build();
        return keep(http.send(request, BodyHandlers.ofByteArray()));
    }

    /** Unsigned, e.g. of the admin port. */
    int get(URI at) throws Exception {
        return keep(http.send(HttpRequest.newBuilder(at).build(), BodyHandlers.ofByteArray()));
    }

    private int keep(HttpResponse<byte[]> answer) {
        answers.writeBytes(
                (answer.statusCode() + " " + answer.headers().map() + "\n").getBytes(StandardCharsets.UTF_8));
        answers.writeBytes(answer.body());
        return answer.statusCode();
    }

    byte[] answers() {
        return answers.toByteArray();
    }
}
