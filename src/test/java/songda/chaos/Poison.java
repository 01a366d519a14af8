package songda.chaos;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Messages that nobody can read: each is kept or passed over, and the next one is read. */
final class Poison {

    private static final List<String> DOORS =
            List.of("postal-send-order", "gov-send-status", "sms-send-notice", "printer-print-label");

    private Poison() {}

    /** Authenticated, and unmappable: the hub must answer 202 and keep the bytes. */
    static void events(Sender sender, Random random) {
        for (int i = 0; i < 5; i++) {
            String key = "poison-" + Math.abs(random.nextLong());
            sender.send(
                    "postal",
                    "/api/postal/scans",
                    "poison",
                    key,
                    """
                    {"serialNo":"%s","waybillNo":"1000000000000","opCode":"Q%d","opTime":"2026-01-01 00:00:00"}"""
                            .formatted(key, i));
        }
    }

    static void records(String brokers) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                brokers,
                "max.block.ms",
                5_000,
                "delivery.timeout.ms",
                8_000,
                "request.timeout.ms",
                4_000,
                "max.request.size",
                8 << 20);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String door : DOORS) {
                for (byte[] value : values()) {
                    ProducerRecord<byte[], byte[]> record =
                            new ProducerRecord<>("songda." + door, "x".getBytes(StandardCharsets.US_ASCII), value);
                    record.headers().add("CamelHttpUri", "http://127.0.0.1:1/stolen".getBytes(StandardCharsets.UTF_8));
                    record.headers().add("kafka.OVERRIDE_TOPIC", "songda.facts".getBytes(StandardCharsets.UTF_8));
                    producer.send(record, (ok, refused) -> {});
                }
                producer.send(new ProducerRecord<>("songda." + door, null, "1".getBytes(StandardCharsets.US_ASCII)));
            }
        }
    }

    /** A tombstone, no number, Java's own serialised form, 5 MB (the broker refuses that one), a number of nothing. */
    private static List<byte[]> values() {
        return java.util.Arrays.asList(
                null,
                "{\"schema\": 99".getBytes(StandardCharsets.UTF_8),
                new byte[] {(byte) 0xac, (byte) 0xed, 0, 5, 's', 'r'},
                new byte[5 << 20],
                "9223372036854775807".getBytes(StandardCharsets.US_ASCII));
    }
}
