package songda.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import songda.fact.FactCatalogue;

/** One line for each fact as it happens, read from {@code songda.facts} like any backend would. */
final class FactLines implements Runnable {

    private static final Set<String> TOO_MANY = Set.of("patrol.due", "receipts.pulled", "receipts.page-read");
    private static final ObjectMapper JSON = new ObjectMapper();
    private final String brokers;
    private final FactCatalogue catalogue;
    private volatile boolean ended;

    FactLines(String brokers, FactCatalogue catalogue) {
        this.brokers = brokers;
        this.catalogue = catalogue;
    }

    void end() {
        ended = true;
    }

    @Override
    public void run() {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", brokers, "group.id", "songda-demo", "auto.offset.reset", "earliest");
        try (var facts = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            facts.subscribe(List.of("songda.facts"));
            while (!ended) {
                facts.poll(Duration.ofMillis(200)).forEach(this::print);
            }
        }
    }

    private void print(ConsumerRecord<String, String> message) {
        String fact = header(message, "ce_type");
        if (TOO_MANY.contains(fact)) {
            return;
        }
        try {
            JsonNode body = JSON.readTree(message.value());
            System.out.printf(
                    "%s  %-12s %-13s %-28s %s%n",
                    header(message, "ce_time").substring(0, 16).replace('T', ' '),
                    header(message, "ce_subject"),
                    body.path("waybillNo").asText("—"),
                    fact,
                    words(fact, body.path("data")));
        } catch (IOException e) {
            throw new IllegalStateException("a fact that is no JSON on songda.facts", e);
        }
    }

    private String words(String fact, JsonNode data) {
        String reason = data.hasNonNull("reason")
                ? "：" + data.get("reason").asText()
                : data.hasNonNull("errors") ? "：" + data.get("errors").asText() : "";
        return catalogue.get(fact).zh() + reason;
    }

    private static String header(ConsumerRecord<String, String> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
