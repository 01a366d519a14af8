package songda.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.Environment;
import songda.watch.RunningHub;

/** The guide for backends, held against the running hub. */
class OpenApiGuideTest {

    private static final Path GUIDE = Path.of("src/docs/guide/api.md");
    private final RunningHub hub = RunningHub.get();

    /** Needs bash, openssl, curl and jq, and fails without them. */
    @Test
    @Tag("desk")
    void its_commands_give_its_answers(@TempDir Path folder) throws Exception {
        String guide = Files.readString(GUIDE);
        Files.createDirectory(folder.resolve("data"));
        Files.copy(hub.data().resolve("partners.json"), folder.resolve("data/partners.json"));
        Path script =
                Files.writeString(folder.resolve("guide.sh"), "set -eu\n" + String.join("\n", blocks(guide, "bash")));
        File output = folder.resolve("output").toFile();
        ProcessBuilder bash = new ProcessBuilder("bash", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        bash.environment().put("HUB", hub.address().toString());
        Process process = bash.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(output.toPath());
        assertThat(process.exitValue()).as(said).isZero();
        // The first three and the last block of answers; what changes from run to run is left out.
        List<String> answers = blocks(guide, "json");
        for (String answer : List.of(answers.get(0), answers.get(1), answers.get(2))) {
            assertThat(plain(said)).contains(plain(answer));
        }
        assertThat(said).contains("\"timeline\":[{", "\"orders\":[{");
    }

    @Test
    void facts_are_published_with_the_headers_it_lists() throws Exception {
        ObjectNode order = RunningHub.order();
        String number = order.path("orderNo").asText();
        assertThat(hub.post("gov", "/api/v1/orders", order.toString()).statusCode())
                .isEqualTo(201);
        ConsumerRecord<String, String> published = published(number);
        Map<String, String> headers = Stream.of(published.headers().toArray())
                .collect(Collectors.toMap(h -> h.key(), h -> new String(h.value(), StandardCharsets.UTF_8)));
        assertThat(headers)
                .containsEntry("ce_type", "order.received")
                .containsEntry("ce_source", "/songda/gov")
                .containsEntry("ce_time", order.path("orderedAt").asText());
        var listed = Pattern.compile("^\\| `(ce_[a-z]+|traceparent)` \\|", Pattern.MULTILINE)
                .matcher(Files.readString(GUIDE))
                .results()
                .map(m -> m.group(1))
                .toList();
        assertThat(new TreeSet<>(headers.keySet())).isEqualTo(new TreeSet<>(listed));
        JsonNode value = new ObjectMapper().readTree(published.value());
        JsonNode shown = new ObjectMapper()
                .readTree(blocks(Files.readString(GUIDE), "json").get(3));
        assertThat(names(value)).isEqualTo(names(shown));
    }

    private ConsumerRecord<String, String> published(String orderNo) {
        String brokers = hub.bean(Environment.class).getProperty("songda.kafka.brokers");
        Map<String, Object> settings =
                Map.of("bootstrap.servers", brokers, "group.id", "guide-" + orderNo, "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("songda.facts"));
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (System.nanoTime() < end) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.value().contains(orderNo)) {
                        return record;
                    }
                }
            }
        }
        throw new AssertionError("no fact of " + orderNo + " on songda.facts");
    }

    private static TreeSet<String> names(JsonNode object) {
        TreeSet<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> blocks(String markdown, String language) {
        List<String> blocks = new ArrayList<>();
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(markdown)
                .results()
                .forEach(m -> blocks.add(m.group(1)));
        return blocks;
    }

    private static String plain(String text) {
        return text.replaceAll("\"correlationId\":\"[^\"]*\"", "\"correlationId\":\"…\"")
                .replaceAll("\"deadLetter\":\\d+", "\"deadLetter\":0");
    }
}
