package songda.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import songda.embedded.LoneKafka;

/** A Kafka outside the hub, on a port that stays the same, to be killed and started again on its folder. */
public final class KafkaProcess implements AutoCloseable {

    static {
        // A hundred lines of settings for each client are no help to who reads a test's output.
        LoggingSystem.get(KafkaProcess.class.getClassLoader()).setLogLevel("org.apache.kafka", LogLevel.WARN);
    }

    private final Path folder;
    private final int port;
    private final int advertised;
    private Process process;

    KafkaProcess(Path folder) {
        this(folder, HubProcess.freePort());
    }

    private KafkaProcess(Path folder, int port) {
        this(folder, port, port);
    }

    /** @param advertised the port that it tells its clients to use: whoever listens there passes them on to {@code port} */
    public KafkaProcess(Path folder, int port, int advertised) {
        this.folder = folder;
        this.port = port;
        this.advertised = advertised;
    }

    public KafkaProcess start() throws IOException {
        Path log = folder.resolveSibling(folder.getFileName() + ".log");
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoneKafka.class.getName(),
                        folder.toString(),
                        Integer.toString(port),
                        Integer.toString(advertised))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> Files.readString(log, StandardCharsets.UTF_8).contains("READY"));
        return this;
    }

    public void kill9() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public void standStill() throws IOException, InterruptedException {
        Signals.send("STOP", List.of(process.toHandle()));
    }

    public void goOn() throws IOException, InterruptedException {
        Signals.send("CONT", List.of(process.toHandle()));
    }

    public String brokers() {
        return "127.0.0.1:" + advertised;
    }

    /** Gives every record of every topic whose name begins so, from the earliest to the latest of now. */
    public static void read(String brokers, String prefix, Consumer<ConsumerRecord<byte[], byte[]>> reader)
            throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", brokers, "enable.auto.commit", false);
        try (Admin admin = Admin.create(settings);
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> places = new ArrayList<>();
            for (String topic : admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get()) {
                if (topic.startsWith(prefix)) {
                    consumer.partitionsFor(topic).forEach(it -> places.add(new TopicPartition(topic, it.partition())));
                }
            }
            consumer.assign(places);
            consumer.seekToBeginning(places);
            Map<TopicPartition, Long> end = consumer.endOffsets(places);
            long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
            while (end.entrySet().stream().anyMatch(it -> consumer.position(it.getKey()) < it.getValue())) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("not read to the end: " + end);
                }
                consumer.poll(Duration.ofMillis(200)).forEach(reader);
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill9();
    }
}
