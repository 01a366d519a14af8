package songda.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import songda.failure.StartRefused;

/** A Kafka of the hub's own in this process (broker and controller in one), durable in {@code <data>/kafka}, on loopback. */
final class EmbeddedKafka implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final String HOST = "127.0.0.1";
    private static final int NODE = 1;
    private static final long START_SECONDS = 90;

    /** One small broker: Kafka's own defaults are sized for a machine of its own. */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", Integer.toString(NODE)),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("inter.broker.listener.name", "PLAINTEXT"),
            Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("default.replication.factor", "1"),
            Map.entry("min.insync.replicas", "1"),
            Map.entry("offsets.topic.num.partitions", "4"),
            Map.entry("offsets.topic.replication.factor", "1"),
            // Longer than the longest holiday: a group that slept over it must not lose its place.
            Map.entry("offsets.retention.minutes", "43200"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("log.retention.hours", "336"),
            Map.entry("log.segment.bytes", "67108864"),
            Map.entry("log.index.size.max.bytes", "1048576"),
            // 128 MB of heap by default; 2 MB is the least that one cleaner thread accepts.
            Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
            Map.entry("log.cleaner.threads", "1"),
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "2"),
            Map.entry("background.threads", "2"),
            // After kill -9 the next start waits until the old broker's session has run out.
            Map.entry("broker.session.timeout.ms", "3000"),
            Map.entry("broker.heartbeat.interval.ms", "500"),
            Map.entry("controlled.shutdown.enable", "true"));

    private final DataFolder folder;
    private final int port;
    private final int advertised;
    private final CompletableFuture<Void> up = new CompletableFuture<>();
    private final CompletableFuture<KafkaRaftServer> server = new CompletableFuture<>();

    EmbeddedKafka(DataFolder folder, int port) {
        this(folder, port, port);
    }

    /** @param advertised the port that clients are told to use */
    EmbeddedKafka(DataFolder folder, int port, int advertised) {
        this.folder = folder;
        this.port = port;
        this.advertised = advertised;
    }

    /** Starts it on a thread of its own. A failure is given to {@code failed} and to everybody who waits for {@link #ready()}. */
    EmbeddedKafka startBeside(Consumer<StartRefused> failed) {
        Thread starter = new Thread(
                () -> {
                    try {
                        run();
                    } catch (Throwable e) { // Errors too: a starter that dies in silence leaves everybody waiting
                        failed.accept(refuse(e));
                    }
                },
                "embedded-kafka-start");
        starter.setDaemon(true);
        starter.start();
        return this;
    }

    KafkaReady ready() {
        return new KafkaReady(up);
    }

    String brokers() {
        return HOST + ":" + port;
    }

    private void run() throws Exception {
        Path data = folder.path().resolve("kafka");
        folder.makeOnce("kafka", () -> format(data));
        KafkaRaftServer raft = new KafkaRaftServer(KafkaConfig.fromProps(settings(data), false), Time.SYSTEM);
        server.complete(raft);
        raft.startup();
        up.complete(null);
        LOG.info("内置 Kafka 就绪 / the embedded Kafka is ready: {}", brokers());
    }

    private StartRefused refuse(Throwable e) {
        StartRefused refused = new StartRefused(
                "内置 Kafka 没有启动 / The embedded Kafka did not start on " + brokers() + ": "
                        + NestedExceptionUtils.getMostSpecificCause(e),
                "检查磁盘和 " + folder.path().resolve("kafka") + "，或用 SONGDA_KAFKA_BROKERS 指定外部 Kafka / "
                        + "Check the disk and that folder, or name an external Kafka with SONGDA_KAFKA_BROKERS",
                e);
        server.completeExceptionally(refused);
        up.completeExceptionally(refused);
        return refused;
    }

    private static void format(Path data) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(NODE)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .addDirectory(data.toString())
                .setMetadataLogDirectory(data.toString())
                .run();
    }

    private Properties settings(Path data) {
        String controller = HOST + ":" + Ports.orFree(0);
        Properties settings = new Properties();
        settings.putAll(SETTINGS);
        settings.put("listeners", "PLAINTEXT://" + brokers() + ",CONTROLLER://" + controller);
        settings.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + advertised);
        settings.put("controller.quorum.voters", NODE + "@" + controller);
        settings.put("log.dirs", data.toString());
        return settings;
    }

    /** Stops it in an orderly way; a start that is still under way is waited for first. */
    @Override
    public void close() throws Exception {
        up.handle((ok, failed) -> null).get(START_SECONDS, TimeUnit.SECONDS);
        if (server.isDone() && !server.isCompletedExceptionally()) {
            server.join().shutdown();
            server.join().awaitShutdown();
        }
    }
}
