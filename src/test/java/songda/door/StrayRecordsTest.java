package songda.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import songda.HubTest;
import songda.embedded.TestParts;
import songda.person.Sealer;

/** What stands in a door's topic and was not written by the relay is kept, and what comes behind it is paid. */
class StrayRecordsTest extends HubTest {

    private static final String LETTERS = "/api/v1/dead-letters";
    private static final String DOOR = "gov-send-status";
    private static final String TOPIC = "songda." + DOOR;
    private static final byte[] KEY = "1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NUMBER = "2".getBytes(StandardCharsets.US_ASCII);

    @Autowired
    Sealer sealer;

    private RecordMetadata write(int partition, byte[] key, byte[] value, Map<String, String> headers) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestParts.brokers(), "max.request.size", 10_000_000),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(TOPIC, partition, key, value);
            headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
            return producer.send(record).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private String letter(RecordMetadata at) {
        String place = "kafka:" + TOPIC + " partition " + at.partition() + " offset " + at.offset();
        awaiting(() -> assertThat(count("select count(*) from dead_letter where place = ?", place))
                .isEqualTo(1));
        return db.sql("select id::text from dead_letter where place = ?")
                .param(place)
                .query(String.class)
                .single();
    }

    private JsonNode shown(RecordMetadata at) {
        return get("desk", LETTERS + "/" + letter(at)).json();
    }

    /** One order at each partition, so that each has to go on. */
    private void everyPartitionGoesOn() {
        for (int i = 0; i < 8; i++) {
            String orderNo = walked();
            awaiting(() -> assertThat(effect(orderNo, DOOR)).startsWith("ACCEPTED"));
        }
    }

    private static byte[] serialised() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new java.util.ArrayList<>(List.of("金丝雀")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Test
    void every_kind_of_stray_record_is_kept_and_the_partition_goes_on() throws Exception {
        walked();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestParts.brokers()))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, TOPIC),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("max.message.bytes", "10000000"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
        byte[] large = "x".repeat(5 << 20).getBytes(StandardCharsets.US_ASCII);
        byte[] other = "{\"version\":2,\"phone\":\"13812341234\"}".getBytes(StandardCharsets.UTF_8);
        RecordMetadata nothing = write(0, null, null, Map.of());
        RecordMetadata tombstone = write(1, KEY, null, Map.of());
        RecordMetadata five = write(2, KEY, large, Map.of());
        RecordMetadata java = write(3, KEY, serialised(), Map.of());
        RecordMetadata obeyed = write(0, KEY, NUMBER, Map.of("CaMelHttpUri", "http://127.0.0.1:9/"));
        RecordMetadata version = write(1, KEY, NUMBER, Map.of("songda-version", "99"));
        RecordMetadata json = write(2, KEY, other, Map.of());

        assertThat(shown(nothing).path("reason").asText()).contains("墓碑");
        assertThat(shown(tombstone).path("reason").asText()).contains("墓碑");
        assertThat(shown(java).path("reason").asText()).contains("Java");
        assertThat(shown(obeyed).path("reason").asText()).contains("Camel").doesNotContain("127.0.0.1");
        assertThat(shown(version).path("reason").asText()).contains("版本");
        assertThat(shown(json).at("/preview/phone").asText()).isEqualTo("138****1234");
        JsonNode big = shown(five);
        assertThat(big.path("reason").asText()).contains("1 MB");
        assertThat(big.path("size").asInt()).isEqualTo(5 << 20);
        assertThat(big.path("complete").asBoolean()).isFalse();
        assertThat(big.path("preview").isNull()).isTrue();
        assertThat(big.path("system").asText()).isEqualTo("kafka");
        byte[] raw = db.sql("select raw from dead_letter where id = ?")
                .param(big.path("id").asLong())
                .query(byte[].class)
                .single();
        assertThat(sealer.openBytes(raw, "dead_letter.raw", big.path("id").asLong()))
                .hasSize(64 << 10);
        everyPartitionGoesOn();
        JsonNode groups = get("desk", LETTERS + "?sender=kafka&door=" + DOOR).json();
        assertThat(groups.path("groups").findValuesAsText("place")).containsOnly("kafka:" + TOPIC);
        assertThat(shown(nothing).path("fingerprint"))
                .isEqualTo(shown(tombstone).path("fingerprint"));
        assertThat(count("select count(*) from effect where subject = 1 and id = 2"))
                .isZero();
    }

    @Test
    void a_stray_record_is_not_replayed_but_dropped() {
        walked();
        String id = letter(write(0, KEY, "no number".getBytes(StandardCharsets.UTF_8), Map.of()));
        refused(
                post("desk", LETTERS + "/" + id + "/replay", "{\"dryRun\":false,\"reason\":\"再试一次看看\"}"),
                409,
                "letter-not-replayable");
        assertThat(post("desk", LETTERS + "/" + id + "/drop", "{\"reason\":\"外来的记录\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_record_as_the_relay_writes_it_is_none_of_these() {
        assertThat(StrayRecords.reason(new StrayRecords.Stray(0, 0, 0, Map.of(), KEY, NUMBER)))
                .isNull();
        assertThat(StrayRecords.reason(new StrayRecords.Stray(
                        0, 0, 0, Map.of("songda-version", "1".getBytes(StandardCharsets.UTF_8)), KEY, NUMBER)))
                .isNull();
        assertThat(StrayRecords.reason(new StrayRecords.Stray(0, 0, 0, Map.of(), null, NUMBER)))
                .isNotNull();
    }
}
