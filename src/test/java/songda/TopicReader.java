package songda;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import songda.embedded.TestParts;

/** What stands in a topic from its beginning under one key, as any other backend would read it. */
public final class TopicReader implements AutoCloseable {

    private final KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
            Map.of("bootstrap.servers", TestParts.brokers()), new StringDeserializer(), new StringDeserializer());
    private final List<ConsumerRecord<String, String>> seen = new ArrayList<>();
    private final String key;

    public TopicReader(String topic, String key) {
        this.key = key;
        List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
    }

    /** All that was there until now. */
    public List<ConsumerRecord<String, String>> read() {
        consumer.poll(Duration.ofMillis(200)).forEach(r -> {
            if (key.equals(r.key())) {
                seen.add(r);
            }
        });
        return seen;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
