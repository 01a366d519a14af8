package songda.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes each new record of a door's topic twice more. */
final class Echo implements AutoCloseable {

    private static final Pattern DOORS = Pattern.compile("songda\\.(?!facts).*");
    private static final String MARK = "echo";
    private final String brokers;
    private final AtomicInteger doubled = new AtomicInteger();
    private final Thread thread = new Thread(this::run, "echo");
    private volatile boolean over;

    Echo(String brokers) {
        this.brokers = brokers;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        Map<String, Object> reading = Map.of("bootstrap.servers", brokers, "enable.auto.commit", false);
        Map<String, Object> writing = Map.of("bootstrap.servers", brokers, "max.block.ms", 3_000);
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<TopicPartition> places = consumer.listTopics().entrySet().stream()
                    .filter(topic -> DOORS.matcher(topic.getKey()).matches())
                    .flatMap(topic -> topic.getValue().stream())
                    .map(it -> new TopicPartition(it.topic(), it.partition()))
                    .toList();
            consumer.assign(places);
            consumer.seekToEnd(places);
            while (!over) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.headers().lastHeader(MARK) == null) {
                        for (int i = 0; i < 2; i++) {
                            ProducerRecord<byte[], byte[]> again =
                                    new ProducerRecord<>(record.topic(), record.key(), record.value());
                            again.headers().add(MARK, new byte[0]);
                            producer.send(again);
                        }
                        doubled.incrementAndGet();
                    }
                }
            }
        } catch (RuntimeException kafkaIsAway) {
            // Then there is nothing to double.
        }
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        thread.join(10_000);
        System.out.println("records written twice more: " + doubled);
    }
}
