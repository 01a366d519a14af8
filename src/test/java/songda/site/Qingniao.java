package songda.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Qingniao Express (青鸟速递), a carrier that there is nowhere else: its own words, its own numbers, behind a real socket. */
final class Qingniao implements AutoCloseable {

    record Call(String path, String key, JsonNode body) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Map<String, String> numbers = new ConcurrentHashMap<>();
    private final Map<String, ArrayNode> seen = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger(17);
    private final HttpServer http;

    Qingniao() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/", this::answer);
        http.start();
    }

    String address() {
        return "127.0.0.1:" + http.getAddress().getPort();
    }

    /** What came in at this path about this order or consignment. */
    List<Call> calls(String path, String number) {
        return calls.stream()
                .filter(call ->
                        call.path().equals(path) && call.body().toString().contains(number))
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Call call = new Call(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                    JSON.readTree(exchange.getRequestBody().readAllBytes()));
            calls.add(call);
            byte[] said = said(call).toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, said.length);
            exchange.getResponseBody().write(said);
        }
    }

    private ObjectNode said(Call call) {
        ObjectNode said = JSON.createObjectNode();
        switch (call.path()) {
            case "/v2/consignments" ->
                said.put("ok", true)
                        .putObject("consignment")
                        .put("no", number(call.body().path("ref").asText()))
                        .put("sortCode", "571-A-02");
            case "/v2/collections" -> said.put("ok", true).put("collection", "C-" + calls.size());
            case "/v2/cancellations" -> said.put("ok", true).put("state", "WITHDRAWN");
            case "/v2/tracks" ->
                said.put("ok", true)
                        .set(
                                "events",
                                seen.getOrDefault(
                                        call.body().path("consignment").asText(), JSON.createArrayNode()));
            default -> said.put("ok", false).put("why", "E00");
        }
        return said;
    }

    private String number(String ref) {
        return numbers.computeIfAbsent(ref, r -> "QN%010d".formatted(next.getAndIncrement()));
    }

    /** What it pushes: one event of a consignment. */
    static ObjectNode event(String consignment, int seq, String what, Instant when, Map<String, String> more) {
        ObjectNode push = JSON.createObjectNode().put("consignment", consignment);
        ArrayNode events = push.putArray("events");
        ObjectNode event = events.addObject().put("seq", seq).put("what", what).put("when", when.toEpochMilli());
        more.forEach(event::put);
        return push;
    }

    /** It has seen this, pushed or not: whoever asks for the track hears of it. */
    void saw(ObjectNode push) {
        seen.computeIfAbsent(push.path("consignment").asText(), c -> JSON.createArrayNode())
                .addAll((ArrayNode) push.path("events"));
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
