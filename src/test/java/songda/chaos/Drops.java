package songda.chaos;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import songda.process.StandInsProcess;

/** F38: ZIPs of orders in GBK on the SFTP server, well made and not; what the replies say of each order goes into the driver's journal. */
final class Drops {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration REPLIED = Duration.ofMinutes(3);
    /** Numbers of their own: the driver counts from one. */
    private static final AtomicInteger NUMBER = new AtomicInteger(50_000_000);

    private static final AtomicInteger ROUND = new AtomicInteger();
    private final Stage stage;
    private final StandInsProcess partners;
    private final String round = "chaos-%d-".formatted(ROUND.incrementAndGet());
    private final Set<String> named = new TreeSet<>();
    private final List<MadeOrder> good;

    private Drops(Stage stage) {
        this.stage = stage;
        partners = stage.world().partners();
        good = orders(6);
    }

    static Drops into(Stage stage) throws IOException, InterruptedException {
        Drops drops = new Drops(stage);
        for (MadeOrder order : drops.good) {
            stage.sender().journal().sent("order", order.no());
        }
        drops.drop("late", drops.good.subList(0, 2), "half", true);
        drops.drop("good", drops.good, "bad", "");
        drops.drop("again", drops.good, "bad", "");
        // What nobody may take: their numbers were never sent, as far as the checker knows.
        for (String bad : List.of("cut-off", "truncated", "empty", "charset")) {
            drops.drop(bad, drops.orders(2), "bad", bad);
        }
        return drops;
    }

    private void drop(String name, List<MadeOrder> orders, String how, Object value)
            throws IOException, InterruptedException {
        ObjectNode wanted = JSON.createObjectNode().put("name", round + name + ".zip");
        wanted.set(how, JSON.valueToTree(value));
        ArrayNode bodies = wanted.putArray("orders");
        for (MadeOrder order : orders) {
            bodies.add(JSON.readTree(order.body()));
        }
        partners.control("/control/gov/drop", wanted.toString());
        if (!how.equals("half")) {
            named.add(round + name);
        }
    }

    /** The half one is whole now, the one that was read comes again with the same bytes and then with others; each has its answer. */
    void awaitReplies() throws Exception {
        drop("late", good.subList(0, 2), "bad", "");
        awaitAnswers();
        drop("good", orders(2), "bad", "");
        await().atMost(REPLIED).until(() -> texts(round + "good").size() > 1);
        String all = texts(round).stream().collect(Collectors.joining("\n"));
        for (MadeOrder order : good) {
            if (!all.contains(order.no())) {
                throw new AssertionError("no reply names " + order.no());
            }
            stage.sender().journal().heard("order", order.no(), 200, "by file");
        }
    }

    private void awaitAnswers() {
        await().atMost(REPLIED).until(this::unanswered, List::isEmpty);
    }

    private List<String> unanswered() throws IOException {
        List<String> left = new ArrayList<>();
        for (String name : named) {
            if (texts(name).isEmpty()) {
                left.add(name);
            }
        }
        return left;
    }

    /** The replies to files whose names begin so; a name that was taken has a time in front. */
    private List<String> texts(String name) throws IOException {
        return partners.journal("gov", "reply").stream()
                .filter(line -> line.path("key").asText().contains(name))
                .map(line -> line.path("body").path("text").asText())
                .toList();
    }

    /** Both ends in Hangzhou: the form of the files knows no other city's districts by their codes. */
    private List<MadeOrder> orders(int count) {
        List<MadeOrder> orders = new ArrayList<>();
        while (orders.size() < count) {
            MadeOrder order = MadeOrder.of(NUMBER.incrementAndGet(), Driver.time(now()));
            if (inHangzhou(order)) {
                orders.add(order);
            }
        }
        return orders;
    }

    private java.time.Instant now() {
        return stage.clock().now();
    }

    private static boolean inHangzhou(MadeOrder order) {
        try {
            JsonNode body = JSON.readTree(order.body());
            return body.path("office").path("county").asText().startsWith("3301")
                    && body.path("recipient").path("county").asText().startsWith("3301");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
