package songda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** All partners behind real sockets. They say yes, unless a test has written a script for one number at one address. */
public final class TestPartners {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Answer VANISHED = HttpExchange::close;
    private static final Answer LOST = HttpExchange::close;

    /**
     * @param path with the partner in front: {@code /gov/status}; of the SMS provider with its action: {@code /sms/SendSms}; of the post with the code of the call: {@code /postal/020003}; of the 85 system with the operation: {@code /receipt85/queryReceipt}; of a ticket what is
     *     done: {@code /ticket/create}
     * @param about the external reference of a ticket whose number stands in the path, or nothing
     */
    public record Call(
            String path, String query, String idempotencyKey, String traceparent, String body, String about) {

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** A parameter of the query, or nothing. */
        String parameter(String name) {
            for (String pair : query.split("&")) {
                if (pair.startsWith(name + "=")) {
                    return pair.substring(name.length() + 1);
                }
            }
            return "";
        }

        boolean names(String number) {
            return body.contains(number) || about.contains(number) || (query != null && query.contains(number));
        }
    }

    /** How a partner answers one call. */
    public interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private record Script(String path, String number, Deque<Answer> answers) {}

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final List<Script> scripts = new CopyOnWriteArrayList<>();
    private final Map<String, String> waybills = new ConcurrentHashMap<>();
    private final AtomicLong nextWaybill = new AtomicLong(1_100_000_000_000L);
    private final AtomicLong nextCase = new AtomicLong(1);
    private final Map<String, Integer> relays = new ConcurrentHashMap<>();
    private final TestTickets tickets = new TestTickets();
    private final HttpServer http;
    private final TestPrinter printer;
    /** Where gov and the 85 system drop their files. */
    public final TestFolders folders = new TestFolders(List.of("gov", "receipt85"));

    final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    TestPartners() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.setExecutor(Executors.newCachedThreadPool(r -> daemon(r, "test-partner")));
            http.createContext("/", this::answer);
            http.start();
            printer = new TestPrinter();
            mail.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Thread daemon(Runnable run, String name) {
        Thread thread = new Thread(run, name);
        thread.setDaemon(true);
        return thread;
    }

    /** The SMS provider's is an endpoint without a path. */
    String address(String system) {
        return "127.0.0.1:" + http.getAddress().getPort() + (system.equals("sms") ? "" : "/" + system);
    }

    int printerPort() {
        return printer.port();
    }

    int mailPort() {
        return mail.getSmtp().getPort();
    }

    /** The next calls at this path whose body names the number are answered so, one after the other; then it is yes again. */
    public void script(String path, String number, Answer... answers) {
        scripts.add(new Script(path, number, new ArrayDeque<>(List.of(answers))));
    }

    /** Somebody who is no hub changes a ticket, e.g. {@code ZW1-anomaly}, {@code Status}, {@code resolved}, {@code hz-gm}. */
    public void person(String reference, String field, String value, String who) {
        tickets.change(reference, field, value, who);
    }

    /** What came in at this path about this number. */
    public List<Call> calls(String path, String number) {
        return calls.stream()
                .filter(c -> c.path().equals(path) && c.names(number))
                .toList();
    }

    /** What was printed with a barcode of this number. */
    public List<TestPrinter.Printed> printed(String number) {
        return printer.printed().stream()
                .filter(p -> p.numbers().contains(number))
                .toList();
    }

    /** Address and subject of the letters about this number. */
    public List<String> letters(String number) {
        return List.of(mail.getReceivedMessages()).stream()
                .map(m -> {
                    try {
                        return m.getAllRecipients()[0] + " " + m.getSubject();
                    } catch (jakarta.mail.MessagingException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .filter(l -> l.contains(number))
                .toList();
    }

    public static Answer say(int status, String body) {
        return say(status, "application/json", body);
    }

    public static Answer say(int status, String type, String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    /** With one header field more. */
    public static Answer say(int status, String header, String value, String body) {
        return exchange -> {
            exchange.getResponseHeaders().set(header, value);
            say(status, body).to(exchange);
        };
    }

    /** The message was taken, the answer never arrives. */
    public static Answer lost() {
        return LOST;
    }

    /** The message never arrived, and nothing says so. */
    public static Answer vanished() {
        return VANISHED;
    }

    /** Says nothing before the latch is open, then goes on as {@code then}. */
    public static Answer held(CountDownLatch latch, Answer then) {
        return exchange -> {
            try {
                latch.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            then.to(exchange);
        };
    }

    /** From now on what is for this partner goes to a server of somebody else's on this port, byte for byte; 0 ends it. */
    public void relay(String system, int to) {
        relays.put(system, to);
    }

    private static void relay(HttpExchange exchange, int to, String path) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to + path))
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        exchange.getRequestBody().readAllBytes()));
        for (String name : List.of("Content-Type", "SOAPAction", "Accept")) {
            Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).ifPresent(v -> request.header(name, v));
        }
        try (exchange) {
            HttpResponse<byte[]> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            answer.headers().firstValue("Content-Type").ifPresent(type -> exchange.getResponseHeaders()
                    .set("Content-Type", type));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String system = path.replaceFirst("^/([^/]*).*", "$1");
        if (relays.getOrDefault(system, 0) > 0) {
            relay(exchange, relays.get(system), path.substring(system.length() + 1));
            return;
        }
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (path.equals(Receipts85.PATH)) {
            path = "/receipt85/" + Receipts85.operation(body);
        }
        if (path.equals("/postal/f/amp/api/open")) {
            path = "/postal/" + EmsForm.field(body, "apiCode");
            body = EmsForm.content(body);
        }
        String action = exchange.getRequestHeaders().getFirst("x-acs-action");
        if (action != null) {
            path = "/sms/" + action;
            body = parameters(exchange.getRequestURI().getRawQuery()).toString();
        }
        String query = exchange.getRequestURI().getQuery();
        boolean ticket = path.startsWith("/ticket/");
        Call call = new Call(
                ticket ? TestTickets.path(path, query) : path,
                query,
                exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                exchange.getRequestHeaders().getFirst("traceparent"),
                body,
                ticket ? tickets.reference(path) : "");
        Answer answer = scripted(call);
        if (answer == VANISHED) {
            exchange.close();
            return;
        }
        calls.add(call);
        String taken =
                ticket && (answer == null || answer == LOST) ? tickets.answer(call.path(), path, query, body) : null;
        if (answer != null) {
            answer.to(exchange);
        } else {
            (ticket ? say(call.path().equals("/ticket/create") ? 201 : 200, taken) : usual(call)).to(exchange);
        }
    }

    private Answer usual(Call call) {
        return call.path().startsWith("/receipt85/") ? Receipts85.yes(call.body()) : say(200, yes(call));
    }

    private Answer scripted(Call call) {
        for (Script script : scripts) {
            if (script.path().equals(call.path()) && call.names(script.number())) {
                synchronized (script) {
                    Answer next = script.answers().poll();
                    if (next != null) {
                        return next;
                    }
                }
            }
        }
        return null;
    }

    private String yes(Call call) {
        if (call.body().isEmpty() && call.query() != null) {
            return found(call);
        }
        return switch (call.path()) {
            case "/gov/status" -> "{\"code\":\"00000\"}";
            case "/postal/020003" ->
                ems("{\"waybillNo\":\""
                        + waybill(
                                call.json().path("logisticsOrderNo").asText(),
                                call.json().path("sender").toString())
                        + "\",\"routeCode\":\"310-H1\",\"packageCodeName\":\"杭州\",\"markDestinationName\":\"余杭\"}");
            case "/postal/oms" -> oms(EmsForm.field(call.body(), "logistics_interface"));
            case "/postal/020009" ->
                taken(
                                "/postal/020003",
                                "logisticsOrderNo",
                                call.json().path("logisticsOrderNo").asText())
                        .findFirst()
                        .map(this::yes)
                        .orElse("{\"retCode\":\"B0404\",\"retMsg\":\"查无此单\",\"success\":false}");
            case "/postal/020010" -> ems("{\"pickupNo\":\"P" + nextCase.getAndIncrement() + "\"}");
            case "/sms/SendSms" -> "{\"Code\":\"OK\",\"Message\":\"OK\",\"RequestId\":\"R\",\"BizId\":\"b\"}";
            case "/sms/QuerySendDetails" -> sent(call.json());
            case "/postal/020006" -> ems("{}");
            case "/postal/040001" -> ems("无查询信息");
            case "/postal/010004" ->
                ems("https://label.example.org/" + call.json().path("waybillNo").asText());
            case "/postal/050005" -> ems("{\"totalFee\":12}");
            case "/postal/050001" -> ems("{\"postageTotal\":\"12.5\",\"realWeight\":\"180\"}");
            case "/inquiry/chases", "/inquiry/chases/remind", "/inquiry/chases/close" ->
                "{\"chaseNo\":\"C" + call.json().path("waybillNo").asText()
                        + call.json().path("reason").asText() + "\"}";
            default -> throw new IllegalStateException("no partner at " + call.path());
        };
    }

    /** The order system of 2019 gives the same order the same number, too. */
    private String oms(String order) {
        JsonNode placed =
                new Call("/postal/oms", null, null, null, order, "").json().path("OrderNormal");
        return JSON.createObjectNode()
                .put("success", "true")
                .put(
                        "waybill_no",
                        waybill(
                                placed.path("logistics_order_no").asText(),
                                placed.path("sender").toString()))
                .toString();
    }

    /** What the platform gives stands as text in its answer, mostly JSON. */
    public static String ems(String given) {
        return JSON.createObjectNode()
                .put("retCode", "00000")
                .put("retMsg", "成功")
                .put("retBody", given)
                .put("success", true)
                .toString();
    }

    /** What a partner says when it is asked whether it has something. */
    private String found(Call question) {
        return switch (question.path()) {
            case "/inquiry/chases" ->
                "{\"chases\":[{\"chaseNo\":\"C" + question.parameter("waybillNo") + question.parameter("reason")
                        + "\",\"refs\":"
                        + references("/inquiry/chases", "waybillNo", question.parameter("waybillNo")) + "}]}";
            default -> throw new IllegalStateException("no partner at " + question.path());
        };
    }

    private static ObjectNode parameters(String query) {
        ObjectNode all = JSON.createObjectNode();
        for (String pair : query.split("&")) {
            String[] both = pair.split("=", 2);
            all.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
        }
        return all;
    }

    /** One page of what went to this phone. */
    private String sent(JsonNode question) {
        int size = question.path("PageSize").asInt();
        List<Call> all = taken(
                        "/sms/SendSms",
                        "PhoneNumbers",
                        question.path("PhoneNumber").asText())
                .toList();
        ObjectNode answer = JSON.createObjectNode().put("Code", "OK").put("TotalCount", String.valueOf(all.size()));
        ArrayNode page = answer.putObject("SmsSendDetailDTOs").putArray("SmsSendDetailDTO");
        all.stream()
                .skip((question.path("CurrentPage").asLong() - 1) * size)
                .limit(size)
                .forEach(c -> page.addObject()
                        .put("OutId", c.json().path("OutId").asText())
                        .put("SendStatus", 1));
        return answer.toString();
    }

    private List<String> references(String path, String key, String value) {
        return taken(path, key, value)
                .map(c -> '"' + c.json().path("ref").asText() + '"')
                .toList();
    }

    private Stream<Call> taken(String path, String key, String value) {
        return calls.stream()
                .filter(c -> c.path().startsWith(path) && !c.body().isEmpty())
                .filter(c -> c.json().path(key).asText().equals(value));
    }

    private String waybill(String orderNo, String sender) {
        return waybills.computeIfAbsent(orderNo + sender, k -> String.valueOf(nextWaybill.getAndIncrement()));
    }

    /** Whoever connects is refused until {@link #switchOnPrinter()}. */
    public void switchOffPrinter() throws IOException {
        printer.switchOff();
    }

    public void switchOnPrinter() throws IOException {
        printer.switchOn();
    }
}
