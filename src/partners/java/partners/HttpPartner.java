package partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;

/** A partner that speaks over HTTP, JSON unless it says otherwise. */
abstract class HttpPartner implements Partner {
    private static final byte[] GARBAGE = "<<< 系统繁忙".getBytes(StandardCharsets.UTF_8);
    private static final byte[] LOGIN =
            "<!DOCTYPE html><html><head><title>登录 / Login</title></head><body><form method=post></form></body></html>"
                    .getBytes(StandardCharsets.UTF_8);

    private final Options.Place place;
    private final Journal journal;
    private final ExecutorService pool;
    private final Behaviour behaviour = new Behaviour();
    private int port;
    private volatile HttpServer server;

    HttpPartner(Options.Place place, int port, Journal journal, ExecutorService pool) {
        this.place = place;
        this.port = port;
        this.journal = journal;
        this.pool = pool;
    }

    /** What the partner does with a request; throws {@link IllegalArgumentException} for one that it cannot read. */
    abstract Reply handle(Request request) throws IOException;

    @Override
    public synchronized void start() throws IOException {
        if (server != null) return;
        HttpServer fresh = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        port = fresh.getAddress().getPort();
        fresh.setExecutor(pool);
        fresh.createContext("/", this::serve);
        fresh.start();
        server = fresh;
    }

    @Override
    public synchronized void stop() {
        if (server != null) server.stop(0);
        server = null;
    }

    /** What a request asks for: its path, where all do not come by the same one. */
    String called(String path, byte[] raw) {
        return path;
    }

    /** The same where the header says it. */
    String called(HttpExchange exchange, byte[] raw) {
        return called(exchange.getRequestURI().getPath(), raw);
    }

    /** What a request says where that stands outside of its body, too. */
    JsonNode read(HttpExchange exchange, byte[] raw) throws IOException {
        return read(raw);
    }

    /** What a request says; the journal keeps that. */
    JsonNode read(byte[] raw) throws IOException {
        return raw.length == 0 ? Json.object() : Json.read(raw);
    }

    /** An answer as it goes over the network. */
    Object written(Object answer) {
        return answer;
    }

    /** An answer as bytes. */
    Sent bytes(Reply reply) {
        return json(reply);
    }

    private Sent json(Reply reply) {
        return new Sent(reply.status, "application/json; charset=utf-8", Json.bytes(written(reply.body)));
    }

    /** What only this partner can say on request; null for an answer as always. */
    Reply says(String what, JsonNode body) {
        throw new IllegalArgumentException(place + " cannot say " + what);
    }

    /** An answer that was spoiled on the way. */
    Sent spoiled(String what, Sent sent) {
        return sent;
    }

    /** Called when the answer is on its way. */
    void sent(Reply reply) {}

    private void serve(HttpExchange exchange) throws IOException {
        Reply reply = null;
        try (exchange) {
            byte[] raw = exchange.getRequestBody().readAllBytes();
            Behaviour.Turn turn = behaviour.next(called(exchange, raw));
            if (turn.mode() == Behaviour.Mode.DOWN) return;
            turn.waitIfSlow();
            boolean says = turn.mode() == Behaviour.Mode.SAYS;
            reply = switch (turn.mode()) {
                case HTTP500 -> broken(exchange, turn);
                case LOGIN_PAGE -> new Reply(200, exchange.getRequestURI().getPath(), "", null);
                default -> answer(exchange, raw, says ? turn.what() : null);
            };
            String end =
                    switch (turn.mode()) {
                        case HTTP500 -> "http500";
                        case DROP_ANSWER -> "dropped";
                        case GARBAGE -> "garbage";
                        case SAYS -> turn.what();
                        case LOGIN_PAGE -> "login-page";
                        default -> null;
                    };
            if (journal != null) journal.in(reply.op, reply.key, reply.status, end, body(exchange, raw), reply.body);
            if (turn.mode() == Behaviour.Mode.DROP_ANSWER) return;
            Sent sent = turn.mode() == Behaviour.Mode.HTTP500 ? json(reply) : bytes(reply);
            if (turn.mode() == Behaviour.Mode.GARBAGE) sent = new Sent(sent.status, sent.type, GARBAGE);
            if (turn.mode() == Behaviour.Mode.LOGIN_PAGE) sent = new Sent(200, "text/html; charset=utf-8", LOGIN);
            send(exchange, says ? spoiled(turn.what(), sent) : sent);
        } catch (RuntimeException e) {
            System.err.println(place + ": " + e);
        }
        if (reply != null) sent(reply);
    }

    private static Reply broken(HttpExchange exchange, Behaviour.Turn turn) {
        if (turn.retryAfter() != null) exchange.getResponseHeaders().set("Retry-After", turn.retryAfter());
        return new Reply(
                turn.status(),
                exchange.getRequestURI().getPath(),
                "",
                Json.object().put("code", Integer.toString(turn.status())));
    }

    private Reply answer(HttpExchange exchange, byte[] raw, String what) {
        String path = called(exchange, raw);
        try {
            JsonNode body = read(exchange, raw);
            Reply said = what == null ? null : says(what, body);
            return said != null ? said : handle(new Request(exchange, path, body, raw));
        } catch (IOException | RuntimeException e) {
            return new Reply(
                    400, path, "", Json.object().put("code", "400").put("message", String.valueOf(e.getMessage())));
        }
    }

    private Object body(HttpExchange exchange, byte[] raw) {
        try {
            return read(exchange, raw).isEmpty() ? null : read(exchange, raw);
        } catch (IOException | RuntimeException e) {
            return new String(raw, StandardCharsets.UTF_8);
        }
    }

    private static void send(HttpExchange exchange, Sent sent) throws IOException {
        boolean none = sent.body.length == 0 || sent.status == 204;
        exchange.getResponseHeaders().set("Content-Type", sent.type);
        exchange.sendResponseHeaders(sent.status, none ? -1 : sent.body.length);
        if (!none) exchange.getResponseBody().write(sent.body);
    }

    @Override
    public Options.Place place() {
        return place;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public boolean running() {
        return server != null;
    }

    @Override
    public Behaviour behaviour() {
        return behaviour;
    }

    @Override
    public Journal journal() {
        return journal;
    }

    record Request(HttpExchange exchange, String path, JsonNode body, byte[] raw) {
        String method() {
            return exchange.getRequestMethod();
        }

        String header(String name) {
            return exchange.getRequestHeaders().getFirst(name);
        }

        /** A decoded query parameter or null; a plus sign stands for itself (times carry offsets). */
        String query(String name) {
            String query = exchange.getRequestURI().getRawQuery();
            for (String pair : query == null ? new String[0] : query.split("&"))
                if (pair.startsWith(name + "="))
                    return URLDecoder.decode(
                            pair.substring(name.length() + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
            return null;
        }

        String text(String field) {
            JsonNode value = body.path(field);
            if (!value.isValueNode() || value.asText().isBlank())
                throw new IllegalArgumentException("field missing: " + field);
            return value.asText();
        }
    }

    record Sent(int status, String type, byte[] body) {}

    record Reply(int status, String op, String key, Object body) {
        static Reply ok(String op, String key, Object body) {
            return new Reply(200, op, key, body);
        }

        static Reply unknown(String path) {
            return new Reply(404, path, "", Json.object().put("code", "404"));
        }
    }
}
