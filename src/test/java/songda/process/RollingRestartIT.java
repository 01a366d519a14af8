package songda.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import songda.clock.HubClock;

/** Two nodes on one database and one Kafka are restarted one after the other while orders come in. Four starts of a hub: not for every build. */
@Tag("chaos")
class RollingRestartIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START = Duration.ofMinutes(3);
    private static final int SENDERS = 4;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private volatile boolean enough;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void nobody_loses_an_order_or_hears_more_than_come_back() throws Exception {
        try (DatabaseProcess database = new DatabaseProcess(folder.resolve("database")).start();
                KafkaProcess kafka = new KafkaProcess(folder.resolve("kafka")).start()) {
            Secrets secrets = new Secrets();
            try (HubProcess first = hub("first", database, kafka, secrets);
                    HubProcess second = hub("second", database, kafka, secrets);
                    StandInsProcess partners = StandInsProcess.of(first, folder.resolve("journal"))) {
                first.with(partners.addresses()).start().awaitReady(START);
                second.with(partners.addresses()).start().awaitReady(START);
                Tables tables = new Tables(database::connect);
                List<Thread> senders = senders(List.of(first, second));
                for (HubProcess node : List.of(first, second)) {
                    int before = accepted.size();
                    await().atMost(START).until(() -> accepted.size() > before + 40);
                    assertThat(node.stop()).as("the drain and the stop").isLessThan(Duration.ofSeconds(30));
                    node.start().awaitReady(START);
                }
                int before = accepted.size();
                await().atMost(START).until(() -> accepted.size() > before + 40);
                enough = true;
                for (Thread sender : senders) {
                    sender.join();
                }
                assertThat(heard).allMatch("503"::equals).hasSizeLessThan(accepted.size());
                assertThat(tables.count("select count(*) from orders")).isEqualTo(accepted.size());
                assertThat(tables.count("select count(distinct order_no) from orders"))
                        .isEqualTo(accepted.size());
                await().atMost(START)
                        .until(() -> tables.count(
                                        """
                                        select count(*) from effect where state in ('PENDING', 'RELAYED', 'SENDING', 'RETRY')
                                          and (not_before is null or not_before <= hub_now())""")
                                == 0);
                assertThat(tables.count("select count(*) from effect where state = 'UNKNOWN'"))
                        .as("a stop in order leaves nothing half done")
                        .isZero();
            }
        }
    }

    private HubProcess hub(String name, DatabaseProcess database, KafkaProcess kafka, Secrets secrets) {
        Path data = folder.resolve(name);
        secrets.putInto(data);
        return HubProcess.in(data)
                .with(database.settings())
                .with(Map.of(
                        "SONGDA_KAFKA_BROKERS", kafka.brokers(),
                        "SONGDA_DRAIN", "2s",
                        "SONGDA_RECEIPT85_PATROL", "0 0 0 1 1 ? 2099"));
    }

    /** Each sends order after order, to one node as long as that takes them, then to the other; the same order until it is taken. */
    private List<Thread> senders(List<HubProcess> nodes) {
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            int own = i;
            Thread sender = new Thread(() -> send(nodes, own), "sender-" + i);
            sender.start();
            senders.add(sender);
        }
        return senders;
    }

    private void send(List<HubProcess> nodes, int own) {
        List<SignedClient> clients = nodes.stream().map(SignedClient::new).toList();
        int node = own % nodes.size();
        while (!enough) {
            String orderNo = "RR%06d".formatted(numbers.incrementAndGet());
            while (!taken(clients.get(node), orderNo)) {
                node = (node + 1) % nodes.size();
                LockSupport.parkNanos(50_000_000);
            }
            accepted.add(orderNo);
            LockSupport.parkNanos(200_000_000);
        }
    }

    /** A connection that is refused or broken is what a balancer would have hidden. */
    private boolean taken(SignedClient client, String orderNo) {
        try {
            int status = client.send("gov", "POST", "/api/v1/orders", body(orderNo));
            if (status != 200 && status != 201) {
                heard.add(Integer.toString(status));
            }
            return status == 200 || status == 201;
        } catch (IOException gone) {
            return false;
        } catch (Exception e) {
            heard.add(e.toString());
            return false;
        }
    }

    private static byte[] body(String orderNo) throws IOException {
        ObjectNode order =
                (ObjectNode) JSON.readTree(Path.of("mappings/gov/order-to-fact/examples/a-full-order.in.json")
                        .toFile());
        return order.put("orderNo", orderNo)
                .put("orderedAt", HubClock.local(Instant.now()))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }
}
