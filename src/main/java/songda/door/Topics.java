package songda.door;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Makes each door's topic before it listens, and keeps trying while Kafka is away: the hub takes orders meanwhile. */
@Component
final class Topics implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
    private static final int PARTITIONS = 4;

    interface Listener {
        void listen() throws Exception;
    }

    private final String brokers;
    private final Map<String, Listener> waiting = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clerk =
            Executors.newSingleThreadScheduledExecutor(r -> new Thread(r, "door-topics"));
    private boolean told;

    Topics(@Value("${songda.kafka.brokers}") String brokers) {
        this.brokers = brokers;
        clerk.scheduleWithFixedDelay(this::openWaiting, 500, 500, TimeUnit.MILLISECONDS);
    }

    void open(String door, Listener listener) {
        waiting.put(door, listener);
    }

    void close(String door) {
        waiting.remove(door);
    }

    private void openWaiting() {
        if (waiting.isEmpty()) {
            return;
        }
        Map<String, Listener> now = Map.copyOf(waiting);
        try (Admin admin = Admin.create(Map.of(
                "bootstrap.servers",
                brokers,
                "request.timeout.ms",
                5000,
                "default.api.timeout.ms",
                10000,
                "client.id",
                "songda-topics"))) {
            make(admin, now.keySet().stream().map(door -> "songda." + door).toList());
            for (var door : now.entrySet()) {
                waiting.remove(door.getKey(), door.getValue());
                door.getValue().listen();
            }
            told = false;
        } catch (Exception e) {
            if (!told) {
                LOG.warn(
                        "Kafka 暂不可用，继续收单，门稍后打开 / Kafka is away: orders are taken, doors open later ({})", e.toString());
                told = true;
            }
        }
    }

    private static void make(Admin admin, List<String> topics) throws InterruptedException, ExecutionException {
        var results = admin.createTopics(topics.stream()
                        .map(t -> new NewTopic(t, PARTITIONS, (short) 1))
                        .toList())
                .values();
        for (var result : results.values()) {
            try {
                result.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void destroy() {
        clerk.shutdownNow();
    }
}
